"""Every page, both languages, phone and large screen: readable by all, whole, and at rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("platform")]

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
SIZES = {"phone": (390, 844), "wide": (1920, 1080), "small": (320, 640)}
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  const add = (e) => { sum += e.hadRecentInput ? 0 : e.value; };
  new PerformanceObserver((l) => l.getEntries().forEach(add))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 120);
})"""
SERIOUS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}"""


def names() -> list[str]:
    import sys  # noqa: PLC0415 - to name the cases before fixtures exist

    sys.path.insert(0, str(Path(__file__).parent))
    from specimens import Specimens  # noqa: PLC0415 - beside this file, not installed

    return [name for name, _, _ in Specimens("zh").all()]


@pytest.fixture(scope="module")
def tab(chromium: Any) -> Iterator[Any]:
    """One tab that remembers what its console complained of."""
    page = chromium.new_page()
    page.complaints = []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.complaints.append(str(e)))
    yield page
    page.close()


def show(tab: Any, address: str, lang: str, name: str, size: str) -> None:
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    tab.complaints.clear()
    tab.goto(f"{address}/{lang}/{name}", wait_until="load")


@pytest.mark.parametrize("name", names())
def test_the_page_is_whole_quiet_headed_and_open_to_all(
    tab: Any, stage_address: str, name: str
) -> None:
    for size, lang in (("phone", "zh"), ("small", "en"), ("wide", "zh"), ("wide", "en")):
        show(tab, stage_address, lang, name, size)

        assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], (size, lang)
        assert tab.locator("h1").count() == 1, (size, lang)
        assert tab.locator("main").count() == 1, (size, lang)
        assert not tab.complaints, (size, lang)
        assert tab.evaluate(SHIFTED) < 0.05, (size, lang)
        if (size, lang) in (("phone", "zh"), ("wide", "en")):
            tab.evaluate(AXE)
            assert not tab.evaluate(SERIOUS), (size, lang)


@pytest.mark.parametrize("name", ["home", "ask", "track", "sign", "command", "pack", "elder-home"])
def test_every_control_is_large_enough_and_reached_by_keyboard(
    tab: Any, stage_address: str, name: str
) -> None:
    show(tab, stage_address, "zh", name, "phone")
    least = {"pack": 24, "command": 24, "elder-home": 44}.get(name, 44)

    small = tab.evaluate(
        """(least) => [...document.querySelectorAll(
          "button, .btn, .tabs a, .pick > label, .eight a, .icon")]
        .filter((e) => e.checkVisibility() && !e.closest(".skip"))
        .map((e) => [e, e.getBoundingClientRect()])
        .filter(([, r]) => r.width && Math.min(r.height, r.width) < least - 8)
        .map(([e]) => e)
        .map((e) => e.outerHTML.slice(0, 120))""",
        least,
    )
    tab.keyboard.press("Tab")

    assert not small
    assert tab.evaluate("document.activeElement.className") == "skip"


def test_reduced_motion_is_obeyed(chromium: Any, stage_address: str) -> None:
    page = chromium.new_page(reduced_motion="reduce")
    page.goto(f"{stage_address}/zh/home")

    assert (
        page.evaluate("getComputedStyle(document.querySelector('.btn')).transitionDuration") == "0s"
    )
    page.close()


def test_asking_takes_three_taps_at_most(chromium: Any, stage_address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    posted: list[str] = []
    page.on("request", lambda r: posted.append(r.post_data or "") if r.method == "POST" else None)
    page.goto(f"{stage_address}/zh/ask")

    page.locator("label[for=kinds-plastic]").click()
    page.get_by_role("button", name="叫船来收").click()

    page.wait_for_timeout(100)
    assert 'name="kinds"\r\n\r\nplastic\r\n' in posted[0]
    assert 'name="place"\r\n\r\nberth_1\r\n' in posted[0]
    page.close()


def test_a_place_is_tapped_on_a_map_that_is_drawn_once_it_is_wanted(
    chromium: Any, stage_address: str
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{stage_address}/zh/ask-every")
    assert page.locator("#place-chart").is_hidden()

    page.locator("label[for=place-map]").click()
    page.locator("#place-chart canvas").click(position={"x": 120, "y": 90})

    page.locator("#place-chart .you").wait_for()
    assert 121 < float(page.locator("#place-lon").input_value()) < 122
    assert 28 < float(page.locator("#place-lat").input_value()) < 29
    page.close()


def test_a_signature_is_sealed_by_the_phones_own_key(chromium: Any, stage_address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    posted: list[str] = []
    page.on("request", lambda r: posted.append(r.post_data or "") if r.method == "POST" else None)
    page.goto(f"{stage_address}/zh/sign")
    box = page.locator("[data-pad]").bounding_box()

    page.mouse.move(box["x"] + 20, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="数对，我签了").click()

    page.wait_for_timeout(400)
    assert "signature=" in posted[0]
    assert "signature=&" not in posted[0]
    assert "Ed25519" in posted[0]
    page.close()


def test_escape_shuts_a_figure_and_gives_the_focus_back(chromium: Any, stage_address: str) -> None:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{stage_address}/zh/command")
    opener = page.locator('[data-figure="arrival"]')

    opener.evaluate("e => e.focus()")
    opener.dispatch_event("click")
    page.keyboard.press("Escape")

    page.wait_for_selector("#drill > section", state="detached")
    assert page.evaluate("document.activeElement.dataset.figure") == "arrival"
    page.close()


@pytest.mark.parametrize(("name", "pane"), [("track", "#sheet"), ("command", "#case")])
def test_a_live_pane_is_fetched_again_and_nothing_moves(
    tab: Any, stage_address: str, name: str, pane: str
) -> None:
    show(tab, stage_address, "en", name, "wide")
    before = tab.locator(pane).inner_text()

    tab.wait_for_function("css => document.querySelector(css).dataset.liveWas", arg=pane)

    assert tab.locator(pane).inner_text() == before
    assert tab.evaluate(SHIFTED) < 0.05
    assert not tab.complaints
