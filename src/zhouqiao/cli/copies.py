"""Copying a node, and bringing a copy back."""

from pathlib import Path

from zhouqiao.app import settings as told
from zhouqiao.app.keep import backup, restore
from zhouqiao.cli.line import Argument, Call, Command


def _backup(call: Call) -> int:
    folder = call.given.folder
    copied = backup(told.read(), Path(folder))
    said = call.words("cli.backup.done", folder=folder, megabytes=f"{copied / 1e6:.1f}")
    call.answer({"folder": folder, "bytes": copied}, [said])
    return 0


def _restore(call: Call) -> int:
    folder = call.given.folder
    restore(told.read(), Path(folder))
    call.answer({"folder": folder}, [call.words("cli.restore.done", folder=folder)])
    return 0


COMMANDS = (
    Command("backup", _backup, "zhouqiao backup /mnt/backup/monday", (Argument("folder"),)),
    Command("restore", _restore, "zhouqiao restore /mnt/backup/monday", (Argument("folder"),)),
)
