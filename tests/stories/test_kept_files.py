"""Stories of files: a photo sent over a bad line, looked at, forgotten."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zhouqiao.base import Invalid
from zhouqiao.platform.document import SeenBy
from zhouqiao.platform.document.content import (
    FILES,
    Accept,
    Announced,
    FilesInFolder,
    abandon_upload,
    append_upload,
    attach,
    begin_upload,
    drop_orphans,
    files_of,
    finish_upload,
    keep_file,
    read_file,
    sweep,
    upload_of,
)
from zhouqiao.platform.document.errors import (
    FileNotAccepted,
    FileTooLarge,
    HashMismatch,
    NoSuchFile,
    OffsetMismatch,
)
from zhouqiao.testing.pictures import jpeg

PHOTO, ANOTHER, THIRD = jpeg(14_000), jpeg(14_002), jpeg(14_003)
MARK = hashlib.sha256(PHOTO).hexdigest()
SEEN = SeenBy(scope="marine/331002001")
PICTURES = Accept(media=("image",))


@pytest.fixture
def files(tmp_path: Path) -> FilesInFolder:
    return FilesInFolder(tmp_path / "331002")


def announced(**more: Any) -> Announced:
    return Announced(**{"name": "a.jpg", "size": len(PHOTO), "sha256": MARK, **more})


def kept(world: Any, files: FilesInFolder, raw: bytes = PHOTO, by: Any = None) -> Any:
    with world.desk(by or world.citizen()) as desk:
        return keep_file(desk, files, raw, "../x/照片.jpg", SEEN, PICTURES)


def test_a_photo_sent_in_pieces_over_a_bad_line_arrives_whole(
    world: Any, files: FilesInFolder
) -> None:
    with world.desk(world.citizen()) as desk:
        upload = begin_upload(desk, files, announced(), SEEN, PICTURES)
    with world.desk(world.citizen()) as desk:
        append_upload(desk, files, upload.id, offset=0, chunk=PHOTO[:5000])
    with world.desk(world.citizen()) as desk, pytest.raises(OffsetMismatch):
        append_upload(desk, files, upload.id, offset=0, chunk=PHOTO[:5000])
    with world.desk(world.citizen()) as desk, pytest.raises(OffsetMismatch):
        finish_upload(desk, files, upload.id, PICTURES)

    with world.desk(world.citizen()) as desk:
        held = upload_of(desk, files, upload.id).held
        append_upload(desk, files, upload.id, offset=held, chunk=PHOTO[held:])
        found = finish_upload(desk, files, upload.id, PICTURES)

    assert (found.sha256, found.media, found.size) == (MARK, "image/jpeg", len(PHOTO))
    with world.desk(world.citizen()) as desk:
        assert read_file(desk, files, found.id)[1] == PHOTO


def test_fifty_megabytes_are_refused_before_a_byte_has_come(
    world: Any, files: FilesInFolder
) -> None:
    with world.desk(world.citizen()) as desk:
        with pytest.raises(FileTooLarge) as refused:
            begin_upload(desk, files, announced(size=50_000_000), SEEN, Accept())
        with pytest.raises(FileTooLarge):
            keep_file(desk, files, PHOTO, "a.jpg", SEEN, Accept(limit=10))

    assert refused.value.limit_mb == 20
    assert refused.value.status == 413


def test_more_bytes_than_announced_are_refused(world: Any, files: FilesInFolder) -> None:
    with world.desk(world.citizen()) as desk:
        upload = begin_upload(desk, files, announced(size=10), SEEN, PICTURES)
        with pytest.raises(FileTooLarge):
            append_upload(desk, files, upload.id, offset=0, chunk=PHOTO[:11])
        with pytest.raises(FileTooLarge):
            append_upload(desk, files, upload.id, offset=-1, chunk=b"x")


def test_other_bytes_than_announced_are_refused(world: Any, files: FilesInFolder) -> None:
    with world.desk(world.citizen()) as desk:
        upload = begin_upload(desk, files, announced(sha256="0" * 64), SEEN, PICTURES)
        append_upload(desk, files, upload.id, offset=0, chunk=PHOTO)
        with pytest.raises(HashMismatch):
            finish_upload(desk, files, upload.id, PICTURES)
        with pytest.raises(Invalid):
            begin_upload(desk, files, announced(sha256="../../x"), SEEN, PICTURES)
        with pytest.raises(Invalid):
            begin_upload(desk, files, announced(size=0), SEEN, PICTURES)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"<svg onload=alert(1)>", "application/octet-stream"),
        (b"MZ\x90 a program called a.jpg", "application/octet-stream"),
        (b"%PDF-1.7 not a picture %%EOF", "application/pdf"),
        (b"\xff\xd8\xff\xe0<html><script>alert(1)</script>", "application/octet-stream"),
        (PHOTO[:-2], "application/octet-stream"),
        (b"GIF89a a picture of a kind not kept", "image/gif"),
        (b"", "application/octet-stream"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(
    world: Any, files: FilesInFolder, raw: bytes, found: str
) -> None:
    with pytest.raises(FileNotAccepted) as refused:
        kept(world, files, raw)

    assert refused.value.found == found
    assert not files.has(hashlib.sha256(raw).hexdigest())


def test_a_file_is_seen_by_its_owner_until_it_belongs_to_a_case(
    world: Any, files: FilesInFolder
) -> None:
    photo = kept(world, files)
    crew = world.crew("unit_blue03")
    with world.desk(crew) as desk, pytest.raises(NoSuchFile):
        read_file(desk, files, photo.id)

    with world.desk(world.citizen("wang")) as desk, pytest.raises(NoSuchFile):
        attach(desk, photo.id, "case_1", SEEN)
    with world.desk(world.citizen()) as desk:
        seen = SeenBy(scope="marine/331002001", person="person_jiang", unit="unit_blue03")
        attach(desk, photo.id, "case_1", seen, ("image",))
        attach(desk, photo.id, "case_1", seen)

    with world.desk(crew) as desk:
        assert files_of(desk, "case_1") == (photo,)
        assert read_file(desk, files, photo.id)[1] == PHOTO
    with world.desk(world.citizen("wang")) as desk, pytest.raises(NoSuchFile):
        attach(desk, photo.id, "case_2", seen)
    assert photo.name == "照片.jpg"


def test_a_file_that_belongs_to_nothing_is_forgotten_after_a_delay(
    world: Any, files: FilesInFolder
) -> None:
    orphan, linked = kept(world, files), kept(world, files, ANOTHER)
    with world.desk(world.citizen()) as desk:
        attach(desk, linked.id, "case_1", SEEN)
        lost = begin_upload(desk, files, announced(), SEEN, PICTURES)
    world.clock.turn(hours=25)
    young = kept(world, files, THIRD)

    with world.desk() as desk:
        hashes, uploads = drop_orphans(desk, before=desk.now() - timedelta(hours=24))
    with world.desk() as desk:
        assert sweep(desk, files, hashes, uploads) == 1

    assert [files.has(one.sha256) for one in (orphan, linked, young)] == [False, True, True]
    assert uploads == [lost.id]
    with pytest.raises(NoSuchFile):
        files.held(lost.id)


def test_bytes_kept_again_meanwhile_are_not_swept(world: Any, files: FilesInFolder) -> None:
    kept(world, files)
    world.clock.turn(hours=25)
    with world.desk() as desk:
        hashes, _ = drop_orphans(desk, before=desk.now())
    again = kept(world, files, by=world.citizen("wang"))

    with world.desk() as desk:
        assert sweep(desk, files, hashes, []) == 0

    assert files.has(again.sha256)


def test_the_platform_forgets_orphans_by_itself(world: Any, files: FilesInFolder) -> None:
    world.platform.store.pinned.functions[FILES] = lambda _cell: files
    orphan, linked = kept(world, files), kept(world, files, ANOTHER)
    with world.desk(world.citizen()) as desk:
        attach(desk, linked.id, "case_1", SEEN)

    world.later(hours=23)
    assert files.has(orphan.sha256)
    world.later(hours=3)

    assert not files.has(orphan.sha256)
    assert files.has(linked.sha256)


def test_who_knows_only_the_hash_of_a_file_does_not_have_it(
    world: Any, files: FilesInFolder
) -> None:
    photo = kept(world, files)
    stranger = world.officer("marine_waste.duty", "marine/331002")

    with world.desk(stranger) as desk, pytest.raises(NoSuchFile):
        attach(desk, photo.id, "case_1", SEEN)
    with world.desk(world.citizen("wang")) as desk:
        upload = begin_upload(desk, files, announced(), SEEN, PICTURES)
        with pytest.raises(OffsetMismatch):
            finish_upload(desk, files, upload.id, PICTURES)


def test_the_same_bytes_of_two_people_are_kept_once_and_are_both_theirs(
    world: Any, files: FilesInFolder
) -> None:
    first = kept(world, files)
    again = kept(world, files)
    other = kept(world, files, by=world.citizen("wang"))

    assert first.id == again.id == other.id == f"file_{MARK}"
    for who in ("jiang", "wang"):
        with world.desk(world.citizen(who)) as desk:
            attach(desk, first.id, f"case_{who}", SEEN)


def test_an_upload_whose_last_answer_was_not_heard_is_known_to_be_whole(
    world: Any, files: FilesInFolder
) -> None:
    with world.desk(world.citizen()) as desk:
        upload = begin_upload(desk, files, announced(sha256=""), SEEN, PICTURES)
        append_upload(desk, files, upload.id, offset=0, chunk=PHOTO)
        found = finish_upload(desk, files, upload.id, PICTURES)

    with world.desk(world.citizen()) as desk:
        told = upload_of(desk, files, upload.id)
        with pytest.raises(OffsetMismatch):
            append_upload(desk, files, upload.id, offset=0, chunk=b"")

    assert (told.held, told.file) == (len(PHOTO), found.id)


def test_an_upload_is_its_senders_alone(world: Any, files: FilesInFolder) -> None:
    with world.desk(world.citizen()) as desk:
        upload = begin_upload(desk, files, announced(), SEEN, PICTURES)

    for who in (world.citizen("wang"), world.officer("marine_waste.duty", "marine/331002")):
        with world.desk(who) as desk, pytest.raises(NoSuchFile):
            upload_of(desk, files, upload.id)
        with world.desk(who) as desk, pytest.raises(NoSuchFile):
            abandon_upload(desk, files, upload.id)
    with world.desk(world.citizen()) as desk:
        abandon_upload(desk, files, upload.id)
    with pytest.raises(NoSuchFile):
        files.held(upload.id)
