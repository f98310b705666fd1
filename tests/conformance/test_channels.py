"""What every way out of the house must do, the fake included."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from zhouqiao.base import Hindrance, decode
from zhouqiao.platform.notice.channel import Channel, ChannelInMemory, Letter, OutboxFolder
from zhouqiao.platform.notice.declare import Way

SMS = Letter(
    id="notice_1-sms", way=Way.SMS, to="000-0000", subject="到了", text="船到了。\n\nIt came."
)
MAIL = Letter(
    id="notice_1-mail",
    way=Way.MAIL,
    to="jiang@example.invalid",
    subject="到了\r\nBcc: x@y",
    text="船到了。",
)


@pytest.fixture(params=["folder", "memory"])
def channel(request: pytest.FixtureRequest, tmp_path: Path) -> Channel:
    if request.param == "memory":
        return ChannelInMemory()
    return OutboxFolder(tmp_path, "county@example.invalid")


@pytest.mark.parametrize("letter", [SMS, MAIL])
def test_a_letter_sent_twice_leaves_once_under_one_name(channel: Channel, letter: Letter) -> None:
    first = channel.send(letter)

    assert channel.send(letter) == first
    assert first.reference.startswith(letter.id)


def test_the_gateway_finds_one_private_file_for_each_letter(tmp_path: Path) -> None:
    OutboxFolder(tmp_path, "county@example.invalid").send(SMS)

    (found,) = (tmp_path / "sms").iterdir()
    assert decode(found.read_bytes(), Letter) == SMS
    assert found.stat().st_mode & 0o077 == 0


def test_mail_is_one_that_any_server_takes_and_no_header_can_be_smuggled_in(tmp_path: Path) -> None:
    OutboxFolder(tmp_path, "county@example.invalid").send(MAIL)

    (found,) = (tmp_path / "mail").iterdir()
    mail = message_from_bytes(found.read_bytes(), policy=default)
    assert mail["To"] == MAIL.to
    assert mail["Bcc"] is None
    assert mail["Subject"] == "到了 Bcc: x@y"
    assert mail.get_content().strip() == "船到了。"


def test_what_the_gateway_has_taken_does_not_leave_again(tmp_path: Path) -> None:
    outbox = OutboxFolder(tmp_path, "county@example.invalid")
    outbox.send(SMS)
    path = tmp_path / "sms" / "notice_1-sms.json"
    path.rename(path.with_suffix(".taken"))

    outbox.send(SMS)

    assert not path.exists()


def test_a_disk_that_takes_nothing_is_a_hindrance(tmp_path: Path) -> None:
    (tmp_path / "sms").write_text("a file where the folder should be")

    with pytest.raises(Hindrance):
        OutboxFolder(tmp_path, "county@example.invalid").send(SMS)
