"""Files: brought in parts over a bad line (tus 1.0), shown to whoever may read their case.

The protocol is <https://tus.io/protocols/resumable-upload>, with the extensions creation,
termination and checksum. Bytes go to the store as they come, so a line that breaks loses at most
what was on it. `Upload-Metadata` may name the file (`filename`) and announce its hash (`sha256`, in
hex); an answer to what came whole says under which name it is kept (`Zhouqiao-File`).
"""

import asyncio
import base64
import binascii
import hashlib
from typing import Annotated, Any, ClassVar

from litestar import HttpMethod, Response, delete, get, head, patch, post, route
from litestar.exceptions import ClientException, HTTPException, InternalServerException
from litestar.params import HeaderParameter, Parameter

from zhouqiao.base import Invalid, Refusal
from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.refusals import mistaken, refused
from zhouqiao.edge.portal.routes.api import CaseKey, readable
from zhouqiao.edge.portal.show.files import store_of, was_looked_at
from zhouqiao.platform.document import SeenBy
from zhouqiao.platform.document.content import (
    Accept,
    Announced,
    Files,
    FileTooLarge,
    HashMismatch,
    NoSuchFile,
    OffsetMismatch,
    Upload,
    abandon_upload,
    bared,
    begin_upload,
    files_of,
    finish_upload,
    upload_of,
)
from zhouqiao.store import Desk, system

VERSION = "1.0.0"
SPOKEN = {"tus-resumable": VERSION}
SUMS = {"sha1", "sha256"}
OCTETS = "application/offset+octet-stream"
MISMATCH = 460  # tus: the checksum is not that of the bytes
NO_MORE = {"cache-control": "no-store"}
SHOWN = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, max-age=600",
}
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4",
    "application/pdf": "pdf",
}  # fmt: skip


class ChecksumMismatch(Refusal):
    """A part came otherwise than its sender summed it up; none of it is kept."""

    code: ClassVar[str] = "portal.checksum"
    status: ClassVar[int] = MISMATCH


UploadKey = Annotated[str, Parameter(pattern=r"^upload_[0-9a-z]{1,57}$")]
FileKey = Annotated[str, Parameter(pattern=r"^file_[0-9a-f]{64}$")]
Version = Annotated[str, HeaderParameter(name="tus-resumable", max_length=20)]
Length = Annotated[int, HeaderParameter(name="upload-length", ge=0, le=10**15)]
Metadata = Annotated[str, HeaderParameter(name="upload-metadata", max_length=4000)]
Offset = Annotated[int, HeaderParameter(name="upload-offset", ge=0, le=10**15)]
Checksum = Annotated[str, HeaderParameter(name="upload-checksum", max_length=200)]
Method = Annotated[str, HeaderParameter(name="x-http-method-override", max_length=10)]


def _refused(request: Web, refusal: Exception) -> Response[Any]:
    answer = refused(request, refusal)
    answer.headers.update(SPOKEN)
    if isinstance(refusal, HashMismatch):
        answer.status_code = MISMATCH
    if isinstance(refusal, OffsetMismatch):
        answer.headers["upload-offset"] = str(refusal.held)
    return answer


def _mistaken(request: Web, wrong: Exception) -> Response[Any]:
    answer = mistaken(request, wrong)
    answer.headers.update(SPOKEN | {"tus-version": VERSION})
    return answer


TOLD: dict[Any, Any] = {Refusal: _refused, HTTPException: _mistaken}


@route("/api/files", http_method=[HttpMethod.OPTIONS], sync_to_thread=False, status_code=204)
def what_is_spoken(request: Web) -> Response[None]:
    """Say which protocol this is, what of it is spoken, and how large a file may be."""
    told = {
        "tus-version": VERSION, "tus-extension": "creation,termination,checksum",
        "tus-max-size": str(request.app.state.portal.largest_file),
        "tus-checksum-algorithm": ",".join(sorted(SUMS)),
    }  # fmt: skip
    return Response(None, status_code=204, headers=SPOKEN | told)


@post("/api/files", sync_to_thread=True, status_code=201, exception_handlers=TOLD)
def begin(
    request: Web, length: Length, spoken: Version = "", metadata: Metadata = ""
) -> Response[None]:
    """Announce a file, and be told where its bytes go."""
    _same_version(spoken)
    portal: Portal = request.app.state.portal
    named = _said(metadata)
    announced = Announced(
        name=named.get("filename", ""), size=length, sha256=named.get("sha256", "")
    )
    with portal.visit(request) as (desk, _):
        seen = own(desk)
        begun = begin_upload(desk, store_of(desk), announced, seen, _accept(portal))
    return Response(None, status_code=201, headers=SPOKEN | {"location": f"/api/files/{begun.id}"})


@head("/api/files/{upload:str}", sync_to_thread=True, exception_handlers=TOLD)
def where(request: Web, upload: UploadKey, spoken: Version = "") -> Response[None]:
    """Say how much of a file is here."""
    _same_version(spoken)
    found, _ = _upload(request, upload)
    told = {"upload-offset": str(found.held), "upload-length": str(found.size)} | NO_MORE
    return Response(None, status_code=200, headers=SPOKEN | told | _kept_as(found))


@patch(
    "/api/files/{upload:str}", status_code=204, request_max_body_size=None, exception_handlers=TOLD
)
async def go_on(
    request: Web, upload: UploadKey, offset: Offset, spoken: Version = "", checksum: Checksum = ""
) -> Response[None]:
    """Bring the bytes from an offset on; with the last of them the file is kept."""
    _same_version(spoken)
    return await _come(request, upload, offset, checksum)


@delete("/api/files/{upload:str}", sync_to_thread=True, status_code=204, exception_handlers=TOLD)
def give_up(request: Web, upload: UploadKey, spoken: Version = "") -> Response[None]:
    """Forget an upload."""
    _same_version(spoken)
    return _gone(request, upload)


@post(
    "/api/files/{upload:str}", status_code=204, request_max_body_size=None, exception_handlers=TOLD
)
async def instead(
    request: Web, upload: UploadKey, method: Method, spoken: Version = "", checksum: Checksum = ""
) -> Response[None]:
    """Do what `X-HTTP-Method-Override` says, for whoever can only post."""
    _same_version(spoken)
    if method.upper() == "DELETE":
        return await asyncio.to_thread(_gone, request, upload)
    offset = request.headers.get("upload-offset", "")
    if method.upper() != "PATCH" or not (
        offset.isascii() and offset.isdigit() and len(offset) < 16
    ):
        raise ClientException
    return await _come(request, upload, int(offset), checksum)


@get("/cases/{case:str}/files/{file:str}", sync_to_thread=True)
def shown(request: Web, case: CaseKey, file: FileKey) -> Response[bytes]:
    """Return a file of a case, bared of what it tells besides; the look is logged."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, _):
        about = readable(desk, case)
        with portal.store.desk(system(desk.cell)) as platform:
            found = next((one for one in files_of(platform, case) if one.id == file), None)
        if found is None:
            raise NoSuchFile(file)
        was_looked_at(desk, about)
        raw = store_of(desk).read(found.sha256)
    way = "inline" if found.media.startswith("image/") else "attachment"
    name = f"{found.sha256[:12]}.{ENDINGS[found.media]}"
    told = SHOWN | {"content-disposition": f'{way}; filename="{name}"'}
    return Response(bared(raw, found.media), media_type=found.media, headers=told)


def _same_version(spoken: str) -> None:
    if spoken != VERSION:
        raise ClientException(status_code=412)


def _said(metadata: str) -> dict[str, str]:
    """Return `Upload-Metadata` as told: `key base64, key base64`."""
    found = {}
    for pair in filter(None, (one.strip() for one in metadata.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError:
            raise Invalid("Upload-Metadata", "shape") from None
    return found


def own(desk: Desk) -> SeenBy:
    """Return who may see a file until a record cites it: whoever brings it. Raises `NotAllowed`."""
    seen = SeenBy(scope=f"own/{desk.cell}", person=desk.subject.person)
    desk.may("file.add", scope=seen.scope, person=seen.person)
    return seen


def _accept(portal: Portal) -> Accept:
    return Accept(limit=portal.largest_file)


def _upload(request: Web, upload: str) -> tuple[Upload, Files]:
    with request.app.state.portal.visit(request) as (desk, _):
        files = store_of(desk)
        return upload_of(desk, files, upload), files


async def _come(request: Web, upload: str, offset: int, checksum: str) -> Response[None]:
    if request.headers.get("content-type") != OCTETS:
        raise ClientException(status_code=415)
    algorithm, wanted = _sum(checksum)
    before, files = await asyncio.to_thread(_upload, request, upload)
    if offset != before.held:
        raise OffsetMismatch(before.held, offset)
    comes = offset + int(request.headers.get("content-length") or 0)
    if comes > before.size:
        raise FileTooLarge(comes, before.size)
    held, found = await _received(request, before, files, algorithm)
    if wanted and found != wanted:
        await asyncio.to_thread(files.cut, upload, offset)
        raise ChecksumMismatch
    told = {"upload-offset": str(held)}
    if held == before.size and before.file is None:
        told |= _kept_as(await asyncio.to_thread(_whole, request, upload))
    return Response(None, status_code=204, headers=SPOKEN | told)


async def _received(
    request: Web, before: Upload, files: Files, algorithm: str
) -> tuple[int, bytes]:
    """Take bytes as they come; return how many are held now, and their checksum."""
    held, running = before.held, hashlib.new(algorithm, usedforsecurity=False)
    try:
        async for block in request.stream():
            if held + len(block) > before.size:
                raise FileTooLarge(held + len(block), before.size)
            if block:
                running.update(block)
                held = await asyncio.to_thread(files.append, before.id, held, block)
    except InternalServerException:  # what Litestar makes of a line that broke
        raise ClientException from None
    return held, running.digest()


def _sum(checksum: str) -> tuple[str, bytes]:
    """Return the algorithm and what is to come of it (b"": nobody asked)."""
    algorithm, _, value = checksum.partition(" ")
    if not checksum:
        return "sha256", b""
    try:
        wanted = base64.b64decode(value, validate=True)
    except binascii.Error:
        wanted = b""
    if algorithm not in SUMS or not wanted:
        raise ClientException
    return algorithm, wanted


def _whole(request: Web, upload: str) -> Upload:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, _):
        finish_upload(desk, store_of(desk), upload, _accept(portal))
        return upload_of(desk, store_of(desk), upload)


def _kept_as(found: Upload) -> dict[str, str]:
    return {} if found.file is None else {"zhouqiao-file": str(found.file)}


def _gone(request: Web, upload: str) -> Response[None]:
    with request.app.state.portal.visit(request) as (desk, _):
        abandon_upload(desk, store_of(desk), upload)
    return Response(None, status_code=204, headers=SPOKEN)


HANDLERS = (what_is_spoken, begin, where, go_on, give_up, instead, shown)
