"""Papers, pure: their shape, their machine form, and whether they hold.

The machine form is the paper; the PDF is a print of it. Bodies seal the canonical bytes of the
form; hands sign the digest of the data they were shown. Both are part of what is verified.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from zhouqiao.base import Id, Invalid, decode, digest, encode, to_plain
from zhouqiao.platform.document.declare import HandSignature, Paper, Quote
from zhouqiao.platform.document.errors import BrokenLink, SignatureFault
from zhouqiao.platform.document.form import FormSpec, form_of, is_drawing, printable
from zhouqiao.platform.document.seal.algorithms import holds
from zhouqiao.platform.document.seal.keys import PublicKey, Seal

FORMAT = "zhouqiao.paper/1"


class PaperId(Id):
    """Names an issued paper; unguessable enough to stand in a public address."""

    prefix = "paper"
    __slots__ = ()


class PaperShape(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A declared paper made plain and frozen: what is kept, by hash, for ever.

    `sources` are its templates by file name, ours included; `words` its words by language; so a
    print made in ten years reads as the print made today.
    """

    pack: str
    name: str
    version: int
    form: FormSpec
    number: str
    signers: tuple[str, ...]
    covers: tuple[str, ...]
    must_quote: tuple[Quote, ...]
    shows: tuple[str, ...]
    copies: tuple[str, ...]
    keep_years: int
    template: str
    sources: dict[str, str]
    words: dict[str, dict[str, str]]

    @property
    def kind(self) -> str:
        """`<pack>.<name>`, by which other papers quote it."""
        return f"{self.pack}.{self.name}"

    @cached_property
    def mark(self) -> str:
        """SHA-256 of the shape, in hex."""
        return digest(self)

    @property
    def signed_for(self) -> tuple[str, ...]:
        """The fields that hands sign for: those declared, or all."""
        return self.covers or tuple(f.name for f in self.form.fields)

    def covered(self, data: Mapping[str, Any]) -> str:
        """Return the digest that hands sign: of the fields they sign for."""
        return digest({name: data[name] for name in self.signed_for if name in data})

    def series(self, body: str) -> str:
        """Return what a run of numbers without gaps is counted by (and the year)."""
        return self.number.replace("{body}", body)


def shape_of(
    paper: Paper, *, pack: str, sources: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> PaperShape:
    """Freeze a declaration. Raises `TypeError`, for the pack's author, with all that is wrong."""
    faults = [*paper.faults()]
    if paper.template not in sources:
        faults.append(f"{paper.name}: no template {paper.template!r} beside the pack")
    if any("@preview" in text or "@local" in text for text in sources.values()):
        faults.append(f"{paper.name}: a template may import only files beside it")
    if faults:
        raise TypeError("\n".join(faults))
    return PaperShape(
        pack=pack,
        name=paper.name,
        version=paper.version,
        form=form_of(paper.says),
        number=paper.number,
        signers=paper.signers,
        covers=paper.covers,
        must_quote=paper.must_quote,
        shows=paper.shows,
        copies=paper.copies,
        keep_years=paper.keep_years,
        template=paper.template,
        sources=dict(sources),
        words={tongue: dict(said) for tongue, said in words.items()},
    )


class Quoted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An earlier paper as it was when quoted; its digest binds its contents."""

    id: str
    number: str
    paper: str
    digest: str


class MachineForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The paper itself. `holder` (`<cell>/<body>`) issued it; `shape` is the mark of its shape."""

    format: str = FORMAT
    id: str
    number: str
    paper: str
    shape: str
    cell: str
    scope: str
    holder: str
    issued_at: datetime
    data: dict[str, Any]
    quotes: tuple[Quoted, ...]
    hands: tuple[HandSignature, ...]
    demo: bool

    @cached_property
    def raw(self) -> bytes:
        """The canonical bytes."""
        return encode(self)

    @cached_property
    def mark(self) -> str:
        """SHA-256 of the canonical bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()


def seal_message(raw: bytes) -> bytes:
    """Return what a body's key signs: the canonical bytes, said to be a paper."""
    return b"zhouqiao paper 1\n" + raw


def signed_words(hand: HandSignature) -> bytes:
    """Return what a device key marks: all of the hand but the mark itself, its keys sorted."""
    return b"zhouqiao hand 1\n" + encode(to_plain(msgspec.structs.replace(hand, mark=b"")))


class MachineFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is handed out beside the PDF: form, seals, and the keys to look up (not to trust)."""

    form: MachineForm
    seals: tuple[Seal, ...]
    keys: tuple[PublicKey, ...]


def read_machine_file(raw: bytes) -> MachineFile:
    """Read a machine file. Raises `Invalid` unless its bytes are exactly the canonical ones."""
    file = decode(raw, MachineFile)
    if encode(file) != raw:
        raise Invalid("file", "not_canonical")
    return file


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of a paper: no content, nothing personal, for anybody to see."""

    id: str
    number: str
    paper: str
    shape: str
    digest: str
    issued_at: datetime
    revoked_at: datetime | None = None
    revoked_why: str | None = None
    quotes: tuple[Quoted, ...] = ()

    def quoted(self) -> Quoted:
        """Return it as a later paper quotes it."""
        return Quoted(id=self.id, number=self.number, paper=self.paper, digest=self.digest)


class SeenBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who may see a row: who reaches `scope` (`<body>/<division>`), that person, that unit."""

    scope: str
    person: str | None = None
    unit: str | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper is to say: `body` is the short name in its number, `quotes` ids or numbers."""

    data: Mapping[str, Any]
    body: str
    hands: tuple[HandSignature, ...] = ()
    quotes: tuple[str, ...] = ()
    demo: bool = False


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper just issued."""

    id: PaperId
    number: str
    digest: str
    issued_at: datetime


def check_quotes(shape: PaperShape, named: Sequence[str], found: Iterable[Standing]) -> None:
    """Raise `BrokenLink` unless each named paper stands and each demanded kind is there.

    `named` are ids or numbers; `found` what the register knows of them.
    """
    by_name = {name: kept for kept in found for name in (kept.id, kept.number)}
    wanted = {quote.paper for quote in shape.must_quote}
    for name in named:
        why = _link_fault(by_name.get(name), wanted)
        if why:
            raise BrokenLink(shape.kind, name, why)
    if len({by_name[name].id for name in named}) < len(named):
        raise BrokenLink(shape.kind, named[-1], "doubled")
    kinds = [by_name[name].paper for name in named]
    for quote in shape.must_quote:
        if kinds.count(quote.paper) < quote.least:
            raise BrokenLink(shape.kind, quote.paper, "missing")


def _link_fault(kept: Standing | None, wanted: set[str]) -> str | None:
    if kept is None:
        return "unknown"
    if kept.revoked_at is not None:
        return "revoked"
    return None if kept.paper in wanted else "wrong_kind"


def check_hands(
    shape: PaperShape,
    data: Mapping[str, Any],
    hands: Sequence[HandSignature],
    keys: Mapping[str, PublicKey],
) -> None:
    """Raise `SignatureFault` unless exactly the declared roles signed exactly this data."""
    _check_roles(shape, [hand.role for hand in hands])
    if len({hand.person for hand in hands}) < len(hands):
        raise SignatureFault(hands[-1].role, "same_person")
    covered = shape.covered(data)
    for hand in hands:
        why = _writing_fault(hand, covered) or hand_fault(hand, keys)
        if why:
            raise SignatureFault(hand.role, why)


def _check_roles(shape: PaperShape, roles: Sequence[str]) -> None:
    for role in roles:
        if role not in shape.signers:
            raise SignatureFault(role, "foreign_role")
        if roles.count(role) > 1:
            raise SignatureFault(role, "doubled")
    for role in shape.signers:
        if role not in roles:
            raise SignatureFault(role, "missing", pack=shape.pack)


def _writing_fault(hand: HandSignature, covered: str) -> str | None:
    if not is_drawing(hand.strokes) or not (0 < hand.width < 10_000 and 0 < hand.height < 10_000):
        return "not_a_drawing"
    if not printable(hand.name + hand.person) or not _is_moment(hand.signed_at):
        return "unreadable"
    return None if hand.covers == covered else "covers_other"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def hand_fault(hand: HandSignature, keys: Mapping[str, PublicKey]) -> str | None:
    """Return why the device's mark does not hold, or None; an unmarked hand is not faulty."""
    if hand.key is None:
        return None
    key = keys.get(hand.key)
    if key is None:
        return "unknown_key"
    if key.holder != hand.person:
        return "foreign_key"
    return None if holds(key.profile, key.public, signed_words(hand), hand.mark) else "bad_mark"
