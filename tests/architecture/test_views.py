"""What a page can show, the platform gives it: a picture in the gallery promises nothing more."""

import ast
from collections.abc import Iterator
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "src/zhouqiao/edge/portal"


def optional(path: Path) -> Iterator[tuple[str, str]]:
    """Yield class and field of a page's view that may be left out."""
    for made in ast.walk(ast.parse(path.read_text("utf-8"))):
        for node in made.body if isinstance(made, ast.ClassDef) else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                kept = "ClassVar" in ast.unparse(node.annotation)
                yield from () if kept else ((made.name, node.target.id),)


def given() -> set[str]:
    """Return every keyword that the portal's own code gives to anything."""
    pages = PORTAL / "pages"
    return {
        word.arg
        for path in PORTAL.rglob("*.py")
        if pages not in path.parents
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg
    }


def test_whatever_a_page_may_show_is_given_to_it_by_the_platform() -> None:
    words = given()

    never = [
        f"{path.name}: {made}.{field}"
        for path in sorted((PORTAL / "pages").glob("*.py"))
        for made, field in optional(path)
        if field not in words
    ]

    assert never == []


def test_a_field_with_a_default_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text("class Page(View):\n    title: str\n    late: str = ''\n")

    assert list(optional(page)) == [("Page", "late")]
