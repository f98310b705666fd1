"""Commands on files: uploads that may break off, links to what they belong to, orphans swept.

Bytes lie in the cell's own `Files`; a row says what they are and who brought them: to know a hash
is not to have the file, so only its bytes make it somebody's. A file that belongs to nothing is
deleted after a delay: first its rows (`drop_orphans`), then, once that is committed, its bytes
(`sweep`). Keeping a file sets the alarm for both.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from zhouqiao.base import Id, Invalid, decode
from zhouqiao.platform.document.content.bare import Broken, bared
from zhouqiao.platform.document.content.port import Files
from zhouqiao.platform.document.content.repository import FileRows
from zhouqiao.platform.document.content.sniff import UNKNOWN, sniff
from zhouqiao.platform.document.declare import File
from zhouqiao.platform.document.errors import (
    FileNotAccepted,
    FileTooLarge,
    NoSuchFile,
    OffsetMismatch,
)
from zhouqiao.platform.document.facts import FileKept
from zhouqiao.platform.document.form import printable
from zhouqiao.platform.document.model import SeenBy
from zhouqiao.store import Desk, remind

LIMIT = 20_000_000  # bytes of one file, where nobody has set another limit
KEPT = ("image/jpeg", "image/png", "image/webp", "video/mp4", "application/pdf")
FILES = "document.files@1"  # in `desk.pinned.functions`: returns the `Files` of a cell
_HASH = re.compile(r"[0-9a-f]{64}")
DELAY = timedelta(hours=24)  # a file may belong to nothing for so long
FORGET, SWEEP = "document.forget", "document.sweep"


class UploadId(Id):
    """Names an upload under way."""

    prefix = "upload"
    __slots__ = ()


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """An announced upload: go on from `held` until `size`; `file` once it came whole."""

    id: UploadId
    size: int
    held: int
    name: str = ""
    file: File | None = None


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as its readers know it."""

    id: File
    sha256: str
    size: int
    media: str
    name: str


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What is going to be uploaded: bytes, their SHA-256 in hex, what the sender calls it.

    Without `sha256` whatever comes is kept under the hash it turns out to have.
    """

    name: str
    size: int
    sha256: str = ""


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept here: `media` (`image`, `video`, `pdf`; () is all `KEPT`), `limit` in bytes."""

    media: tuple[str, ...] = ()
    limit: int = LIMIT


def begin_upload(
    desk: Desk, files: Files, announced: Announced, seen: SeenBy, accept: Accept
) -> Upload:
    """Announce a file. Raises `FileTooLarge` before a byte has come, `Invalid`."""
    if announced.size > accept.limit:
        raise FileTooLarge(announced.size, accept.limit)
    if announced.size < 1:
        raise Invalid("size", "empty")
    if announced.sha256 and not _HASH.fullmatch(announced.sha256):
        raise Invalid("sha256", "not_a_hash")
    id = desk.ids.new(UploadId)
    row = {**_owned(desk, seen), "id": str(id), "at": desk.now(), "name": _named(announced.name)}
    FileRows(desk).add_upload({**row, "sha256": announced.sha256, "size": announced.size})
    files.begin(id)
    _look_later(desk, seen.scope)
    return Upload(id=id, size=announced.size, held=0)


def append_upload(desk: Desk, files: Files, id: str, *, offset: int, chunk: bytes) -> Upload:
    """Add bytes at `offset`. Raises `OffsetMismatch` (go on from `held`), `FileTooLarge`."""
    before = upload_of(desk, files, id)
    if offset < 0 or offset + len(chunk) > before.size:
        raise FileTooLarge(offset + len(chunk), before.size)
    if before.file is not None:
        raise OffsetMismatch(before.held, offset)
    return replace(before, held=files.append(id, offset, chunk))


def upload_of(desk: Desk, files: Files, id: str) -> Upload:
    """Return where an upload of the acting person stands. Raises `NoSuchFile`."""
    row = _announced(desk, id)
    told = {"id": UploadId(id), "size": row["size"], "name": row["name"]}
    if row["finished_at"] is not None:
        return Upload(**told, held=row["size"], file=_file(row["sha256"]))
    return Upload(**told, held=files.held(id))


def abandon_upload(desk: Desk, files: Files, id: str) -> None:
    """Forget an upload under way; a file already kept stays. Raises `NoSuchFile`."""
    _announced(desk, id)
    FileRows(desk).drop_upload(id)
    files.abandon(id)


def finish_upload(desk: Desk, files: Files, id: str, accept: Accept) -> KeptFile:
    """Keep an upload that came whole.

    Raises `OffsetMismatch` while bytes are missing, `HashMismatch`, `FileNotAccepted`.
    """
    row, rows = _announced(desk, id), FileRows(desk)
    if files.held(id) != row["size"]:
        raise OffsetMismatch(files.held(id), row["size"])
    sha256 = row["sha256"] or files.digest(id)
    rows.hold(sha256)
    files.finish(id, sha256)
    rows.finished(id, sha256, desk.now())
    return _kept(desk, files, {**row, "sha256": sha256}, accept)


def keep_file(
    desk: Desk, files: Files, raw: bytes, name: str, seen: SeenBy, accept: Accept
) -> KeptFile:
    """Keep a file that came in one piece. Raises `FileTooLarge`, `FileNotAccepted`."""
    if len(raw) > accept.limit:
        raise FileTooLarge(len(raw), accept.limit)
    sha256 = hashlib.sha256(raw).hexdigest()
    FileRows(desk).hold(sha256)
    files.put(raw)
    row = {**_owned(desk, seen), "sha256": sha256, "size": len(raw), "name": _named(name)}
    return _kept(desk, files, row, accept)


def _kept(desk: Desk, files: Files, row: dict[str, Any], accept: Accept) -> KeptFile:
    rows, sha256 = FileRows(desk), row["sha256"]
    media = _media(files.read(sha256))
    if not _fits(media, accept.media):
        if not rows.in_use(sha256):
            files.drop(sha256)
        raise FileNotAccepted(media, accept.media or KEPT)
    id = _file(sha256)
    rows.add({**row, "id": str(id), "media": media, "at": desk.now()})
    _look_later(desk, row["scope"])
    fact = FileKept(id=id, sha256=sha256, size=row["size"], media=media)
    desk.tell(fact, about=id, scope=row["scope"], person=row["person"])
    return KeptFile(id=id, sha256=sha256, size=row["size"], media=media, name=row["name"])


def attach(desk: Desk, id: str, about: str, seen: SeenBy, media: Sequence[str] = ()) -> KeptFile:
    """Say what a file belongs to and who may see it there.

    Raises `NoSuchFile` unless the acting subject brought it or it belongs there already,
    `FileNotAccepted` when it is none of `media`.
    """
    row = FileRows(desk).held(id, desk.subject.person, about)
    if row is None:
        raise NoSuchFile(id)
    kept = KeptFile(id=File(id), **row)
    if not _fits(kept.media, media):
        raise FileNotAccepted(kept.media, tuple(media))
    link = {**msgspec.structs.asdict(kept), "id": id, "about": about, "at": desk.now()}
    FileRows(desk).link({**link, **msgspec.structs.asdict(seen)})
    return kept


def file_of(desk: Desk, id: str) -> KeptFile:
    """Return what is known of a file the subject may see. Raises `NoSuchFile`."""
    row = FileRows(desk).file(id)
    if row is None:
        raise NoSuchFile(id)
    return KeptFile(id=File(id), **row)


def files_of(desk: Desk, about: str) -> tuple[KeptFile, ...]:
    """Return the files of one thing, oldest first."""
    rows = FileRows(desk).linked(about)
    return tuple(KeptFile(id=File(row.pop("file")), **row) for row in rows)


def read_file(desk: Desk, files: Files, id: str) -> tuple[KeptFile, bytes]:
    """Return a file and its bytes, checked against their hash. Raises `NoSuchFile`."""
    kept = file_of(desk, id)
    return kept, files.read(kept.sha256)


def drop_orphans(desk: Desk, *, before: datetime) -> tuple[list[str], list[str]]:
    """Forget files and uploads from before then that belong to nothing.

    Returns hashes and uploads for `sweep`, which is called on a desk of its own after this one
    committed: bytes are never deleted while a row may still come back.
    """
    rows = FileRows(desk)
    return rows.drop_orphans(before), rows.drop_uploads(before)


def sweep(desk: Desk, files: Files, hashes: Sequence[str], uploads: Sequence[str]) -> int:
    """Delete the bytes of forgotten files, unless kept again meanwhile; return how many."""
    rows, swept = FileRows(desk), 0
    for sha256 in sorted(hashes):
        rows.hold(sha256)
        if not rows.in_use(sha256):
            files.drop(sha256)
            swept += 1
    for upload in uploads:
        files.abandon(upload)
    return swept


def _look_later(desk: Desk, scope: str) -> None:
    at = (desk.now() + DELAY).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    remind(desk, FORGET, f"{scope}/{at:%Y%m%d%H}", at=at, scope=scope)


def forget_due(desk: Desk) -> None:
    """Forget what belonged to nothing for `DELAY`; its bytes are swept after the commit."""
    hashes, uploads = drop_orphans(desk, before=desk.now() - DELAY)
    if hashes or uploads:
        key = f"{desk.now():%Y%m%d%H%M%S}"
        remind(desk, SWEEP, key, at=desk.now(), scope="", body=Swept(hashes, uploads))


class Swept(msgspec.Struct, frozen=True):
    """What `forget_due` hands over to `sweep_due`."""

    hashes: list[str]
    uploads: list[str]


def sweep_due(desk: Desk, body: bytes) -> None:
    """Delete the bytes of what was forgotten, where this process has the cell's `Files`."""
    if FILES in desk.pinned.functions:
        files: Files = desk.pinned.function(FILES)(desk.cell)
        swept = decode(body, Swept)
        sweep(desk, files, swept.hashes, swept.uploads)


def _announced(desk: Desk, id: str) -> dict[str, Any]:
    row = FileRows(desk).upload(id)
    if row is None or row["person"] != desk.subject.person:
        raise NoSuchFile(id)
    return row


def _file(sha256: str) -> File:
    return File(f"{File.prefix}_{sha256}")


def _media(raw: bytes) -> str:
    """Return what a file is: told by its first bytes, and whole as its kind is to be."""
    media = sniff(raw[:16])
    if media in KEPT:
        try:
            bared(raw, media)
        except Broken:
            return UNKNOWN
    return media


def _fits(media: str, wants: Sequence[str]) -> bool:
    return media in KEPT and any(
        media in (w, f"application/{w}") or media.startswith(w + "/") for w in wants or KEPT
    )


def _owned(desk: Desk, seen: SeenBy) -> dict[str, Any]:
    return {**msgspec.structs.asdict(seen), "person": seen.person or desk.subject.person}


def _named(name: str) -> str:
    bare = name.replace("\\", "/").rpartition("/")[2].strip()[:120]
    return bare if bare and printable(bare) else "file"
