"""Personal values are opened in one place: whoever else wants them asks `access`, by purpose."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
OPENS = {"read", "reveal"}
MAY = {"zhouqiao/store/personal.py", "zhouqiao/platform/access/service.py"}


def opened(path: Path) -> Iterator[str]:
    """Yield what of a module opens a personal value, by whatever name it is called."""
    names = {"personal"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                if one.name == "personal":
                    names.add(one.asname or one.name)
                if (node.module or "").endswith("store.personal") and one.name in OPENS:
                    yield f"import of {one.name}"
        if isinstance(node, ast.Attribute) and node.attr in OPENS:
            owner = node.value
            of = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if of in names:
                yield f"{of}.{node.attr}"


def test_personal_values_are_opened_by_access_alone() -> None:
    found = {
        str(path.relative_to(SOURCE)): sorted(opened(path))
        for path in SOURCE.rglob("*.py")
        if any(opened(path))
    }

    assert set(found) <= MAY, found


def test_an_opening_elsewhere_is_seen(tmp_path: Path) -> None:
    for line in (
        "from zhouqiao.store.personal import read",
        "from zhouqiao.store import personal as p\np.read(1)",
        "import zhouqiao.store\nzhouqiao.store.personal.reveal(1)",
    ):
        (tmp_path / "one.py").write_text(line)

        assert list(opened(tmp_path / "one.py")), line
