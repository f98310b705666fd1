"""Addresses of ours lead nowhere else, and a switch leaves the rest of one alone."""

import pytest

from zhouqiao.edge.portal.address import changed, safe_path
from zhouqiao.edge.portal.pages import public
from zhouqiao.edge.portal.render import Chrome, render


@pytest.mark.parametrize(
    ("query", "switched"),
    [
        ("", "lang=en"),
        ("q=case.CaseOpened&before=40", "q=case.CaseOpened&before=40&lang=en"),
        ("lang=zh&name=a%26b&lang=zh", "name=a%26b&lang=en"),
        ("q=%E6%B5%99+1&empty=", "q=%E6%B5%99+1&empty=&lang=en"),
    ],
)
def test_a_switch_keeps_path_and_query_and_sets_its_own_word(query: str, switched: str) -> None:
    assert changed("/console/journal", query, "lang", "en") == f"/console/journal?{switched}"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/a",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\tb",
        "evil.example",
        "http://e.x/",
    ],
)
def test_no_switch_and_no_next_leads_away_from_here(path: str) -> None:
    assert changed(path, "a=1", "lang", "en") == "/?a=1&lang=en"
    assert safe_path(path) == "/"


def test_a_path_with_marks_of_its_own_is_still_that_path() -> None:
    assert changed("/verify/100% a?b", "", "lang", "en") == "/verify/100%25%20a%3Fb?lang=en"
    assert safe_path("/console/journal?q=a%26b") == "/console/journal?q=a%26b"


def test_a_page_offers_itself_in_the_other_language() -> None:
    chrome = Chrome(lang="en", path="/verify", query="paper=R-1&lang=en")

    page = render(public.Trouble(kind="not_found", said="?"), chrome)

    assert 'href="/verify?paper=R-1&amp;lang=zh"' in page
