"""View models: what each page shows, as plain frozen values a route fills.

is          one struct a page, naming its template; parts that several pages share
hears       nothing
is asked    nothing; `portal.render` draws them
says        nothing
always true flat and small; no sentence of a page lives here, no query, no web framework
"""

from zhouqiao.edge.portal.pages import citizen, command, console, desk, parts, public
from zhouqiao.edge.portal.pages.parts import View

__all__ = ["View", "citizen", "command", "console", "desk", "parts", "public"]
