"""Stories of the form something is asked for with, as a browser without a script sends it."""

import hashlib
from typing import Any

import pytest

from zhouqiao.base import Personal
from zhouqiao.store import personal
from zhouqiao.testing.pictures import REMARK, jpeg
from zhouqiao.testing.web import Member, Web

PHOTO = jpeg(200_000)
NAME = f"file_{hashlib.sha256(PHOTO).hexdigest()}"
ASK = "/ask/marine_waste.pickup"
HERE = {"place": "here", "place.lon": "121.655", "place.lat": "28.612"}


@pytest.fixture
def fisher(web: Web) -> Member:
    """A fisher whose vessel is known."""
    return web.member()


def asked(fisher: Member, taken: bytes | None, **more: Any) -> Any:
    form = {"csrf": fisher.csrf, "once": "1", "kinds": ["gear", "plastic"], **HERE, **more}
    files = None if taken is None else {"photo": ("../../IMG 1.jpg", taken, "image/jpeg")}
    return fisher.client.post(ASK, data=form, files=files, follow_redirects=False)


def with_vessel(web: Web, fisher: Member) -> None:
    """Let the platform know the fisher's boat."""

    with web.world.desk() as desk:
        personal.keep(
            desk, fisher.person, {"vessel": Personal("浙椒渔00000")}, scope="marine/331002",
            basis="demo",
        )  # fmt: skip


def test_a_photo_sent_with_the_form_is_seen_on_the_track_page(web: Web, fisher: Member) -> None:
    with_vessel(web, fisher)

    answer = asked(fisher, PHOTO)

    assert answer.status_code == 303, answer.text
    track = fisher.client.get(answer.headers["location"])
    at = f"{answer.headers['location']}/files/{NAME}"
    assert f'<img src="{at}"' in track.text
    assert REMARK not in fisher.client.get(at).content


@pytest.mark.parametrize("photo", [None, b""])
def test_without_a_photo_a_boat_comes_all_the_same(
    web: Web, fisher: Member, photo: bytes | None
) -> None:
    with_vessel(web, fisher)

    assert asked(fisher, photo).status_code == 303


def test_a_photo_need_not_be_chosen_again_when_something_else_was_wrong(
    web: Web, fisher: Member
) -> None:
    with_vessel(web, fisher)
    page = asked(fisher, PHOTO, **{"place.lat": "99", "place.lon": "999"})
    assert page.status_code == 422
    assert f'name="photo" value="{NAME}"' in page.text

    answer = asked(fisher, None, photo=NAME)

    assert answer.status_code == 303
    track = fisher.client.get(answer.headers["location"])
    assert NAME in track.text


def test_what_is_no_photo_is_told_beside_the_photo(web: Web, fisher: Member) -> None:
    with_vessel(web, fisher)

    page = asked(fisher, b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>")

    assert page.status_code == 415
    assert 'id="err-photo"' in page.text
    assert 'value="gear" checked' in page.text


def test_a_photo_above_the_limit_is_told_in_words(web: Web, fisher: Member) -> None:
    with_vessel(web, fisher)
    web.portal.largest_file = 1_000_000

    page = asked(fisher, jpeg(1_500_000))

    assert page.status_code == 413
    assert "1 MB" in page.text


def test_fifty_megabytes_in_a_form_are_refused(web: Web, fisher: Member) -> None:
    with_vessel(web, fisher)

    answer = asked(fisher, bytes(50_000_000))

    assert answer.status_code == 413


def test_a_form_cites_no_photo_of_somebody_else(web: Web, fisher: Member) -> None:
    thief = web.member(name="王样例")
    for who in (fisher, thief):
        with_vessel(web, who)
    asked(fisher, PHOTO)

    page = asked(thief, None, photo=NAME)

    assert page.status_code == 404
    assert 'id="err-photo"' in page.text


def test_a_form_as_it_was_sent_before_still_does(web: Web, fisher: Member) -> None:
    with_vessel(web, fisher)
    form = {"csrf": fisher.csrf, "once": "1", "kinds": "gear", **HERE}

    answer = fisher.client.post(ASK, data=form, follow_redirects=False)

    assert answer.status_code == 303


def test_a_broken_form_is_told_so(fisher: Member) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}

    answer = fisher.client.post(ASK, content=b"--x\r\nnonsense", headers=headers)

    assert answer.status_code == 400
