"""Addresses people give for being told: each confirmed by a code that came to it.

The code is a keyed hash of the asking's name, so it lies in no row, fact or log. Whoever asks
waits a minute before the next, and asks five times a day at most: nobody floods a stranger.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from zhouqiao.base import Hindrance, Invalid, Refusal
from zhouqiao.platform.access import read_personal
from zhouqiao.platform.identity import people, tidy_phone
from zhouqiao.platform.notice import facts
from zhouqiao.platform.notice.channel import Letter
from zhouqiao.platform.notice.declare import Way
from zhouqiao.platform.notice.errors import CodeOver, CodeTooSoon, CodeWrong
from zhouqiao.platform.notice.model import Asking, AskingId, Consent, frozen_words
from zhouqiao.platform.notice.repository import Codes
from zhouqiao.platform.notice.service import PURPOSE, channels, consent
from zhouqiao.store import Desk, personal, remind

CODE = "notice.code"
FIELDS: Mapping[Way, str] = {Way.SMS: "told_by_sms", Way.MAIL: "told_by_mail"}
"""Where the address of each way lies; one not confirmed yet, under the same name with `_new`."""

VALID, APART, A_DAY, TRIES = timedelta(minutes=10), timedelta(minutes=1), 5, 5
_MOBILE = re.compile(r"1\d{10}")
_MAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s.\x00-\x1f]+(\.[^@\s.\x00-\x1f]+)+")


def offered(desk: Desk) -> tuple[Way, ...]:
    """Return the ways out of this house whose address a code can confirm."""
    return tuple(way for way in FIELDS if way in channels(desk))


def ask_code(desk: Desk, way: Way, address: str, words: Mapping[str, str], *, scope: str) -> Asking:
    """Send the subject a code to an address they give; `words` by language have room for {code}.

    Raises `Invalid`, `CodeTooSoon`.
    """
    person = desk.subject.person
    desk.may("notice.consent", scope=scope, person=person)
    if way not in offered(desk):
        raise Invalid("way", "unknown", value=way.value)
    codes, now = Codes(desk), desk.now()
    lately = codes.asked_since(person, now - timedelta(days=1))
    if lately and (now - lately[0].asked_at < APART or len(lately) >= A_DAY):
        raise CodeTooSoon
    kept = {_field(way, new=True): _tidy(way, address)}
    personal.keep(desk, person, kept, scope=scope, basis="consent")
    asking = Asking(
        id=desk.ids.new(AskingId), person=person, way=way, words=dict(words), asked_at=now
    )
    codes.add(asking, scope)
    fact = facts.CodeAsked(person=person, way=way.value)
    desk.tell(fact, about=person, scope=scope, person=person)
    remind(desk, CODE, asking.id, at=now, scope=scope)
    return asking


def asked(desk: Desk, way: Way) -> Asking | None:
    """Return the code the subject may still type in for a way."""
    found = Codes(desk).newest(desk.subject.person, way)
    return found if found is not None and found.stands(desk.now(), VALID) else None


def confirm_code(desk: Desk, way: Way, code: str, *, scope: str) -> Consent | Refusal:
    """Take a code as proof that the address is the subject's: from now on they are told this way.

    Returns the refusal, so that a wrong code is counted.
    """
    asking = asked(desk, way)
    if asking is None:
        return CodeOver()
    if "".join(code.split()) != code_of(desk, asking.id):
        return _counted(desk, asking)
    Codes(desk).end(asking.id, desk.now())
    person, field = desk.subject.person, _field(way)
    given = address_of(desk, way, new=True)
    personal.keep(desk, person, {field: given}, scope=scope, basis="consent")
    return consent(desk, person, way, field=field, scope=scope)


def _counted(desk: Desk, asking: Asking) -> Refusal:
    Codes(desk).count_wrong(asking.id)
    left = TRIES - asking.wrong - 1
    if left:
        return CodeWrong(left)
    Codes(desk).end(asking.id, desk.now())
    return CodeOver()


def address_of(desk: Desk, way: Way, *, new: bool = False) -> str:
    """Return the address the subject is told at, or wants to be (`new`); "" where there is none."""
    field = _field(way, new=new)
    shown = read_personal(desk, desk.subject.person, [field], "own", "").get(field)
    return "" if shown is None else shown.text or ""


def code_of(desk: Desk, asking: str) -> str:
    """Return the six digits of an asking."""
    return f"{int(personal.blind(desk, CODE, asking), 16) % 10**6:06d}"


def send_code(desk: Desk, id: str) -> None:
    """Send a code on its way; a dead line is tried again every minute while the code is good."""
    asking = Codes(desk).get(id)
    if asking is None or not asking.stands(desk.now(), VALID):
        return
    field, scope = _field(asking.way, new=True), people(desk.cell)
    kept = read_personal(desk, asking.person, [field], PURPOSE, id, scope=scope)[field].text
    channel = channels(desk).get(asking.way)
    if channel is None or kept is None:
        return
    words, _ = frozen_words(asking.words, {"code": code_of(desk, id)}, ("code",))
    text = "\n\n".join(words[tongue] for tongue in sorted(words, reverse=True))
    subject = text.partition("\n")[0][:60]
    try:
        channel.send(Letter(id=id, way=asking.way, to=kept, subject=subject, text=text))
    except Hindrance:
        remind(desk, CODE, id, at=desk.now() + APART, scope=scope)


def _field(way: Way, *, new: bool = False) -> str:
    return FIELDS[way] + ("_new" if new else "")


def _tidy(way: Way, address: str) -> str:
    if way is Way.SMS:
        number = tidy_phone(address)
        if not _MOBILE.fullmatch(number):
            raise Invalid("address", "not_a_mobile")
        return number
    if len(address) > 254 or not _MAIL.fullmatch(address.strip()):
        raise Invalid("address", "not_a_mail")
    return address.strip()
