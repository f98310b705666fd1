"""Stories of files over HTTP: brought in parts by a standard client, shown to whom they concern."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from io import BytesIO
from typing import Any

import httpx
import pytest
from tusclient import client as tus
from tusclient.exceptions import TusCommunicationError

from zhouqiao.flow import evidence
from zhouqiao.platform import access
from zhouqiao.platform.document.content import FILES
from zhouqiao.testing.pictures import REMARK, jpeg, png
from zhouqiao.testing.web import Member, Web, served

PHOTO = jpeg(300_000)
NAME = f"file_{hashlib.sha256(PHOTO).hexdigest()}"
TUS = {"tus-resumable": "1.0.0"}
OCTETS = {"content-type": "application/offset+octet-stream"}
HERE = {"lon": 121.655, "lat": 28.612}
NOW = "2026-10-14T00:20:00Z"


@pytest.fixture
def fisher(web: Web) -> Member:
    """A fisher with a phone."""
    return web.member()


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """The site on a socket, where a line can break."""
    with served(web.app) as found:
        yield found


def told(**named: str) -> str:
    return ",".join(f"{key} {base64.b64encode(v.encode()).decode()}" for key, v in named.items())


def begun(who: Member, raw: bytes = PHOTO, **named: str) -> Any:
    headers = TUS | who.bearer | {"upload-length": str(len(raw))}
    headers |= {"upload-metadata": told(**named)} if named else {}
    return who.client.post("/api/files", headers=headers)


def patch(who: Member, at: str, raw: bytes, offset: int = 0, **more: str) -> Any:
    headers = TUS | OCTETS | who.bearer | {"upload-offset": str(offset), **more}
    return who.client.patch(at, content=raw, headers=headers)


def brought(who: Member, raw: bytes = PHOTO) -> str:
    """Bring a file whole; return its name."""
    answer = patch(who, begun(who, raw).headers["location"], raw)
    assert answer.status_code == 204, answer.text
    return str(answer.headers["zhouqiao-file"])


def asked(web: Web, fisher: Member, photo: str | None = NAME, key: str = "k1") -> Any:
    record: dict[str, Any] = {
        "vessel": "浙椒渔00000", "place": HERE, "kinds": [{"kind": "gear", "mass": {"kg": "30"}}],
    }  # fmt: skip
    record |= {} if photo is None else {"photo": photo}
    body = {"procedure": "marine_waste.pickup", "key": key, "record": record, "place": HERE}
    answer = fisher.client.post("/api/cases", json=body, headers=fisher.bearer)
    web.world.drain()
    return answer


def test_a_standard_client_brings_a_file_in_chunks(web: Web, fisher: Member, address: str) -> None:
    phone = tus.TusClient(f"{address}/api/files", headers=fisher.bearer)

    uploader = phone.uploader(
        file_stream=BytesIO(PHOTO), chunk_size=65_536, metadata={"filename": "照片.jpg"},
        upload_checksum=True,
    )  # fmt: skip
    uploader.upload()

    assert uploader.offset == len(PHOTO)
    assert asked(web, fisher).status_code == 201


def test_a_standard_client_goes_on_after_a_cut_in_the_middle(fisher: Member, address: str) -> None:
    phone = tus.TusClient(f"{address}/api/files", headers=fisher.bearer)
    first = phone.uploader(file_stream=BytesIO(PHOTO), chunk_size=100_000)
    first.upload_chunk()

    second = phone.uploader(file_stream=BytesIO(PHOTO), chunk_size=100_000, url=first.url)

    assert second.offset == 100_000
    second.upload()
    assert (
        fisher.client.head(first.url, headers=TUS | fisher.bearer).headers["zhouqiao-file"] == NAME
    )


def test_what_came_before_the_line_broke_inside_a_part_is_kept(
    fisher: Member, address: str
) -> None:
    at = begun(fisher).headers["location"]
    gone = threading.Event()

    def cut() -> Iterator[bytes]:
        yield PHOTO[:150_000]
        while int(held(fisher, at)) < 150_000:
            gone.wait(0.05)
        gone.set()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        httpx.patch(
            address + at,
            content=cut(),
            headers=TUS | OCTETS | fisher.bearer | {"upload-offset": "0"},
        )

    assert gone.is_set()
    assert patch(fisher, at, PHOTO[150_000:], 150_000).headers["zhouqiao-file"] == NAME


def held(who: Member, at: str) -> str:
    """Ask how much is here."""
    answer = who.client.head(at, headers=TUS | who.bearer)
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.headers["upload-offset"])


def test_the_same_part_twice_changes_nothing(fisher: Member) -> None:
    at = begun(fisher).headers["location"]
    patch(fisher, at, PHOTO[:1000])

    answer = patch(fisher, at, PHOTO[:1000])

    assert answer.status_code == 409
    assert answer.headers["upload-offset"] == held(fisher, at) == "1000"
    assert patch(fisher, at, PHOTO[5000:], 5000).status_code == 409
    assert patch(fisher, at, PHOTO[1000:], 1000).status_code == 204
    assert patch(fisher, at, b"", len(PHOTO)).status_code == 204
    assert held(fisher, at) == str(len(PHOTO))


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_whose_checksum_is_wrong_is_as_if_it_never_came(
    fisher: Member, algorithm: str
) -> None:
    at = begun(fisher).headers["location"]
    patch(fisher, at, PHOTO[:1000])
    right = base64.b64encode(hashlib.new(algorithm, PHOTO[1000:]).digest()).decode()

    spoilt = patch(
        fisher, at, PHOTO[1000:-1] + b"x", 1000, **{"upload-checksum": f"{algorithm} {right}"}
    )

    assert spoilt.status_code == 460
    assert held(fisher, at) == "1000"
    sound = patch(fisher, at, PHOTO[1000:], 1000, **{"upload-checksum": f"{algorithm} {right}"})
    assert sound.headers["zhouqiao-file"] == NAME


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha1", "sha1 ***", "sha1 "])
def test_a_checksum_nobody_understands_is_refused(fisher: Member, checksum: str) -> None:
    at = begun(fisher).headers["location"]

    assert patch(fisher, at, PHOTO, **{"upload-checksum": checksum}).status_code == 400
    assert held(fisher, at) == "0"


def test_other_bytes_than_were_announced_are_refused(fisher: Member) -> None:
    at = begun(fisher, sha256="0" * 64).headers["location"]

    assert patch(fisher, at, PHOTO).status_code == 460
    assert begun(fisher, sha256="../../etc/passwd").status_code == 422


def test_fifty_megabytes_are_refused_in_words_before_a_byte_is_read(
    fisher: Member, address: str
) -> None:
    headers = TUS | fisher.bearer | {"upload-length": "50000000", "accept-language": "en"}

    answer = fisher.client.post("/api/files", headers=headers)

    assert answer.status_code == 413
    assert answer.json()["said"].startswith("The file is too large; the most is 20 MB")
    at = begun(fisher).headers["location"]
    with closing(HTTPConnection(address.removeprefix("http://"))) as line:
        line.putrequest("PATCH", at)
        for name, value in (TUS | OCTETS | fisher.bearer | {"upload-offset": "0"}).items():
            line.putheader(name, value)
        line.putheader("content-length", "50000000")
        line.endheaders(b"\xff\xd8\xff")
        assert line.getresponse().status == 413
    assert held(fisher, at) == "0"


def test_more_than_announced_is_refused_while_it_comes(fisher: Member, address: str) -> None:
    at = begun(fisher, PHOTO[:1000]).headers["location"]
    parts = (PHOTO[n : n + 600] for n in range(0, 6000, 600))

    answer = httpx.patch(
        address + at, content=parts, headers=TUS | OCTETS | fisher.bearer | {"upload-offset": "0"}
    )

    assert answer.status_code == 413


def test_the_limit_is_the_nodes_to_set(web: Web, fisher: Member) -> None:
    web.portal.largest_file = 1000

    assert begun(fisher).status_code == 413
    assert fisher.client.options("/api/files").headers["tus-max-size"] == "1000"


def test_nothing_is_no_file(fisher: Member) -> None:
    assert begun(fisher, b"").status_code == 422


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        PHOTO[:-2],
    ],
)
def test_what_only_calls_itself_a_picture_is_refused_and_gone(
    web: Web, fisher: Member, raw: bytes
) -> None:
    at = begun(fisher, raw, filename="photo.jpg", filetype="image/jpeg").headers["location"]

    answer = patch(fisher, at, raw)

    assert answer.status_code == 415
    assert answer.json()["code"] == "document.file_not_accepted"
    files = web.world.platform.store.pinned.function(FILES)(web.world.cell)
    assert not files.has(hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..\\..\\win.ini", "a\0b", "/etc/passwd"])
def test_a_name_leads_nowhere(web: Web, fisher: Member, name: str) -> None:
    at = begun(fisher, filename=name).headers["location"]
    assert patch(fisher, at, PHOTO).status_code == 204

    kept = web.world.fetch("SELECT name FROM file")[0]["name"]

    assert kept in {"passwd", "win.ini", "file"}
    for path in ("/api/files/..%2f..%2fetc%2fpasswd", "/api/files/upload_..", "/api/files/x"):
        assert fisher.client.head(path, headers=TUS | fisher.bearer).status_code in {400, 404}


def test_an_upload_is_nobody_elses_business(web: Web, fisher: Member) -> None:
    at = begun(fisher).headers["location"]
    for other in (web.member(name="王样例"), web.member("marine_waste.duty", name="陈值班")):
        assert other.client.head(at, headers=TUS | other.bearer).status_code == 404
        assert patch(other, at, PHOTO).status_code == 404
        assert other.client.delete(at, headers=TUS | other.bearer).status_code == 404

    assert fisher.client.delete(at, headers=TUS | fisher.bearer).status_code == 204

    assert fisher.client.head(at, headers=TUS | fisher.bearer).status_code == 404


def test_a_forged_page_uploads_nothing(fisher: Member) -> None:
    answer = fisher.client.post("/api/files", headers=TUS | {"upload-length": "9"})

    assert answer.status_code == 403


def test_another_protocol_is_told_which_is_spoken(fisher: Member) -> None:
    answer = fisher.client.post(
        "/api/files", headers=fisher.bearer | {"tus-resumable": "0.2.2", "upload-length": "9"}
    )

    assert answer.status_code == 412
    assert answer.headers["tus-version"] == answer.headers["tus-resumable"] == "1.0.0"
    offered = fisher.client.options("/api/files").headers
    assert offered["tus-extension"] == "creation,termination,checksum"
    assert "sha1" in offered["tus-checksum-algorithm"]


def test_whoever_can_only_post_says_what_they_mean(fisher: Member) -> None:
    at = begun(fisher).headers["location"]
    means = TUS | OCTETS | fisher.bearer | {"x-http-method-override": "PATCH"}

    answer = fisher.client.post(at, content=PHOTO, headers=means | {"upload-offset": "0"})

    assert answer.headers["zhouqiao-file"] == NAME
    assert fisher.client.post(at, content=PHOTO, headers=means).status_code == 400
    over = TUS | fisher.bearer | {"x-http-method-override": "DELETE"}
    assert fisher.client.post(at, headers=over).status_code == 204


def test_a_photo_is_shown_to_whoever_may_read_its_case_bared_of_its_place(
    web: Web, fisher: Member
) -> None:
    brought(fisher)
    case = asked(web, fisher).json()["id"]
    duty, other = web.member("marine_waste.duty", name="陈值班"), web.member(name="王样例")
    at = f"/cases/{case}/files/{NAME}"

    answer = duty.client.get(at, headers=duty.bearer)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert REMARK in PHOTO
    assert REMARK not in answer.content
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('inline; filename="')
    assert fisher.client.get(at, headers=fisher.bearer).status_code == 200
    for who in (other, web.member("kernel.engineer", name="吴工样")):
        assert who.client.get(at, headers=who.bearer | {"accept": "x/y"}).status_code in {403, 404}
    files = web.world.platform.store.pinned.function(FILES)(web.world.cell)
    assert files.read(NAME.removeprefix("file_")) == PHOTO


def test_a_look_at_a_photo_is_told_to_whom_it_concerns(web: Web, fisher: Member) -> None:
    brought(fisher)
    case = asked(web, fisher).json()["id"]
    duty = web.member("marine_waste.duty", name="陈值班")

    fisher.client.get(f"/cases/{case}/files/{NAME}", headers=fisher.bearer)
    duty.client.get(f"/cases/{case}/files/{NAME}", headers=duty.bearer)

    with web.world.desk() as desk:
        (look,) = access.who_looked(desk, fisher.person)
    assert (look.by, look.fields, look.purpose, look.case) == (
        duty.person, ("photo",), "handle_case", case,
    )  # fmt: skip


def test_a_file_is_shown_in_the_case_that_cites_it_and_in_no_other(
    web: Web, fisher: Member
) -> None:
    brought(fisher)
    asked(web, fisher)
    other = asked(web, fisher, None, "k2").json()["id"]

    answer = fisher.client.get(f"/cases/{other}/files/{NAME}", headers=fisher.bearer)

    assert answer.status_code == 404


def test_a_request_that_cites_anothers_or_an_unknown_file_is_refused(
    web: Web, fisher: Member
) -> None:
    brought(fisher)
    thief = web.member(name="王样例")

    for who, photo, status in (
        (thief, NAME, 404), (fisher, f"file_{'0' * 64}", 404), (fisher, "file_1", 422),
        (fisher, brought(fisher, b"%PDF-1.7 a paper %%EOF"), 415),
    ):  # fmt: skip
        assert asked(web, who, photo).status_code == status
    assert web.world.fetch("SELECT count(*) AS n FROM cases")[0]["n"] == 0


def test_evidence_with_a_photo_its_signer_did_not_bring_is_refused(
    web: Web, fisher: Member
) -> None:
    boat = web.boat("蓝样03")
    crew = web.member("marine_waste.crew", name="林样本", unit=boat)
    case = asked(web, fisher, None).json()["id"]
    step(crew, case, "sent_to_under_way")
    brought(fisher)
    own = brought(crew, png())

    stolen = step(crew, case, "under_way_to_requested", {"place": HERE, "photos": [NAME]})
    shown = step(crew, case, "under_way_to_requested", {"place": HERE, "photos": [own]}, "again")

    assert stolen.status_code == 404
    assert shown.json()["status"] == "done"
    answer = fisher.client.get(f"/cases/{case}/files/{own}", headers=fisher.bearer)
    assert answer.headers["content-type"] == "image/png"
    assert REMARK not in answer.content


def step(who: Member, case: str, name: str, record: Any = None, key: str = "once") -> Any:
    return who.client.post(
        f"/api/cases/{case}/steps/{name}", json={"key": f"{name}{key}", "record": record},
        headers=who.bearer,
    )  # fmt: skip


def test_the_other_hand_signs_a_record_whose_photos_are_not_theirs(
    web: Web, fisher: Member
) -> None:
    boat = web.boat("蓝样03")
    crew = web.member("marine_waste.crew", name="林样本", unit=boat)
    case = asked(web, fisher, None).json()["id"]
    step(crew, case, "sent_to_under_way")
    step(crew, case, "under_way_to_met", {"place": HERE})
    line = {"kind": "gear", "mass": {"kg": "30"}, "scale": "by_hand", "weighed_at": NOW}
    record = {
        "boat": "蓝样03", "place": HERE, "begun": NOW, "ended": NOW, "lines": [line],
        "photos": [brought(crew)],
    }  # fmt: skip
    assert step(crew, case, "met_to_handed_over", record).json()["status"] == "waiting"

    with web.world.desk(web.subject(fisher)) as desk:
        done = evidence.confirm(
            desk, case, "met_to_handed_over", key="theirs",
            signature={"role": "fisher", "person": fisher.person},
        )  # fmt: skip

    assert done.status == "done"


def test_the_worker_forgets_what_no_record_cites(web: Web, fisher: Member) -> None:
    files = web.world.platform.store.pinned.function(FILES)(web.world.cell)
    orphan, half = brought(fisher, jpeg(77)), begun(fisher, jpeg(99)).headers["location"]
    patch(fisher, half, jpeg(99)[:50])
    brought(fisher)
    asked(web, fisher)

    web.world.later(hours=26)

    assert not files.has(orphan.removeprefix("file_"))
    assert files.has(NAME.removeprefix("file_"))
    assert web.world.fetch("SELECT count(*) AS n FROM upload")[0]["n"] == 0


def test_a_server_that_refuses_is_understood_by_a_standard_client(web: Web, address: str) -> None:
    nobody = tus.TusClient(f"{address}/api/files", headers={"authorization": "Bearer nobody"})

    with pytest.raises(TusCommunicationError) as refused:
        nobody.uploader(file_stream=BytesIO(PHOTO)).upload()

    assert refused.value.status_code in {401, 403}
    assert web.world.fetch("SELECT count(*) AS n FROM upload")[0]["n"] == 0
