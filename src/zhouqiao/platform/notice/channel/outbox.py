"""An outbox folder: where the county's own SMS or mail gateway collects what is to go out.

Each letter is one file, `<way>/<id>.json` or, for mail, `<way>/<id>.eml` (RFC 5322), readable by
its owner only and appearing whole. The gateway deletes or moves what it has taken over, leaving
`<way>/<id>.taken` if it wants double sending to be impossible for ever.
"""

import os
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from zhouqiao.base import Hindrance, encode
from zhouqiao.platform.notice.channel.port import Letter, Receipt
from zhouqiao.platform.notice.declare import Way


class OutboxFolder:
    """A `Channel` into a folder; it never vouches for arrival."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> Receipt:
        """Write the letter, synced. Raises `Hindrance` when the disk does not take it."""
        name = letter.id + (".eml" if letter.way is Way.MAIL else ".json")
        path = self._folder / letter.way.value / name
        if path.exists() or path.with_suffix(".taken").exists():
            return Receipt(reference=name)
        try:
            self._write(path, self._body(letter))
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble
        return Receipt(reference=name)

    def _write(self, path: Path, body: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        rough = path.with_suffix(".coming")
        with os.fdopen(os.open(rough, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        rough.replace(path)

    def _body(self, letter: Letter) -> bytes:
        if letter.way is not Way.MAIL:
            return encode(letter)
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = self._sender, letter.to
        mail["Subject"] = " ".join(letter.subject.split())
        mail["Message-ID"] = f"<{letter.id}@{self._sender.rpartition('@')[2]}>"
        mail.set_content(letter.text)
        return bytes(mail)
