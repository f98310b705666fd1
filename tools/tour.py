"""Walk through a running demonstration and take a picture of every page, at both sizes.

    zhouqiao run --demo                         # in one window; `zhouqiao demo` fills its pages
    python tools/tour.py http://127.0.0.1:8000 --password …

One affair is walked from asking to the money, so every page is shown as it is in use: the fisher
asks, the crew comes, weighs and is signed, the duty officer looks on, the engineer reads what was
written. The password is that of the demo accounts (`demo accounts` in the node's secrets.json).
It writes docs/pages.md and its pictures; with `--png FOLDER` it keeps whole pictures there instead.
"""

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Geolocation, Page

from camera import SIZES, chromium, picture, small

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "pictures" / "pages"
HEAD = """<!-- Written by tools/tour.py, with its pictures; run it again. -->

Each page of a running demonstration, on a phone and on a large screen. Names and figures are
made up. `python tools/tour.py ADDRESS --password …` takes the pictures again and writes this page;
what must be true of every page is held by the [gallery](../tests/browser/gallery)'s tests."""
SHARE = {"phone": 0.72, "wide": 0.4}
MOST = 60_000  # bytes a picture
AT_SEA: Geolocation = {"longitude": 121.655, "latitude": 28.612, "accuracy": 8.0}
MATTER = "/ask/marine_waste.pickup"
MEET = '[data-take="under_way_to_met"]'
PATIENCE = 30_000  # ms

Part = tuple[str, str, str]  # name, Chinese, English
CITIZEN: tuple[Part, ...] = (
    ("home", "首页", "Home"),
    ("matters", "找事项", "Find a matter"),
    ("ask", "叫船来收", "Ask for a boat"),
    ("track", "等船", "Watch it come"),
    ("why", "为什么派它", "Why this boat"),
    ("cancel", "不用来了", "Call it off"),
    ("sign", "签字", "Sign"),
    ("rate", "评价", "Rate"),
    ("cases", "在办", "Under way"),
    ("papers", "证照", "Papers"),
    ("paper", "联单", "Receipt"),
    ("grant", "补贴怎么算的", "How a subsidy is made"),
    ("messages", "消息", "Messages"),
    ("me", "我的", "Me"),
    ("reads", "谁看过我的数据", "Who looked at me"),
    ("help", "找人帮忙", "Ask a person"),
)
ELDER: tuple[Part, ...] = (
    ("elder-home", "长辈版 首页", "Elder: home"),
    ("elder-ask", "长辈版 叫船", "Elder: ask"),
    ("elder-track", "长辈版 等船", "Elder: watch"),
    ("elder-cancel", "长辈版 不用来了", "Elder: call it off"),
    ("elder-help", "长辈版 找人帮忙", "Elder: ask a person"),
)
DESK: tuple[Part, ...] = (
    ("desk", "任务", "Tasks"),
    ("desk-task", "一件任务", "One task"),
    ("desk-weigh", "称重", "Weigh"),
    ("desk-keys", "输入重量", "Key in a weight"),
    ("desk-sign", "双方签字", "Both sign"),
    ("desk-offline", "断网", "Offline"),
    ("desk-kept", "存在本机", "Kept here"),
    ("desk-exception", "没遇上", "Not met"),
)
COMMAND: tuple[Part, ...] = (
    ("command", "值班指挥", "The duty screen"),
    ("command-figure", "一个数怎么来的", "How a figure is made"),
    ("command-rows", "数背后的每一件", "Every row behind it"),
    ("command-why", "为什么是它", "Why this boat"),
    ("command-act", "改派", "Send another"),
    ("command-story", "整案", "The whole record"),
    ("command-reads", "谁查过", "Who read"),
)
CONSOLE: tuple[Part, ...] = (
    ("packs", "应用包", "Packs"),
    ("pack", "一个包", "One pack"),
    ("register", "事项清单", "Register of matters"),
    ("rules", "规则与因子", "Rules and factors"),
    ("journal", "日志", "Journal"),
    ("fact", "一条记录", "One record"),
    ("parked", "停下的", "Parked"),
    ("seal", "封存", "Seal"),
    ("health", "健康", "Health"),
)
PUBLIC: tuple[Part, ...] = (
    ("sign-in", "登录", "Sign in"),
    ("verify", "核验", "Verify"),
    ("verified", "核验一张联单", "A paper verified"),
    ("none", "没有这一页", "No such page"),
    ("refused", "不归你看", "Not yours to see"),
)
CHAPTERS: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
    ("市民", "Citizens", CITIZEN),
    ("长辈版", "Elder layout", ELDER),
    ("船上", "Aboard", DESK),
    ("值班", "On watch", COMMAND),
    ("控制台", "Console", CONSOLE),
    ("人人可见", "Open to anybody", PUBLIC),
)


@dataclass
class Tour:
    """Who photographs what: one Chromium, one address, one language."""

    browser: Browser
    base: str
    password: str
    lang: str
    keep: Callable[[str, str, bytes], None]
    only: frozenset[str] = field(default_factory=frozenset)

    @contextmanager
    def visitor(self, login: str = "", to: str = "/") -> Iterator[Page]:
        """Lend the tab of somebody who has signed in, on a device of their own."""
        context = self.browser.new_context(
            base_url=self.base, locale={"zh": "zh-CN", "en": "en-GB"}[self.lang],
            geolocation=AT_SEA, permissions=["geolocation"],
            viewport={"width": 390, "height": 844}, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        if login:
            tab.goto(f"/sign-in?next={to}&lang={self.lang}")
            tab.locator("#handle").fill(login)
            tab.locator("#password").fill(self.password)
            tab.locator("#password").press("Enter")
            tab.wait_for_url(f"**{to}")
        yield tab
        context.close()

    def shoot(self, tab: Page, name: str) -> None:
        """Take the page as it stands, at every size; the tab is a phone again afterwards."""
        if self.only and name not in self.only:
            return
        print(name)
        for size in SIZES:
            self.keep(name, size, picture(tab, size))
        tab.set_viewport_size({"width": 390, "height": 844})

    def at(self, tab: Page, path: str, name: str) -> None:
        """Go to a path and take it."""
        tab.goto(path)
        self.shoot(tab, name)

    def walk(self) -> None:
        """See every page."""
        with self.visitor("fisher2") as elder:
            self.of_elders(elder)
        with self.visitor("fisher") as fisher:
            case = self.asked(fisher)
            with self.visitor("duty", "/command") as duty:
                self.on_watch(duty, case)
            with self.visitor(crew_of(fisher), "/desk/") as crew:
                self.aboard(crew, case)
            self.signed(fisher, case)
            paper = self.at_home(fisher)
        with self.visitor("engineer", "/console/packs") as engineer:
            self.at_the_console(engineer)
        self.in_public(paper)

    def of_elders(self, tab: Page) -> None:
        """See the elder layout: ask, watch, call off again."""
        tab.goto("/?theme=elder")
        self.shoot(tab, "elder-home")
        self.at(tab, MATTER, "elder-ask")
        chosen(tab)
        tab.locator("#go").click()
        at_sea(tab)
        tab.locator("#go").click()
        tab.locator(".btn.go:visible").click()
        tab.wait_for_url("**/cases/case_*")
        tab.locator(".now .n").wait_for()
        self.shoot(tab, "elder-track")
        case = tab.url.rpartition("/")[2]
        self.at(tab, "/help", "elder-help")
        self.at(tab, f"/cases/{case}/cancel", "elder-cancel")
        tab.locator(".btn.no").click()
        tab.wait_for_url(f"**/cases/{case}")

    def asked(self, tab: Page) -> str:
        """Ask for a boat; return the case."""
        self.at(tab, "/matters", "matters")
        tab.goto(MATTER)
        chosen(tab)
        self.shoot(tab, "ask")
        at_sea(tab)
        tab.locator("#go").click()
        tab.wait_for_url("**/cases/case_*")
        tab.locator(".crew b").wait_for()
        case = tab.url.rpartition("/")[2]
        self.shoot(tab, "track")
        self.at(tab, f"/cases/{case}/why", "why")
        self.at(tab, f"/cases/{case}/cancel", "cancel")
        self.at(tab, "/", "home")
        tab.goto(f"/cases/{case}")
        return case

    def on_watch(self, tab: Page, case: str) -> None:
        """See what the duty officer sees of it."""
        self.at(tab, f"/command?case={case}", "command")
        figure = found(tab, "/command", "a[data-figure]")
        self.at(tab, figure, "command-figure")
        self.at(tab, f"{figure}/rows", "command-rows")
        self.at(tab, f"/command/cases/{case}/why", "command-why")
        self.at(tab, f"/command/cases/{case}/reassign", "command-act")
        self.at(tab, f"/command/cases/{case}/story", "command-story")
        self.at(tab, f"/command/cases/{case}/reads", "command-reads")

    def aboard(self, tab: Page, case: str) -> None:
        """Take the task, lose the network, meet, weigh; the fisher is to sign on their own."""
        task = tab.locator(f'.task[href="#/task/{case}"]')
        task.wait_for()
        self.shoot(tab, "desk")
        task.click()
        self.shoot(tab, "desk-task")
        tab.locator(".dock [data-take]").click()
        tab.locator(MEET).wait_for()
        tab.wait_for_selector("#off", state="hidden")
        self.not_met(tab)
        tab.context.set_offline(True)
        tab.locator(MEET).click()
        tab.locator("#off a").wait_for()
        self.shoot(tab, "desk-offline")
        tab.locator("#off a").click()
        self.shoot(tab, "desk-kept")
        tab.go_back()
        self.weighed(tab)
        tab.context.set_offline(False)
        tab.wait_for_selector("#off", state="hidden")

    def not_met(self, tab: Page) -> None:
        """See what a crew says when nobody was met, and go back."""
        tab.locator("details summary").click()
        tab.locator("details a").first.click()
        self.shoot(tab, "desk-exception")
        tab.go_back()

    def weighed(self, tab: Page) -> None:
        """Weigh by hand, sign as crew, leave the other hand to the fisher's phone."""
        tab.locator(".dock a.go").click()
        tab.locator("[data-weigh=plastic]").click()
        for key in "10.6":
            tab.locator(f'[data-key="{key}"]').click()
        self.shoot(tab, "desk-keys")
        tab.locator("[data-record]").click()
        self.shoot(tab, "desk-weigh")
        pen(tab, '[data-pad="crew"]')
        tab.locator('[data-later="fisher"]').click()
        tab.locator("[data-pad]").first.scroll_into_view_if_needed()
        self.shoot(tab, "desk-sign")
        tab.locator("#finish").click()

    def signed(self, tab: Page, case: str) -> None:
        """Sign what was weighed, on the fisher's own phone; then say how it was."""
        tab.goto(f"/cases/{case}/sign")
        pen(tab, "[data-pad]")
        self.shoot(tab, "sign")
        tab.locator("main form button[type=submit], main form .btn.go").last.click()
        tab.wait_for_url(f"**/cases/{case}")
        self.at(tab, f"/cases/{case}/rate", "rate")

    def at_home(self, tab: Page) -> str:
        """See what is kept for the fisher; return the receipt."""
        for path in ("cases", "messages", "me", "help", "papers"):
            self.at(tab, f"/{path}", path)
        self.at(tab, "/me/reads", "reads")
        grant = found(tab, "/", 'a[href^="/grants/"]')
        self.at(tab, grant, "grant")
        paper = found(tab, "/papers", 'a[href^="/papers/paper_"]')
        self.at(tab, paper, "paper")
        self.at(tab, "/cases/case_none", "none")
        self.at(tab, "/console/journal", "refused")
        return paper.rpartition("/")[2]

    def at_the_console(self, tab: Page) -> None:
        """See what the engineer reads."""
        self.at(tab, "/console/packs", "packs")
        self.at(tab, "/console/packs/marine_waste", "pack")
        self.at(tab, "/console/matters", "register")
        for path in ("rules", "parked", "seal", "health", "journal"):
            self.at(tab, f"/console/{path}", path)
        self.at(tab, found(tab, "/console/journal", "td a"), "fact")

    def in_public(self, paper: str) -> None:
        """See what needs no signing in."""
        with self.visitor() as tab:
            self.at(tab, f"/sign-in?lang={self.lang}", "sign-in")
            self.at(tab, "/verify", "verify")
            self.at(tab, f"/verify/{paper}", "verified")


def chosen(tab: Page) -> None:
    """Tick plastic where it is not yet ticked."""
    if not tab.locator("#kinds-plastic").is_checked():
        tab.locator("label[for=kinds-plastic]").click()


def at_sea(tab: Page) -> None:
    """Say one is where one is, off the coast, rather than at a quay."""
    tab.locator("label[for=place-here]").click()
    tab.wait_for_function("() => document.getElementById('place-lon').value !== ''")


def crew_of(tab: Page) -> str:
    """Return the login of the crew that was sent."""
    named = re.search(r"蓝样(\d\d)", tab.locator(".crew b").inner_text())
    if named is None:
        raise LookupError(tab.url)
    return f"crew{int(named[1])}"


def pen(tab: Page, pad: str) -> None:
    """Write on a pad."""
    box = tab.locator(pad)
    box.evaluate("e => e.scrollIntoView({ block: 'center' })")
    at = box.bounding_box() or {"x": 0, "y": 0}
    tab.mouse.move(at["x"] + 30, at["y"] + 90)
    tab.mouse.down()
    for x, y in ((60, 60), (75, 105), (100, 70), (130, 95)):
        tab.mouse.move(at["x"] + x, at["y"] + y, steps=4)
    tab.mouse.up()


def found(tab: Page, path: str, css: str) -> str:
    """Open a page again until a link is on it: the worker is beside the request, not in it."""
    for _ in range(60):
        tab.goto(path)
        link = tab.locator(css)
        if link.count():
            return str(link.first.get_attribute("href"))
        tab.wait_for_timeout(250)
    raise LookupError(f"no {css} on {path}")


def written(folder: str) -> str:
    """Return docs/pages.md: every page, both sizes, as they were photographed."""
    lines = ["# Pages 每一页", "", HEAD, ""]
    for zh, en, parts in CHAPTERS:
        lines += [f"## {en} {zh}", "", "| | 390 × 844 | 1920 × 1080 |", "|---|---|---|"]
        lines += [
            f"| {there}<br>{here} | ![{there}, phone]({folder}/{name}.phone.webp) "
            f"| ![{there}, wide]({folder}/{name}.wide.webp) |"
            for name, here, there in parts
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, walk, keep the pictures."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ask.add_argument("base", help="address of the demonstration")
    ask.add_argument("--password", required=True, help="of the demo accounts")
    ask.add_argument("--lang", choices=("zh", "en"), default="zh")
    ask.add_argument("--png", type=Path, help="keep whole pictures here, and leave docs/ alone")
    ask.add_argument("only", nargs="*", help="names of pages; all if none")
    wish = ask.parse_args()
    with chromium() as browser:
        paper = browser.new_page()

        def keep(name: str, size: str, png: bytes) -> None:
            folder: Path = wish.png or PICTURES
            folder.mkdir(parents=True, exist_ok=True)
            if wish.png:
                (folder / f"{name}.{size}.{wish.lang}.png").write_bytes(png)
            else:
                made = small(paper, png, share=SHARE[size], most=MOST)
                (folder / f"{name}.{size}.webp").write_bytes(made)

        tour = Tour(browser, wish.base, wish.password, wish.lang, keep, frozenset(wish.only))
        tour.walk()
    if not wish.png:
        (DOCS / "pages.md").write_text(written(PICTURES.relative_to(DOCS).as_posix()), "utf-8")


if __name__ == "__main__":
    main()
