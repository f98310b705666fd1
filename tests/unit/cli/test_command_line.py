"""The terminal helps, answers people and programs, refuses in words, and never shows a trace."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.cli import COMMANDS, main
from zhouqiao.store.engines import Issuer

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command at an English terminal; lend its status and what it printed."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def at_terminal(*line: str) -> tuple[int, str, str]:
        try:
            status = main(line)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return at_terminal


@pytest.mark.parametrize("command", [one.name for one in COMMANDS])
@pytest.mark.parametrize(("lang", "example"), [("zh", "例："), ("en", "example:")])
def test_every_command_helps_with_an_example_in_both_languages(
    run: Run, command: str, lang: str, example: str
) -> None:
    status, out, _ = run(command, "--lang", lang, "--help")

    assert status == 0
    assert f"{example}" in out
    assert "--json" in out


def test_help_speaks_the_language_of_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    assert "法定期限" in run("--help")[1]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("deadline penalty_decision 2022-10-18", "2023-01-16"),
        ("deadline --length 5 --unit working 2026-09-28", "2026-10-10"),
        ("deadline --length 5 --unit calendar 2026-09-28", "2026-10-03"),
        (
            "deadline --length 48 --unit hours 2026-09-28T08:00:00+08:00",
            "2026-09-30T08:00:00+08:00",
        ),
    ],
)
def test_a_deadline_is_the_first_line_and_the_reasons_follow(
    run: Run, line: str, first: str
) -> None:
    status, out, _ = run(*line.split())

    assert status == 0
    assert out.splitlines()[0] == first
    assert len(out.splitlines()) > 1
    assert "{" not in out


def test_reasons_are_told_in_the_language_asked_for(run: Run) -> None:
    _, out, _ = run(
        *["deadline", "--length", "5", "--unit", "working", "2026-09-28", "--lang", "zh"]
    )

    assert "国庆节放假 2026-10-01 至 2026-10-07，跳过 7 天" in out


def test_the_clocks_are_named_with_their_basis(run: Run) -> None:
    _, out, _ = run("deadline", "--list")
    named = json.loads(run("deadline", "--list", "--json")[1])

    assert "penalty_decision" in out
    assert named["penalty_decision"]["basis"] == "处罚法 §60"
    assert len(named) == len(out.splitlines())


def test_a_point_lies_in_a_county_a_town_and_a_grid(run: Run) -> None:
    _, out, _ = run("place", "121.42,28.66")
    found = json.loads(run("place", "121.42,28.66", "--json")[1])

    assert found["county"]["name"] in out.splitlines()[0]
    assert found["grid"]["made"]
    assert "made by us" in out


def test_the_way_by_sea_begins_with_its_length_and_is_not_for_navigation(run: Run) -> None:
    _, out, _ = run("route", "121.45,28.68", "121.89,28.46")
    drawn = json.loads(run("route", "121.45,28.68", "121.89,28.46", "--geojson")[1])

    assert float(out.splitlines()[0]) == drawn["properties"]["km"]
    assert "navigation" in out.splitlines()[1]
    assert drawn["geometry"]["type"] == "LineString"
    assert len(drawn["geometry"]["coordinates"]) == len(out.splitlines()) - 2


def test_a_sound_pack_is_said_to_be_sound_and_can_be_drawn(run: Run) -> None:
    assert run("check", "marine_waste") == (0, "marine_waste: sound\n", "")
    assert json.loads(run("check", "--json")[1])["marine_waste"] == []
    assert "requested" in run("diagram", "marine_waste")[1]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a pack that cannot be imported."""
    told = tmp_path / "broken-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[zhouqiao.packs]\nbroken = no_such_module:pack\n")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("broken")
def test_a_pack_that_cannot_be_read_is_named_and_stops_no_other_from_being_checked(
    run: Run,
) -> None:
    status, _, err = run("check", "broken")

    assert status == 1
    assert "“broken” cannot be read: ModuleNotFoundError" in err
    assert run("check", "marine_waste")[0] == 0


def test_a_pack_that_is_not_installed_is_told_so_with_those_that_are(run: Run) -> None:
    status, _, err = run("check", "old_tree")

    assert status == 1
    assert "No pack “old_tree” is installed. Installed: " in err
    assert "marine_waste" in err


def test_settings_tell_where_each_was_said_and_hide_passwords(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHOUQIAO_DATABASE_URL", "postgresql://owner:hush@db.example/zhouqiao")

    _, out, _ = run("settings")

    assert "hush" not in out
    assert "ZHOUQIAO_DATABASE_URL" in out


def test_what_another_broker_must_be_told_names_us_and_no_secret(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHOUQIAO_FOLDER", str(tmp_path))

    _, out, _ = run("broker", "--json")

    told = json.loads(out)
    kept = json.loads((tmp_path / "secrets.json").read_text())
    assert told["issuer"] == Issuer.of(kept["broker issuer"]).name
    assert f"issuer: {told['issuer']}" in told["configuration"]
    assert not [name for name, secret in kept.items() if secret in out]


@pytest.mark.parametrize(
    "line",
    [
        "place 12x",
        "place 12",
        "place 181,28",
        "place 100,28",
        "place 121.6,28.6,3",
        "place nan,28",
        "route 121.45,28.68 120.0,29.0",
        "route 121.45,28.68 inf,29",
        "deadline nothing_like_it 2026-01-05",
        "deadline penalty_decision tomorrow",
        "deadline penalty_decision",
        "deadline --length 5 2026-01-05",
        "deadline --length 5 --unit working 2031-01-05",
        "deadline --length=-3 --unit working 2026-01-05",
        "deadline --length 0 --unit working 2026-01-05",
        "deadline --length 999999999 --unit calendar 2026-01-05",
        "check no_such_pack",
        "diagram no_such_pack",
        "bench no_such_bench",
        "demo --speed 900",
        "restore /nowhere/at/all",
    ],
)
def test_what_cannot_be_is_refused_in_words_with_status_one(run: Run, line: str) -> None:
    status, out, err = run(*line.split())

    assert status == 1
    assert out == ""
    assert len(err.strip()) > 10
    assert "Error" not in err


def test_a_program_is_refused_with_a_code(run: Run) -> None:
    status, out, _ = run("deadline", "nothing_like_it", "2026-01-05", "--json")

    told: dict[str, Any] = json.loads(out)
    assert status == 1
    assert told["code"] == "rule.clock_unknown"
    assert told["said"]


def test_a_program_is_told_of_wrong_settings_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHOUQIAO_PORT", "many")

    status, out, err = run("backup", "/nowhere", "--json")

    assert status == 1
    assert json.loads(out)["code"] == "settings.wrong"
    assert json.loads(out)["said"] == err.strip()


def test_a_pack_nobody_has_is_refused_with_those_there_are(run: Run) -> None:
    assert "marine_waste" in run("check", "nothere")[2]


@pytest.mark.parametrize(
    "line", ["", "nonsense", "verify", "seal", "place --nonsense 1,2", "deadline --unit weeks 1"]
)
def test_an_unknown_argument_ends_with_status_two_and_the_way_on(run: Run, line: str) -> None:
    status, _, err = run(*line.split())

    assert status == 2
    assert "--help" in err


def test_a_taken_address_is_told_before_anything_is_started(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("ZHOUQIAO_PORT", str(other.getsockname()[1]))
        monkeypatch.setenv("ZHOUQIAO_FOLDER", str(tmp_path / "node"))

        status, out, err = run("run", "--demo")

    assert status == 1
    assert out == ""
    assert "(Address already in use). Stop what uses it" in err
    assert "ZHOUQIAO_PORT" in err
    assert not (tmp_path / "node").exists()


@pytest.mark.parametrize("command", [["run"], ["seal", "verify"]])
def test_a_folder_that_cannot_be_is_told_in_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("ZHOUQIAO_PORT", str(free.getsockname()[1]))
    monkeypatch.setenv("ZHOUQIAO_FOLDER", "/proc/none/at/all")

    status, _, err = run(*command)

    assert status == 1
    assert "/proc/none" in err
    assert "room on the disk" in err
