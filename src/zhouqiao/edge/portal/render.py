"""Draw a view model as a page, in the reader's language and layout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jinja2
import msgspec
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from zhouqiao.edge.portal.address import changed
from zhouqiao.edge.portal.format import Format, in_capitals, yuan_in_capitals
from zhouqiao.edge.portal.pages import View
from zhouqiao.edge.portal.words import LANGS, Lang, words

Theme = Literal["standard", "elder"]
HERE = Path(__file__).parent
STATIC = HERE / "static"
ALSO: Mapping[str, Path] = {  # files that must be served below /desk/ to be in its scope
    "/desk/sw.js": STATIC / "desk/sw.js",
    "/desk/manifest.webmanifest": STATIC / "desk/manifest.webmanifest",
    "/desk/map-worker.mjs": STATIC / "vendor/maplibre-gl-worker.mjs",
}


class Chrome(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds every page.

    `path` and `query` the page's own address (for switches and the current tab); `who` the
    signed-in person's name, empty if nobody; `csrf` the token every form posts back and every
    script sends; `demo` whether what is shown is made up; `live` where live facts stream from;
    `unread` how many messages wait; `doors` the pages of the console open to the reader.
    """

    lang: Lang = "zh"
    theme: Theme = "standard"
    path: str = "/"
    query: str = ""
    who: str = ""
    post: str = ""
    csrf: str = ""
    demo: bool = False
    live: str = "/live"
    unread: int = 0
    doors: tuple[str, ...] = ()

    def switched(self, name: str, value: str) -> str:
        """Return the address of this same page in another language or layout."""
        return changed(self.path, self.query, name, value)


def render(view: View, chrome: Chrome) -> str:
    """Return the HTML of a view. A missing word raises `words.Missing`: it is a fault of ours."""
    elder = view.elder if chrome.theme == "elder" else None
    spoken = words(chrome.lang)
    return (
        _pages()
        .get_template(elder or view.template)
        .render(v=view, c=chrome, w=spoken, f=Format(spoken), elder=elder is not None)
    )


def chosen(query: Mapping[str, str], cookies: Mapping[str, str], accept: str = "") -> Lang:
    """Return the language asked for: `?lang=`, then the cookie, then the browser, then Chinese."""
    for asked in (query.get("lang"), cookies.get("lang")):
        for lang in LANGS:
            if asked == lang:
                return lang
    first = accept.partition(",")[0].strip().lower()
    return "en" if first and not first.startswith("zh") else "zh"


def layout(query: Mapping[str, str], cookies: Mapping[str, str]) -> Theme:
    """Return the layout asked for: `?theme=`, then the cookie, then the standard one."""
    asked = query.get("theme") or cookies.get("theme")
    return "elder" if asked == "elder" else "standard"


@cache
def _pages() -> jinja2.Environment:
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["island"] = _island
    pages.globals.update(capitals=in_capitals, yuan_capitals=yuan_in_capitals)
    return pages


def _island(value: object) -> Markup:
    """Return a value as JSON that may stand in a `<script type="application/json">`."""
    return htmlsafe_json_dumps(value, dumps=_json)


def _json(value: object) -> str:
    return msgspec.json.encode(value, enc_hook=_plain).decode()


def _plain(value: object) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
