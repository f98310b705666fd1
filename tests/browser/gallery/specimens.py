"""Every page of the gallery, in one language."""

from collections.abc import Iterator

from of_citizens import Citizens
from of_command import Commanders
from of_console import Stewards
from of_everybody import Everybody

from zhouqiao.edge.portal.pages import View


class Specimens(Citizens, Everybody, Commanders, Stewards):
    """Made-up view models, one or more a page: what the gallery shows. Nothing here is real."""

    def all(self) -> Iterator[tuple[str, str, View]]:
        """Return name, path and view of every page; `elder-` names are for the elder layout."""
        yield from self.of_citizens()
        yield from self.of_everybody()
        yield from self.of_the_desk()
        yield from self.of_command()
        yield from self.of_the_console()
