"""What every store of bytes must do, the fake included."""

import hashlib
from pathlib import Path

import pytest

from zhouqiao.platform.document.content import Files, FilesInFolder, FilesInMemory
from zhouqiao.platform.document.errors import HashMismatch, NoSuchFile, OffsetMismatch

RAW = b"\xff\xd8\xff" + b"a heap of nets" * 100
NAME = hashlib.sha256(RAW).hexdigest()


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return FilesInFolder(tmp_path) if request.param == "folder" else FilesInMemory()


def test_bytes_put_are_read_back_by_their_hash(files: Files) -> None:
    assert files.put(RAW) == NAME
    assert files.put(RAW) == NAME
    assert files.has(NAME)
    assert files.read(NAME) == RAW
    assert files.head(NAME, 3) == RAW[:3]


def test_an_upload_goes_on_where_it_stopped(files: Files) -> None:
    files.begin("upload_1")
    files.append("upload_1", 0, RAW[:10])
    files.begin("upload_1")

    with pytest.raises(OffsetMismatch) as refused:
        files.append("upload_1", 5, RAW[5:])

    assert refused.value.held == files.held("upload_1") == 10
    assert files.append("upload_1", 10, RAW[10:]) == len(RAW)
    files.finish("upload_1", NAME)
    assert files.read(NAME) == RAW


def test_other_bytes_than_announced_are_not_kept(files: Files) -> None:
    files.begin("upload_1")
    files.append("upload_1", 0, RAW[:-1])

    with pytest.raises(HashMismatch):
        files.finish("upload_1", NAME)

    assert not files.has(NAME)
    files.append("upload_1", len(RAW) - 1, RAW[-1:])
    files.finish("upload_1", NAME)


def test_a_finished_or_abandoned_upload_is_gone(files: Files) -> None:
    for upload in ("upload_1", "upload_2"):
        files.begin(upload)
        files.append(upload, 0, RAW)

    files.finish("upload_1", NAME)
    files.abandon("upload_2")
    files.abandon("upload_2")

    for upload in ("upload_1", "upload_2", "upload_3"):
        with pytest.raises(NoSuchFile):
            files.append(upload, 0, RAW)
        with pytest.raises(NoSuchFile):
            files.held(upload)
        with pytest.raises(NoSuchFile):
            files.finish(upload, NAME)


def test_what_is_dropped_is_gone(files: Files) -> None:
    files.put(RAW)

    files.drop(NAME)
    files.drop(NAME)

    assert not files.has(NAME)
    with pytest.raises(NoSuchFile):
        files.read(NAME)
    with pytest.raises(NoSuchFile):
        files.head(NAME, 1)


def test_the_same_file_uploaded_twice_is_kept_once(files: Files) -> None:
    for upload in ("upload_1", "upload_2"):
        files.begin(upload)
        files.append(upload, 0, RAW)
        files.finish(upload, NAME)

    assert files.read(NAME) == RAW


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "x" * 65, "a\x00b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = FilesInFolder(tmp_path / "files")

    with pytest.raises(NoSuchFile):
        folder.begin(name)
    with pytest.raises(NoSuchFile):
        folder.read(name)


def test_a_byte_rotten_on_the_disk_is_found(tmp_path: Path) -> None:
    folder = FilesInFolder(tmp_path)
    folder.put(RAW)
    path = tmp_path / "kept" / NAME[:2] / NAME[2:4] / NAME
    path.chmod(0o640)
    path.write_bytes(RAW[:-1] + b"X")

    with pytest.raises(HashMismatch):
        folder.read(NAME)


def test_an_upload_may_be_cut_back_and_hashed_on_its_way(files: Files) -> None:
    files.begin("upload_1")
    files.append("upload_1", 0, RAW + b"spoilt")

    files.cut("upload_1", len(RAW))
    files.cut("upload_1", len(RAW) + 100)

    assert files.held("upload_1") == len(RAW)
    assert files.digest("upload_1") == NAME
    for ask in (files.digest, lambda upload: files.cut(upload, 1)):
        with pytest.raises(NoSuchFile):
            ask("upload_2")
