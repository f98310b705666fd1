"""The pages of the platform: citizen, desk, command, console, in Chinese and English.

is          words, formats, view models, templates, styles and scripts of every page
hears       requests of browsers
is asked    `site(Portal(…))`; `render(view, chrome)`, `words(lang)`, `chosen(...)`, `layout(...)`
says        HTML; nothing is decided here
always true every sentence of a page is in `words/`; every page works at 390 px and without a mouse;
            no inline script or style; nothing is fetched from outside
"""

from zhouqiao.edge.portal.door import COOKIE, Portal
from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.pages.public import DemoAccount
from zhouqiao.edge.portal.qr import qr_path
from zhouqiao.edge.portal.render import ALSO, STATIC, Chrome, Theme, chosen, layout, render
from zhouqiao.edge.portal.routes.public import begin_session
from zhouqiao.edge.portal.site import site
from zhouqiao.edge.portal.words import Lang, Words, words

__all__ = [
    "ALSO",
    "COOKIE",
    "STATIC",
    "Chrome",
    "DemoAccount",
    "Format",
    "Lang",
    "Portal",
    "Theme",
    "Words",
    "begin_session",
    "chosen",
    "layout",
    "qr_path",
    "render",
    "site",
    "words",
]
