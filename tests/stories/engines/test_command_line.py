"""A node looked after from its terminal: sealed, altered, copied, brought back."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from zhouqiao.app.node import make_ready, open_node, sealer_of
from zhouqiao.app.settings import Settings
from zhouqiao.cli import main
from zhouqiao.store import seal
from zhouqiao.store.engines import EmbeddedPostgres, Server, temporary_folder

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture(scope="module")
def node() -> Iterator[tuple[Path, Server]]:
    """A demonstration at rest, with its first facts sealed: its folder and its server."""
    with temporary_folder() as folder:
        engine = EmbeddedPostgres(folder / "postgres")
        server = engine.start()
        settings = Settings(folder=folder)
        make_ready(settings, demo=True)
        opened = open_node(settings, size=2)
        seal.seal_new(opened.platform.engine.store, *sealer_of(settings))
        opened.platform.close()
        yield folder, server
        engine.stop()


@pytest.fixture(autouse=True)
def terminal(node: tuple[Path, Server], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("ZHOUQIAO_FOLDER", str(node[0]))


def test_one_changed_byte_is_found_and_the_fact_named(
    node: tuple[Path, Server], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seal", "verify"]) == 0
    assert "nothing has changed" in capsys.readouterr().out

    with psycopg.connect(node[1].owner_dsn, options="-c search_path=zhouqiao") as database:
        database.execute("ALTER TABLE journal DISABLE TRIGGER USER")
        row = database.execute("SELECT id, body FROM journal ORDER BY seq LIMIT 1").fetchone()
        assert row is not None
        database.execute("UPDATE journal SET body = %s WHERE id = %s", (_bent(row[1]), row[0]))

    assert main(["seal", "verify"]) == 1
    said = capsys.readouterr().out
    assert row[0] in said
    assert "field body, byte" in said


def _bent(body: str) -> str:
    """Change one letter inside a JSON text."""
    at = body.rindex('"') - 1
    return body[:at] + chr(ord(body[at]) ^ 1) + body[at + 1 :]


@pytest.mark.parametrize(
    "paper", ["BODY-YEAR-NUMBER", "marine-2026-999999", "paper_none", "'; DROP TABLE paper; --"]
)
def test_a_paper_nobody_issued_is_refused_by_name(
    paper: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", paper]) == 1
    assert f"No paper “{paper}”" in capsys.readouterr().err
    assert main(["verify", paper, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "document.no_such_paper"


def test_a_file_that_is_no_paper_is_not_genuine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 made up")

    assert main(["verify", str(tmp_path / "paper.pdf")]) == 1
    assert capsys.readouterr().out.startswith("not genuine")


def test_a_copy_is_made_once_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "monday")]) == 0
    assert "Bring it back by" in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "monday")]) == 1
    assert "is there already" in capsys.readouterr().err


def test_a_copy_is_brought_back_to_an_empty_node_only(
    node: tuple[Path, Server],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["backup", str(tmp_path / "tuesday")])
    assert main(["restore", str(tmp_path / "tuesday")]) == 1

    monkeypatch.setenv("ZHOUQIAO_FOLDER", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "tuesday")]) == 0
    assert "Start it by" in capsys.readouterr().out
    assert (tmp_path / "new" / "postgres").is_dir()
    assert node[0].is_dir()


def test_the_terminal_says_which_years_are_known_and_refuses_what_is_no_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = tmp_path / "2027.toml"
    faulty.write_text("[2027]\nnotices = []\n", "utf-8")

    assert main(["calendar", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["first"] == 2004
    assert main(["calendar", str(faulty)]) == 1
    assert "cannot be entered" in capsys.readouterr().err
    assert main(["calendar", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err
