"""Real people's ways through a running node, in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.hands import pen
from zhouqiao.testing.pictures import png
from zhouqiao.testing.web import PASSWORD

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
AT_SEA = {"longitude": 121.655, "latitude": 28.612, "accuracy": 8}
PATIENCE = 40_000  # ms
MATTER = "/ask/marine_waste.pickup"
AXE = (Path(__file__).parent / "gallery" / "axe.min.js").read_text("utf-8")
SERIOUS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}"""
NAMES = (
    "示例账户",
    "浙椒渔",
    "江示例",
    "王样例",
    "林样本",
    "陈值班",
    "蓝样",
    "中文",
    "船舶污染物接收联单",
    "椒江海洋云仓（示例）",
)

RAW = re.compile(
    r"\b(?:person|unit|case|paper|grant|session|body|post)_[0-9a-z]{8,}|\d{4}-\d\d-\d\dT\d\d"
)  # names of the store and times as machines write them

Enter = Callable[..., Any]


@pytest.fixture
def enter(chromium: Any, node: str) -> Iterator[Enter]:
    """Sign somebody in on a phone of their own; lend the tab."""
    contexts: list[Any] = []

    def sign_in(login: str, to: str = "/", **how: Any) -> Any:
        context = chromium.new_context(
            **{"viewport": PHONE, "locale": "zh-CN", "base_url": node, "geolocation": AT_SEA,
               "permissions": ["geolocation"], **how},
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.goto(f"/sign-in?next={to}")
        tab.locator("#handle").fill(login)
        tab.locator("#password").fill(PASSWORD)
        tab.locator("#password").press("Enter")
        tab.wait_for_url(f"**{to}")
        return tab

    yield sign_in
    for context in contexts:
        context.close()


def ask(tab: Any, *, go_there: bool = True) -> str:
    """Ask for a boat; return the case."""
    if go_there:
        tab.goto(MATTER)
    if not tab.locator("#kinds-plastic").is_checked():
        tab.locator("label[for=kinds-plastic]").click()
    tab.locator("#go").click()
    tab.wait_for_url("**/cases/case_*")
    return str(tab.url.rpartition("/")[2])


def crew_of(tab: Any, case: str) -> str:
    """Wait until a boat is sent; return the login of its crew."""
    tab.locator(".crew b").wait_for()
    said = tab.locator(".crew b").inner_text()
    named = re.search(r"蓝样0(\d)", said)
    assert named, (case, said)
    return f"crew{named[1]}"


def aboard(enter: Enter, login: str, case: str) -> Any:
    """Open a crew's desk, let its shell be kept, and open the task about a case."""
    desk = enter(login, "/desk/")
    desk.locator(f'.task[href="#/task/{case}"]').wait_for()
    desk.evaluate("navigator.serviceWorker.ready.then(() => true)")
    desk.wait_for_function(
        "caches.open('zhouqiao-desk-1').then(c => c.keys()).then(k => k.length > 20)"
    )
    desk.locator(f'.task[href="#/task/{case}"]').click()
    return desk


def accept(desk: Any) -> None:
    """Take the task on; it is on the phone when the next step is offered."""
    desk.get_by_role("button", name="接单，开航").click()
    desk.get_by_role("button", name="会合了").wait_for()


def accept_and_meet(desk: Any) -> None:
    accept(desk)
    desk.get_by_role("button", name="会合了").click()


def weigh(desk: Any) -> None:
    desk.get_by_role("link", name="称重交接").click()
    desk.locator("[data-weigh=plastic]").click()
    for key in "12.4":
        desk.locator(f'[data-key="{key}"]').click()
    desk.locator("[data-record]").click()


def sent(desk: Any) -> None:
    desk.wait_for_selector("#off", state="hidden")


def wait_for(tab: Any, path: str, css: str) -> None:
    """Open a page again until something is on it: the worker is beside us, not in the request."""
    for _ in range(40):
        tab.goto(path)
        if tab.locator(css).count():
            return
        tab.wait_for_timeout(200)
    raise AssertionError(f"no {css} on {path}")


def call_off(tab: Any, case: str) -> None:
    """Let the boat go again, so that the next test finds one."""
    tab.goto(f"/cases/{case}/cancel")
    tab.locator(".btn.no").click()
    tab.wait_for_url(f"**/cases/{case}")


def test_a_fisher_asks_in_three_taps_and_sees_the_boat_come_without_reloading(
    enter: Enter,
) -> None:
    tab = enter("fisher2")

    tab.locator(".eight a").first.click()
    tab.locator("label[for=kinds-plastic]").click()
    tab.locator("#go").click()

    tab.wait_for_url("**/cases/case_*")
    tab.evaluate("window.sameDocument = true")
    tab.locator("#minutes").wait_for()
    assert tab.locator("#minutes").inner_text().isdigit()
    assert tab.evaluate("window.sameDocument")
    assert "蓝样0" in tab.locator(".crew b").inner_text()
    case = tab.url.rpartition("/")[2]
    tab.goto(f"/cases/{case}/why")
    assert tab.get_by_text("派它").count() == 1
    assert tab.get_by_text("也能去").count() >= 1
    call_off(tab, case)
    assert tab.get_by_role("heading", name="已取消").is_visible()


def test_a_handover_made_without_a_network_ends_in_a_receipt_and_an_accepted_grant(
    enter: Enter, chromium: Any, node: str
) -> None:
    fisher = enter("fisher")
    case = ask(fisher)
    desk = aboard(enter, crew_of(fisher, case), case)
    accept(desk)
    sent(desk)

    desk.context.set_offline(True)
    desk.get_by_role("button", name="会合了").click()
    weigh(desk)
    pen(desk, '[data-pad="crew"]')
    pen(desk, '[data-pad="fisher"]')
    desk.locator("#finish").click()
    desk.get_by_text("已存在本机 2 条").wait_for()
    desk.context.set_offline(False)
    sent(desk)

    wait_for(fisher, "/papers", 'a[href^="/papers/paper_"]')
    fisher.locator('a[href^="/papers/paper_"]').first.click()
    assert fisher.get_by_text("手输，").count() == 1
    assert fisher.locator(".sg svg path").count() == 2
    _verifies(chromium, node, fisher.url.rpartition("/")[2])
    wait_for(fisher, "/", 'a.btn[href^="/grants/"]')
    fisher.locator('a.btn[href^="/grants/"]').click()
    fisher.get_by_role("button", name="确认领取 24.80 元").click()
    fisher.get_by_text("已确认，等付款").wait_for()


def test_photos_taken_without_a_network_are_seen_by_the_fisher_and_at_the_duty_desk(
    enter: Enter,
) -> None:
    fisher = enter("fisher")
    fisher.goto(MATTER)
    fisher.locator("#photo-file").set_input_files(shot(b"\x2c\x6e\x8f"))
    fisher.locator("#photo [data-seen] img").wait_for()
    case = ask(fisher, go_there=False)
    desk = aboard(enter, crew_of(fisher, case), case)
    seen(desk, ".photos img", 1600)
    accept(desk)
    sent(desk)

    desk.context.set_offline(True)
    desk.get_by_role("button", name="会合了").click()
    weigh(desk)
    photograph(desk)
    pen(desk, '[data-pad="crew"]')
    pen(desk, '[data-pad="fisher"]')
    desk.locator("#finish").click()
    desk.get_by_text("已存在本机 2 条").wait_for()
    desk.goto(desk.url.partition("#")[0] + "#/kept")
    assert desk.get_by_text("照片 2 张").count() == 1
    desk.context.set_offline(False)
    sent(desk)

    wait_for(fisher, f"/cases/{case}", ".tl .photos img >> nth=2")
    seen(fisher, ".tl .photos img", 1600)
    duty = enter("duty", "/command", viewport={"width": 1920, "height": 1080})
    duty.goto(f"/command?case={case}")
    seen(duty, ".tl .photos img", 1600)
    assert duty.locator(".tl .photos img").count() == 3


def photograph(desk: Any) -> None:
    """Take as many photos as there may be, remove one, take one anew."""
    for n, colour in enumerate((b"\xc0\x30\x30", b"\x30\xc0\x30", b"\x30\x30\xc0")):
        desk.locator("#f-photos").set_input_files(shot(colour))
        desk.locator(".shots li").nth(n).wait_for()
    assert desk.locator("[data-shoot]").count() == 0
    desk.locator('[data-drop="photos"]').first.click()
    before = desk.locator(".shots img").first.get_attribute("src")
    with desk.expect_file_chooser() as camera:
        desk.locator('[data-retake="photos"]').first.click()
    camera.value.set_files(shot(b"\x80\x80\x20"))
    desk.wait_for_selector(f'.shots img[src="{before}"]', state="detached")
    assert desk.locator(".shots li").count() == 2


def shot(colour: bytes) -> dict[str, Any]:
    """A photo larger than anything travels here."""
    return {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": png(2400, 1800, colour)}


def seen(tab: Any, css: str, width: int) -> None:
    """Wait until the last of some pictures is really drawn, as wide as it was made to travel."""
    drawn = """([css, width]) => {
      const last = [...document.querySelectorAll(css)].at(-1);
      last?.scrollIntoView();
      return last?.naturalWidth === width;
    }"""
    tab.wait_for_function(drawn, arg=[css, width])


def _verifies(chromium: Any, node: str, paper: str) -> None:
    """Anybody may verify it, without signing in."""
    stranger = chromium.new_context(viewport=PHONE, locale="en-GB")
    tab = stranger.new_page()
    tab.goto(f"{node}/verify/{paper}")
    assert tab.locator(".verdict.good").is_visible()
    assert tab.locator("li.good").count() >= 4
    assert tab.locator("li.bad").count() == 0
    assert not _han(tab)
    stranger.close()


def test_a_fisher_signs_on_their_own_phone_what_the_crew_has_shown(enter: Enter) -> None:
    fisher = enter("fisher2")
    case = ask(fisher)
    desk = aboard(enter, crew_of(fisher, case), case)
    accept_and_meet(desk)
    weigh(desk)
    pen(desk, '[data-pad="crew"]')
    desk.locator('[data-later="fisher"]').click()
    desk.locator("#finish").click()
    sent(desk)
    desk.goto("/desk/#/")
    desk.get_by_text("等王样例签字").first.wait_for()

    fisher.get_by_role("link", name="去签字").click()
    fisher.wait_for_url("**/sign")
    assert fisher.get_by_text("12.40").count() == 2
    pen(fisher, "[data-pad]")
    fisher.get_by_role("button", name="数对，我签了").click()

    fisher.wait_for_url(f"**/cases/{case}")
    fisher.get_by_role("heading", name="交接好了，联单出来了").wait_for()
    wait_for(fisher, "/papers", 'a[href^="/papers/paper_"]')
    fisher.locator('a[href^="/papers/paper_"]').first.click()
    assert fisher.locator(".sg svg path").count() == 2


def test_a_crew_that_draws_a_name_again_and_again_has_looked_once(enter: Enter) -> None:
    fisher = enter("fisher31")
    case = ask(fisher)
    login = crew_of(fisher, case)
    desk = aboard(enter, login, case)
    for _ in range(3):
        with desk.expect_response("**/api/desk/tasks*"):
            desk.evaluate("window.dispatchEvent(new Event('online'))")
    desk.reload()
    desk.locator("b.lead").wait_for()
    accept(desk)

    named = desk.locator("b.lead").inner_text()
    fisher.goto("/me/reads")

    assert named == "渔示例31"
    assert fisher.locator("main .fig .n").inner_text() == "1"


def test_what_another_phone_did_first_is_kept_beside_and_shown(enter: Enter) -> None:
    fisher = enter("fisher")
    case = ask(fisher)
    login = crew_of(fisher, case)
    first, second = aboard(enter, login, case), aboard(enter, login, case)
    second.context.set_offline(True)
    for desk in (first, second):
        accept(desk)
    sent(first)

    second.context.set_offline(False)
    sent(second)
    second.goto("/desk/#/")

    second.get_by_text("两份都留着").wait_for()
    assert second.locator(".both").inner_text().count("航") >= 1
    call_off(fisher, case)


def test_signing_in_and_asking_need_a_keyboard_only(chromium: Any, node: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.goto(f"{node}/sign-in")
    reach(tab, "#handle")
    tab.keyboard.type("fisher")
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{node}/")

    reach(tab, ".eight a")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{MATTER}")
    reach(tab, "#kinds-gear")
    tab.keyboard.press("Space")
    reach(tab, "#go")
    tab.keyboard.press("Enter")

    tab.wait_for_url("**/cases/case_*")
    tab.locator(".crew b").wait_for()
    reach(tab, '[data-open="cancel"]')
    tab.keyboard.press("Enter")
    reach(tab, "#cancel .btn.no")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="已取消").wait_for()
    context.close()


def reach(tab: Any, css: str) -> None:
    """Press Tab until something that fits has the focus."""
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("css => document.activeElement?.matches(css)", css):
            return
    raise AssertionError(f"{css} is not reached by keyboard")


def test_the_elder_layout_asks_one_thing_a_screen_and_sends_a_boat(enter: Enter) -> None:
    tab = enter("fisher2")
    tab.goto("/?theme=elder")

    tab.goto(MATTER)
    if not tab.locator("#kinds-plastic").is_checked():
        tab.locator("label[for=kinds-plastic]").click()
    tab.locator("#go").click()
    tab.locator("#go").click()
    assert tab.get_by_text("废塑料").is_visible()
    tab.get_by_role("button", name="叫船来收").click()

    tab.wait_for_url("**/cases/case_*")
    assert tab.evaluate("document.documentElement.dataset.theme") == "elder"
    tab.get_by_text("分钟到").wait_for()
    call_off(tab, tab.url.rpartition("/")[2])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_live_page_is_open_to_all_and_in_one_language(enter: Enter, lang: str) -> None:
    tab = enter("fisher")
    complaints: list[str] = []
    tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    case = ask(tab)
    tab.locator(".crew b").wait_for()
    tab.goto(f"/?lang={lang}")
    held = [
        str(href)
        for path, css in (("/", '.ask a[href^="/grants/"]'), ("/papers", '[href^="/papers/p"]'))
        for href in _links(tab, path, css)
    ]
    pages = (
        "/", "/cases", MATTER, f"/cases/{case}", f"/cases/{case}/why", f"/cases/{case}/cancel",
        "/papers", "/me", "/me/reads", "/matters", "/messages", "/help", "/cases/none",
        "/verify", *held,
    )  # fmt: skip
    for page in pages:
        tab.goto(page)
        tab.evaluate(AXE)
        assert not tab.evaluate(SERIOUS), page
        assert lang == "zh" or not _han(tab), page
        assert not _raw(tab), page
        tab.set_viewport_size({"width": 320, "height": 640})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, page
        tab.set_viewport_size(PHONE)
    call_off(tab, case)
    assert [one for one in complaints if "404" not in one] == []


def test_the_duty_officers_pages_are_in_one_language_and_say_nothing_raw(enter: Enter) -> None:
    fisher = enter("fisher2")
    case = ask(fisher)
    fisher.locator(".crew b").wait_for()
    tab = enter("duty", "/command")
    tab.goto("/command?lang=en")
    about = f"/command/cases/{case}"
    pages = (f"/command?case={case}", "/command/figures/asked/rows", f"{about}/why",
             f"{about}/story", f"{about}/reads", f"{about}/reassign")  # fmt: skip
    for page in pages:
        tab.goto(page)
        assert not _han(tab), page
        assert not _raw(tab), page
    assert tab.get_by_text("陈值班").is_visible()
    call_off(fisher, case)


def _links(tab: Any, path: str, css: str) -> list[Any]:
    tab.goto(path)
    return [one.get_attribute("href") for one in tab.locator(css).all()[:1]]


def _raw(tab: Any) -> list[str]:
    """Return what only machines read, the address printed for verifying a paper aside."""
    text = re.sub(r"\S*verify/\S+", "", tab.locator("body").inner_text())
    return RAW.findall(text)


def _han(tab: Any) -> list[str]:
    """Return the Chinese left on an English page, names aside."""
    text = tab.locator("body").inner_text()
    for name in NAMES:
        text = text.replace(name, "")
    return re.findall("[\u4e00-\u9fff]+", text)


def test_the_desk_is_open_to_all(enter: Enter) -> None:
    fisher = enter("fisher2")
    case = ask(fisher)
    desk = aboard(enter, crew_of(fisher, case), case)

    desk.evaluate(AXE)
    assert not desk.evaluate(SERIOUS)
    assert desk.get_by_text("预报 废塑料").count() == 1
    accept_and_meet(desk)
    weigh(desk)
    desk.evaluate(AXE)
    assert not desk.evaluate(SERIOUS)
    desk.set_viewport_size({"width": 320, "height": 640})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
