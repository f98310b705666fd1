"""Which language, which layout, and what may stand in a page."""

from html.parser import HTMLParser

import pytest

from zhouqiao.edge.portal import STATIC, Chrome, chosen, layout, qr_path, render
from zhouqiao.edge.portal.pages import citizen, public
from zhouqiao.edge.portal.render import HERE


def test_the_language_asked_for_wins_over_the_cookie_and_the_browser() -> None:
    assert chosen({"lang": "en"}, {"lang": "zh"}, "zh-CN") == "en"
    assert chosen({}, {"lang": "zh"}, "en-GB") == "zh"
    assert chosen({}, {}, "en-GB,en;q=0.9") == "en"
    assert chosen({"lang": "<script>"}, {}, "") == "zh"


def test_the_layout_is_remembered_by_cookie_and_switched_by_address() -> None:
    assert layout({}, {"theme": "elder"}) == "elder"
    assert layout({"theme": "standard"}, {"theme": "elder"}) == "standard"


def test_the_elder_layout_is_another_template_of_the_same_view() -> None:
    first = citizen.First(href="/matters", act="看看", said="", elder="")
    page = render(citizen.Home(called="江师傅", first=first), Chrome(theme="elder"))

    assert 'data-theme="elder"' in page
    assert "找人帮忙" in page


def test_what_people_wrote_is_escaped() -> None:
    page = render(public.Trouble(kind="refusal", said="<script>alert(1)</script>"), Chrome())

    assert "<script>alert" not in page


def test_no_template_has_inline_script_or_style() -> None:
    for file in (HERE / "templates").rglob("*.html"):
        Inline(file.name).feed(file.read_text("utf-8"))


def test_every_icon_a_template_names_is_drawn() -> None:
    drawn = (STATIC / "icons.svg").read_text("utf-8")

    for file in (HERE / "templates").rglob("*.html"):
        for part in file.read_text("utf-8").split('icon("')[1:]:
            assert f'id="{part.partition(chr(34))[0]}"' in drawn, file.name


def test_a_qr_is_a_square_path() -> None:
    path, size = qr_path("https://verify.zhouqiao.example/r/JJ-DEMO-0042")

    assert path.startswith("M0 0.5h7M")
    assert size >= 29


def test_vendored_files_stay_under_three_megabytes_and_keep_their_licences() -> None:
    files = list((STATIC / "vendor").iterdir())

    assert sum(f.stat().st_size for f in files) < 3_000_000
    for name in ("maplibre-gl", "htmx.org", "echarts", "zrender"):
        assert [f for f in files if f.name.startswith(f"{name}.LICENSE")]


class Inline(HTMLParser):
    """Refuses what a strict content policy would refuse."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert "style" not in known, self.name
        assert not [a for a in known if a.startswith("on")], self.name
        if tag == "script" and "src" not in known and known.get("type") != "application/json":
            pytest.fail(f"{self.name}: an inline script")
        assert tag != "style", self.name
