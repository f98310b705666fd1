"""Commands: send, open, serve, consent, deliver. Nobody commits."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from zhouqiao.base import Hindrance, Invalid, NotFound
from zhouqiao.platform.access import read_personal
from zhouqiao.platform.notice import facts
from zhouqiao.platform.notice.channel import Channel, Letter
from zhouqiao.platform.notice.declare import Message, Proof, Way
from zhouqiao.platform.notice.errors import NoSuchNotice, NotServable
from zhouqiao.platform.notice.model import (
    Attempt,
    Consent,
    Notice,
    NoticeId,
    Outcome,
    frozen_words,
    next_try,
    service_by,
)
from zhouqiao.platform.notice.repository import Notices
from zhouqiao.store import Desk, remind

CHANNELS = "notice.channels@1"  # in `desk.pinned.functions`: returns `Mapping[Way, Channel]`
DUE = "notice.deliver"
PURPOSE = "notify"  # `personal.read.notify.<field>`, held by the platform itself


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """To whom, about what. `pack` owns the message, `words` are its templates by language.

    `cause` names the fact it tells of: nobody is told twice of one fact in the same words.
    """

    person: str
    about: str
    scope: str
    pack: str
    words: Mapping[str, str]
    slots: Mapping[str, object] = {}
    cause: str | None = None


def send(desk: Desk, message: Message, sending: Sending) -> Notice:
    """Put a message into somebody's inbox and on its other ways; once for its cause.

    Raises `Invalid`.
    """
    words, slots = frozen_words(sending.words, sending.slots, message.slots)
    notice = Notice(
        id=desk.ids.new(NoticeId),
        person=sending.person,
        code=f"{sending.pack}.{message.name}",
        slots=slots,
        words=words,
        about=sending.about,
        scope=sending.scope,
        serves=message.serves,
        sent_at=desk.now(),
    )
    notices = Notices(desk)
    if not notices.add(notice, sending.cause):
        return notices.of_cause(notice, sending.cause)
    ways = tuple(way.value for way in message.ways)
    fact = facts.NoticeSent(notice=notice.id, code=notice.code, ways=(Way.INBOX.value, *ways))
    desk.tell(fact, about=notice.about, scope=notice.scope, person=notice.person)
    for way in (*ways, Way.INBOX.value) if notice.serves else ways:
        _try_at(desk, notice, way, nth=1, at=notice.sent_at)
    return notice


def inbox(
    desk: Desk, person: str, *, before: datetime | None = None, most: int = 50
) -> list[Notice]:
    """Return a person's messages, newest first."""
    desk.may("notice.read", scope=desk.subject.reach or "", person=person)
    return Notices(desk).inbox(person, before=before, most=most)


def unread(desk: Desk, person: str) -> int:
    """Count a person's unread messages."""
    return Notices(desk).unread(person)


def about(desk: Desk, about: str) -> list[Notice]:
    """Return the messages about one thing that the subject may see, oldest first."""
    return Notices(desk).about(about)


def open_(desk: Desk, id: str) -> Notice:
    """Open a message; the addressee's opening is remembered and proves service.

    Raises `NoSuchNotice`.
    """
    notice = _held(desk, id)
    if desk.subject.person != notice.person or notice.read_at is not None:
        return notice
    now = desk.now()
    Notices(desk).mark_read(id, now)
    fact = facts.NoticeRead(notice=id, code=notice.code)
    desk.tell(fact, about=notice.about, scope=notice.scope, person=notice.person)
    notice = msgspec.structs.replace(notice, read_at=now)
    return _proved(desk, notice, Proof.READ, now, None) if notice.serves else notice


def serve(desk: Desk, id: str, *, proof: Proof, at: datetime, way: Way | None = None) -> Notice:
    """Bring proof of service; the earliest that counts stands.

    `way` is the way an arrival came by: it counts at a confirmed address only. Raises
    `NoSuchNotice`, `NotServable`, `Invalid` for a time ahead or before sending, `NotAllowed`.
    """
    notice = _held(desk, id)
    desk.may("notice.serve", scope=notice.scope, person=notice.person)
    if not notice.serves:
        raise NotServable(id)
    if at > desk.now():
        raise Invalid("at", "ahead")
    if at < notice.sent_at:
        raise Invalid("at", "before_sending")
    return _proved(desk, notice, proof, at, way)


def _proved(desk: Desk, notice: Notice, proof: Proof, at: datetime, way: Way | None) -> Notice:
    consent = None if way is None else Notices(desk).consents(notice.person).get(way)
    confirmed = consent is not None and consent.confirmed_at is not None
    service = service_by(proof, at, confirmed=confirmed)
    if service is None or not service.earlier(notice.service):
        return notice
    Notices(desk).mark_served(notice.id, service)
    fact = facts.Served(
        notice=notice.id,
        code=notice.code,
        at=at,
        proof=proof.value,
        before=None if notice.service is None else notice.service.at,
    )
    desk.tell(fact, about=notice.about, scope=notice.scope, person=notice.person, happened_at=at)
    return msgspec.structs.replace(notice, service=service)


def consent(
    desk: Desk, person: str, way: Way, *, field: str, scope: str, confirmed: bool = False
) -> Consent:
    """Take messages this way, to the address in personal field `field`; replaces what was.

    `confirmed`: the person confirms it as an address for service (送达地址确认).
    """
    desk.may("notice.consent", scope=scope, person=person)
    now = desk.now()
    given = Consent(
        person=person, way=way, field=field, since=now, confirmed_at=now if confirmed else None
    )
    notices = Notices(desk)
    notices.withdraw(person, way, now)
    notices.give(given, scope)
    fact = facts.ConsentGiven(person=person, way=way.value, confirmed=confirmed)
    desk.tell(fact, about=person, scope=scope, person=person)
    return given


def withdraw(desk: Desk, person: str, way: Way, *, scope: str) -> None:
    """No longer take messages this way; what is under way may still come."""
    desk.may("notice.consent", scope=scope, person=person)
    if Notices(desk).withdraw(person, way, desk.now()):
        fact = facts.ConsentWithdrawn(person=person, way=way.value)
        desk.tell(fact, about=person, scope=scope, person=person)


def consents(desk: Desk, person: str) -> dict[Way, Consent]:
    """Return the ways a person takes messages now."""
    return Notices(desk).consents(person)


def attempts(desk: Desk, id: str) -> list[Attempt]:
    """Return what was tried to bring a message, oldest first."""
    return Notices(desk).attempts(id)


def deliver(desk: Desk, id: str, way: Way, nth: int) -> Attempt:
    """Try one way once; a hindrance is tried again with patience, then told as failed."""
    notice, now = _held(desk, id), desk.now()
    outcome, reference = _carried(desk, notice, way)
    attempt = Attempt(way=way, nth=nth, at=now, outcome=outcome, reference=reference)
    Notices(desk).add_attempt(notice, attempt)
    if outcome is Outcome.ARRIVED and notice.serves:
        _proved(desk, notice, Proof.ARRIVED, notice.sent_at if way is Way.INBOX else now, way)
    again = next_try(nth, now)
    if outcome is Outcome.HINDERED and again is not None:
        _try_at(desk, notice, way.value, nth=nth + 1, at=again)
    elif outcome not in (Outcome.SENT, Outcome.ARRIVED):
        why = "undelivered" if outcome is Outcome.HINDERED else outcome.value
        fact = facts.NoticeFailed(notice=id, code=notice.code, way=way.value, why=why)
        desk.tell(fact, about=notice.about, scope=notice.scope, person=notice.person)
    return attempt


def _carried(desk: Desk, notice: Notice, way: Way) -> tuple[Outcome, str]:
    if way is Way.INBOX:
        return Outcome.ARRIVED, ""
    agreed = Notices(desk).consents(notice.person).get(way)
    channel = channels(desk).get(way)
    if agreed is None or channel is None:
        return (Outcome.NO_CONSENT if agreed is None else Outcome.NO_CHANNEL), ""
    address = _address(desk, notice, agreed.field)
    return (Outcome.NO_ADDRESS, "") if address is None else _sent(notice, channel, way, address)


def _sent(notice: Notice, channel: Channel, way: Way, address: str) -> tuple[Outcome, str]:
    text = "\n\n".join(notice.words[tongue] for tongue in sorted(notice.words, reverse=True))
    subject = text.partition("\n")[0][:60]
    letter = Letter(id=f"{notice.id}-{way.value}", way=way, to=address, subject=subject, text=text)
    try:
        receipt = channel.send(letter)
    except Hindrance as trouble:
        return Outcome.HINDERED, str(trouble)[:200]
    return (Outcome.ARRIVED if receipt.arrived else Outcome.SENT), receipt.reference


def channels(desk: Desk) -> Mapping[Way, Channel]:
    """Return the ways out of this house."""
    try:
        found: Mapping[Way, Channel] = desk.pinned.function(CHANNELS)()
    except NotFound:
        return {}
    return found


def _address(desk: Desk, notice: Notice, field: str) -> str | None:
    found = read_personal(
        desk, notice.person, [field], PURPOSE, notice.about, scope=notice.scope
    ).get(field)
    return None if found is None or found.is_masked else found.text


def _try_at(desk: Desk, notice: Notice, way: str, *, nth: int, at: datetime) -> None:
    body = {"nth": nth}
    remind(desk, DUE, f"{notice.id}/{way}", at=at, scope=notice.scope, body=body)


def _held(desk: Desk, id: str) -> Notice:
    notice = Notices(desk).notice(id, hold=True)
    if notice is None:
        raise NoSuchNotice(id)
    return notice
