"""Files as pages know them: where their bytes lie, which a record names, who looked at one."""

import re
from collections.abc import Iterator
from typing import Any

from zhouqiao.flow.case import Case
from zhouqiao.platform import access
from zhouqiao.platform.document.content import FILES, Files
from zhouqiao.store import Desk

_NAME = re.compile(r"file_[0-9a-f]{64}")


def store_of(desk: Desk) -> Files:
    """Return where the files of this cell lie."""
    files: Files = desk.pinned.function(FILES)(desk.cell)
    return files


def named_in(value: Any) -> Iterator[str]:
    """Yield the files a record names, however deep."""
    if isinstance(value, dict):
        for one in value.values():
            yield from named_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from named_in(one)
    elif isinstance(value, str) and _NAME.fullmatch(value):
        yield value


def addresses(case: str, record: Any) -> tuple[str, ...]:
    """Return where the files a record of a case names are shown."""
    return tuple(f"/cases/{case}/files/{name}" for name in named_in(record))


def was_looked_at(desk: Desk, case: Case) -> None:
    """Log that the subject looks at a file of a case: as at a field about whom the case is about.

    Raises `NotAllowed` where they may read the case and not what it holds about that person.
    """
    if case.person is not None and case.person != desk.subject.person:
        purpose = "handle_case" if desk.subject.unit is None else "deliver"
        access.read_personal(desk, case.person, ["photo"], purpose, case.id, scope=case.scope)
