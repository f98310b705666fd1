"""The way of imports: kept by the tree, and broken by each seeded breach, exactly one at a time."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLATFORM = (
    "place",
    "identity",
    "rule",
    "matter",
    "catalogue",
    "access",
    "unit",
    "document",
    "notice",
)
FLOW = ("signal", "event", "case", "task", "dispatch", "ledger", "evidence", "outcome")
FLOW += ("indicator", "warning", "report")
ANATOMY = ("declare", "facts", "errors", "model", "repository", "service", "react")
MODULES = [f"platform.{name}" for name in PLATFORM] + [f"flow.{name}" for name in FLOW]
SKELETON = [
    *("zhouqiao", "zhouqiao.base", "zhouqiao.store", "zhouqiao.platform", "zhouqiao.flow"),
    *("zhouqiao.sdk", "zhouqiao.edge", "zhouqiao.edge.portal", "zhouqiao.testing", "zhouqiao.app"),
    *("zhouqiao_systems", "zhouqiao_systems.economy", "zhouqiao_systems.law"),
    *("zhouqiao_systems.economy.fish", "zhouqiao_systems.law.penalty"),
    *(f"zhouqiao.{module}" for module in MODULES),
]

# file, the line seeded into it, and the one contract this breaks
BREACHES = [
    ("base/__init__", "import zhouqiao.store", "root"),
    ("flow/case/service", "import zhouqiao.sdk", "root"),
    ("helpers/__init__", "", "root"),
    ("platform/place/service", "import zhouqiao.platform.notice", "platform"),
    ("platform/weather/__init__", "", "platform"),
    ("flow/case/react", "import zhouqiao.flow.task", "flow"),
    ("flow/signal/service", "import zhouqiao.flow.warning", "flow"),
    ("flow/case/model", "import zhouqiao.flow.case.service", "anatomy"),
    ("flow/case/facts", "import zhouqiao.flow.case.model", "anatomy"),
    ("flow/case/service", "import zhouqiao.flow.case", "anatomy"),
    ("flow/case/helpers", "", "anatomy"),
    ("flow/task/service", "import zhouqiao.flow.case.service", "front-door"),
    ("app/__init__", "from zhouqiao.store import rows", "front-door"),
    ("~economy/fish/__init__", "import zhouqiao.flow.case", "packs"),
    ("~economy/fish/__init__", "import zhouqiao_systems.law.penalty", "strangers"),
    ("app/__init__", "import zhouqiao_systems.economy.fish", "kernel"),
    ("flow/case/repository", "import psycopg", "sql"),
    ("flow/case/service", "from litestar import get", "web"),
]
NOT_BREACHES = [
    ("flow/task/service", "import zhouqiao.flow.case"),
    ("flow/task/react", "from zhouqiao.flow.case.facts import CaseOpened"),
    ("flow/case/service", "from zhouqiao.flow.case.repository import rows"),
    ("flow/case/model", "import zhouqiao.flow.case.heart.search"),
    ("~economy/fish/__init__", "import zhouqiao.sdk"),
    ("store/rows", "import psycopg"),
    ("edge/portal/__init__", "import litestar"),
]


# Lints a skeleton once for each change of one file, in one process apart: the tree under lint
# is called `zhouqiao`, as we are.
LINT = """
import json, pathlib, sys
from importlinter import configuration
from importlinter.application import use_cases

configuration.configure()
options = use_cases.read_user_options()
use_cases._register_contract_types(options)
verdicts = []
for changes in json.load(sys.stdin):
    before = {}
    for name, line in changes:
        path = pathlib.Path("src", name + ".py")
        before[path] = path.read_text() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(line + "\\n")
    report = use_cases.create_report(options, cache_dir=None)
    assert not report.invalid_contract_options, report.invalid_contract_options
    verdicts.append([c.name for c, check in report.get_contracts_and_checks() if not check.kept])
    for path, text in before.items():
        path.unlink() if text is None else path.write_text(text)
        if text is None and not any(path.parent.glob("*.py")):
            path.parent.rmdir()
json.dump(verdicts, sys.stdout)
"""


def contracts() -> str:
    return (ROOT / ".importlinter").read_text()


def path_of(file: str) -> str:
    inside = file.removeprefix("~")
    return ("zhouqiao/" if inside == file else "zhouqiao_systems/") + inside


def make_skeleton(folder: Path) -> None:
    """Make an empty tree of the whole design, under the contracts of the real one."""
    files = [f"{module.replace('.', '/')}/__init__" for module in SKELETON]
    files += [f"zhouqiao/{it.replace('.', '/')}/{name}" for it in MODULES for name in ANATOMY]
    files += ["zhouqiao/store/rows", "zhouqiao/flow/case/heart/__init__"]
    files += ["zhouqiao/flow/case/heart/search"]
    for file in files:
        path = folder / "src" / f"{file}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    shutil.copytree(ROOT / "tools" / "lint", folder / "tools" / "lint")
    shutil.copy(ROOT / ".importlinter", folder)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """The contracts broken by each breach, then by all that is allowed together."""
    folder = tmp_path_factory.mktemp("skeleton")
    make_skeleton(folder)
    changes = [[(path_of(file), line)] for file, line, _ in BREACHES]
    changes += [[(path_of(file), line) for file, line in NOT_BREACHES]]

    done = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{folder / 'src'}"},
        input=json.dumps(changes),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    keys = dict(re.findall(r"(?m)^\[importlinter:contract:(.+)\]\nname = (.+)$", contracts()))
    names = {name: key for key, name in keys.items()}
    return [{names[name] for name in broken} for broken in json.loads(done.stdout)]


def test_the_tree_keeps_every_contract() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout.partition("Broken contracts")[2]


@pytest.mark.parametrize("number", range(len(BREACHES)), ids=lambda n: f"{BREACHES[n][2]}-{n}")
def test_a_breach_breaks_the_contract_it_breaches(number: int, verdicts: list[set[str]]) -> None:
    assert verdicts[number] == {BREACHES[number][2]}


def test_what_is_allowed_breaks_nothing(verdicts: list[set[str]]) -> None:
    assert verdicts[-1] == set()


def test_every_contract_has_a_breach_that_proves_it() -> None:
    assert {contract for _, _, contract in BREACHES} == set(
        re.findall(r"(?m)^\[importlinter:contract:(.+)\]$", contracts())
    )


def test_no_contract_ignores_an_import() -> None:
    assert not re.search(r"(?m)^ignore_imports", contracts())
