"""Commands on papers: issue, countersign, revoke, print. Nobody commits."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from zhouqiao.base import Invalid, encode
from zhouqiao.platform.document.content import Files
from zhouqiao.platform.document.declare import HandSignature
from zhouqiao.platform.document.errors import AlreadyRevoked, NoSuchPaper
from zhouqiao.platform.document.facts import PaperIssued, PaperRevoked
from zhouqiao.platform.document.form import check_form, printable
from zhouqiao.platform.document.model import (
    Draft,
    IssuedPaper,
    MachineFile,
    MachineForm,
    PaperId,
    PaperShape,
    SeenBy,
    check_hands,
    check_quotes,
    seal_message,
)
from zhouqiao.platform.document.repository import Papers
from zhouqiao.platform.document.seal.keys import Profile, PublicKey, Seal, Signer
from zhouqiao.platform.document.seal.repository import Keys
from zhouqiao.platform.document.typeset import Press, local, sheet_of
from zhouqiao.store import Desk

SIGNER = "document.signer@1"  # in `desk.pinned.functions`: returns the `Signer` of this process


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """Which copy: a part of the shape, a language, the full public address of verification."""

    part: str
    tongue: str
    address: str


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """One copy of a paper, set in type."""

    raw: bytes
    sha256: str
    name: str


def keep_shape(desk: Desk, shape: PaperShape) -> str:
    """Keep the shape of a loaded pack for ever; return its mark. For the platform itself."""
    Papers(desk).keep_shape(shape)
    return shape.mark


def issue(
    desk: Desk, shape: PaperShape, draft: Draft, seen: SeenBy, *, about: str | None = None
) -> IssuedPaper:
    """Give a paper its number and seal, and write it. `about` is the stream of its fact.

    Call it late in a command: others wait for the next number until the commit. The PDF is printed
    when first asked for. Raises `FormFaults`, `SignatureFault`, `BrokenLink`, `NoKey`.
    """
    papers = Papers(desk)
    data = check_form(shape.form, draft.data)
    check_hands(shape, data, draft.hands, _device_keys(desk, draft.hands))
    found = papers.standing(draft.quotes)
    check_quotes(shape, draft.quotes, found)
    now = desk.now()
    form = MachineForm(
        id=str(desk.ids.new(PaperId)),
        number=_next_number(desk, shape, draft.body, seen.scope, now),
        paper=shape.kind,
        shape=shape.mark,
        cell=desk.cell,
        scope=seen.scope,
        holder=f"{desk.cell}/{seen.scope.partition('/')[0]}",
        issued_at=now,
        data=data,
        quotes=tuple(sorted((kept.quoted() for kept in found), key=lambda q: q.number)),
        hands=draft.hands,
        demo=draft.demo,
    )
    papers.add(form, seen, _years_after(now, shape.keep_years))
    return _sealed_and_told(desk, form, seen, about)


def rehearse(desk: Desk, shape: PaperShape, draft: Draft) -> None:
    """Raise what `issue` would raise for the data and the hands; write nothing."""
    data = check_form(shape.form, draft.data)
    check_hands(shape, data, draft.hands, _device_keys(desk, draft.hands))


def _next_number(desk: Desk, shape: PaperShape, body: str, scope: str, now: datetime) -> str:
    year = int(local(now)["date"][:4])
    serial = Papers(desk).next_serial(scope, shape.series(body), year)
    return shape.number.format(body=body, year=year, serial=serial)


def _sealed_and_told(desk: Desk, form: MachineForm, seen: SeenBy, about: str | None) -> IssuedPaper:
    for seal in _seals(desk, form, {Profile.ED25519}):
        Papers(desk).add_seal(form, seal)
    fact = PaperIssued(
        id=form.id,
        number=form.number,
        paper=form.paper,
        shape=form.shape,
        digest=form.mark,
        quotes=tuple(quote.id for quote in form.quotes),
    )
    desk.tell(fact, about=about or form.id, scope=form.scope, person=seen.person)
    return IssuedPaper(
        id=PaperId(form.id), number=form.number, digest=form.mark, issued_at=form.issued_at
    )


def _seals(desk: Desk, form: MachineForm, profiles: set[Profile]) -> list[Seal]:
    signer: Signer = desk.pinned.function(SIGNER)()
    message = seal_message(form.raw)
    return [
        Seal(key=key.id, profile=key.profile, signature=signer.sign(key.id, message))
        for key in signer.keys(form.holder)
        if key.profile in profiles
    ]


def _device_keys(desk: Desk, hands: Sequence[HandSignature]) -> dict[str, PublicKey]:
    return Keys(desk).named(hand.key for hand in hands if hand.key is not None)


def _years_after(now: datetime, years: int) -> date:
    day = date.fromisoformat(local(now)["date"])
    month_end = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return month_end.replace(year=day.year + years)


def countersign(desk: Desk, id: str) -> None:
    """Add the seals that are too slow for the moment of issue (SM2 takes 2.4 ms). Twice is once."""
    papers = Papers(desk)
    form = papers.form(id)
    if form is None:
        raise NoSuchPaper(id)
    done = {seal.profile for seal in papers.seals(id)}
    for seal in _seals(desk, form, set(Profile) - done):
        papers.add_seal(form, seal)


def revoke(desk: Desk, id: str, *, why: str) -> None:
    """Say that a paper no longer counts. Raises `NoSuchPaper`, `AlreadyRevoked`, `NotAllowed`."""
    papers = Papers(desk)
    found = papers.lock_standing(id)
    if found is None:
        raise NoSuchPaper(id)
    kept, scope = found
    desk.may("document.revoke", scope=scope)
    if kept.revoked_at is not None:
        raise AlreadyRevoked(kept.number, kept.revoked_at.isoformat())
    if not why.strip() or len(why) > 500 or not printable(why):
        raise Invalid("why", "missing" if not why.strip() else "too_long", limit=500)
    papers.revoke(id, desk.now(), why)
    fact = PaperRevoked(id=id, number=kept.number, paper=kept.paper, why=why)
    desk.tell(fact, about=id, scope=scope)


def machine_file(desk: Desk, id: str) -> bytes:
    """Return the machine form with its seals, canonical, to be kept and verified anywhere."""
    papers = Papers(desk)
    form = papers.form(id)
    if form is None:
        raise NoSuchPaper(id)
    seals = papers.seals(id)
    keys = Keys(desk).named(seal.key for seal in seals)
    return encode(MachineFile(form=form, seals=seals, keys=tuple(keys[k] for k in sorted(keys))))


def print_paper(desk: Desk, press: Press, files: Files, id: str, copy: Copy) -> Printed:
    """Return one copy as PDF/A-2b: printed once, then read from the store by its hash.

    Raises `NoSuchPaper`, `Invalid`.
    """
    papers = Papers(desk)
    form = papers.form(id)
    if form is None:
        raise NoSuchPaper(id)
    key = {"paper": id, "press": press.name, **msgspec.structs.asdict(copy)}
    known = papers.print_of(key)
    if known is None or not files.has(known):
        known = files.put(_set_in_type(papers, press, form, copy))
        papers.add_print(known, form.scope, key)
    name = f"{form.number}-{copy.part}-{copy.tongue}.pdf"
    return Printed(raw=files.read(known), sha256=known, name=name)


def _set_in_type(papers: Papers, press: Press, form: MachineForm, copy: Copy) -> bytes:
    shape = papers.shape(form.shape)
    if shape is None:
        raise NoSuchPaper(form.id)
    if copy.part not in shape.copies:
        raise Invalid("part", "not_a_choice", options=list(shape.copies))
    if copy.tongue not in shape.words:
        raise Invalid("tongue", "not_a_choice", options=list(shape.words))
    sheet = sheet_of(shape, form, part=copy.part, tongue=copy.tongue, address=copy.address)
    return press.print(shape.sources, shape.template, sheet, form.issued_at)
