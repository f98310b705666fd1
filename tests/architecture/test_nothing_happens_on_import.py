"""Importing a module opens nothing, starts nothing, writes nothing and registers nothing."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"

# Run apart, for an audit hook cannot be taken off again. It blames the innermost frame that is
# neither the import system's nor the standard library's, if that frame is ours.
GUARD = r"""
import importlib, sys, sysconfig, threading
src, modules = sys.argv[1], sys.argv[2:]
library = sysconfig.get_path("stdlib")
site = sysconfig.get_path("purelib")
NEVER = ("socket.", "subprocess.", "os.", "shutil.", "tempfile.", "signal.", "fcntl.")
HARMLESS = {"os.listdir", "os.scandir", "os.walk", "os.add_dll_directory"}
now = ""

def ours(frame):
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(src):
            return True
        if not name.startswith(("<frozen", library)) or name.startswith(site):
            return False
        frame = frame.f_back
    return False

def hook(event, arguments):
    watched = event.startswith(NEVER) and event not in HARMLESS
    opened = event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so"))
    opened = opened and "zoneinfo" not in str(arguments[0])  # a time zone is a constant
    if now and (watched or opened) and ours(sys._getframe(1)):
        what = " ".join(map(str, arguments[:1])) if arguments else ""
        print(f"{now}: {event} {what}")

begin = threading.Thread.start

def start(thread):  # before Python 3.12 the audit does not tell of threads
    if ours(sys._getframe(1)):
        print(f"{now}: thread {thread.name}")
    begin(thread)

threading.Thread.start = start
sys.addaudithook(hook)
for now in modules:
    importlib.import_module(now)
"""

INERT = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.AnnAssign,
    ast.Assign,
)


def sources() -> list[Path]:
    return sorted(path for path in SRC.rglob("*.py") if "tests" not in path.parts)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


def is_inert(node: ast.stmt) -> bool:
    """Say whether a statement at module level only names something."""
    match node:
        case ast.Expr(value=ast.Constant()):  # a docstring
            return True
        case ast.Assign(targets=targets):
            return all(isinstance(it, ast.Name | ast.Tuple) for it in targets)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return isinstance(node, INERT)


def test_module_level_holds_only_names() -> None:
    busy = [
        f"{path.relative_to(SRC)}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"
        for path in sources()
        for node in ast.parse(path.read_bytes()).body
        if not is_inert(node)
    ]

    assert not busy, "\n".join(busy)


def test_importing_opens_starts_and_writes_nothing() -> None:
    modules = [dotted(path) for path in sources() if path.stem != "__main__"]

    done = subprocess.run(
        [sys.executable, "-B", "-c", GUARD, str(SRC), *modules],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert not done.stdout, done.stdout


def test_the_guard_catches_a_module_that_does_something(tmp_path: Path) -> None:
    (tmp_path / "busy.py").write_text(
        "import pathlib, socket, threading\n"
        "socket.socket().close()\n"
        "threading.Thread(target=int).start()\n"
        f"pathlib.Path('{tmp_path}/written').write_text('')\n"
        f"pathlib.Path('{tmp_path}/made').mkdir()\n"
    )

    done = subprocess.run(
        [sys.executable, "-B", "-c", GUARD, str(tmp_path), "busy"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path)},
    )

    caught = [line.split()[1] for line in done.stdout.splitlines()]
    assert caught[:1] == ["socket.__new__"]
    assert {"thread", "open", "os.mkdir"} <= set(caught)
