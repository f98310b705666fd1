"""Verification for anybody: by id, by number, by the bytes of a file. Reads only."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from zhouqiao.base import Invalid
from zhouqiao.platform.document.errors import NoSuchPaper
from zhouqiao.platform.document.model import MachineForm, Standing, read_machine_file
from zhouqiao.platform.document.proof.examine import (
    Reason,
    Verification,
    altered_print,
    compare,
    examine,
    facts_of,
    follow,
    foreign_keys,
    lacking,
    revocation,
    unreadable,
    verdict,
)
from zhouqiao.platform.document.repository import Papers
from zhouqiao.platform.document.seal.keys import Seal
from zhouqiao.platform.document.seal.repository import Keys
from zhouqiao.store import Desk

_NAMED_IN_PDF = re.compile(rb"paper_[0-9a-z]{8,58}")
_CHAIN = 50  # papers followed back; a chain has three in law


def verify(desk: Desk, name: str) -> Verification:
    """Verify a paper of this cell by id or number. Raises `NoSuchPaper`."""
    papers = Papers(desk)
    kept = next(iter(papers.standing([name])), None)
    if kept is None:
        raise NoSuchPaper(name)
    form = papers.form(kept.id)
    if form is None:
        return _told(papers, kept, revocation(kept), {})
    seals = papers.seals(kept.id)
    return _told(papers, kept, _examined(desk, form, seals, kept), _shown(papers, form))


def verify_file(desk: Desk, raw: bytes) -> Verification:
    """Verify the bytes of a PDF or of a machine file; one changed byte makes it not genuine."""
    papers = Papers(desk)
    if raw.startswith(b"%PDF-"):
        printed = papers.printed(hashlib.sha256(raw).hexdigest())
        return verify(desk, printed) if printed else _altered(papers, raw)
    try:
        file = read_machine_file(raw)
    except Invalid as fault:
        return unreadable(fault.why)
    kept = next(iter(papers.standing([file.form.id])), None)
    known = Keys(desk).named(seal.key for seal in file.seals)
    why = [*_examined(desk, file.form, file.seals, kept), *foreign_keys(file, known)]
    if kept is None:
        return verdict(why, **facts_of(file.form))
    return _told(papers, kept, why, _shown(papers, file.form))


def _examined(
    desk: Desk, form: MachineForm, seals: Sequence[Seal], kept: Standing | None
) -> list[Reason]:
    named = [seal.key for seal in seals] + [hand.key for hand in form.hands if hand.key]
    why = examine(form, seals, Keys(desk).named(named))
    return [*compare(form, kept), *why, *lacking(seals)]


def _told(
    papers: Papers, kept: Standing, why: Sequence[Reason], shown: dict[str, Any]
) -> Verification:
    chain, links = _chain(papers, kept)
    known: dict[str, Any] = {
        "id": kept.id,
        "number": kept.number,
        "paper": kept.paper,
        "issued_at": kept.issued_at,
        "digest": kept.digest,
    }
    whole = verdict([*why, *links], chain=chain, **known)
    return msgspec.structs.replace(whole, shown=shown if whole.genuine else {})


def _chain(papers: Papers, first: Standing) -> tuple[tuple[Standing, ...], list[Reason]]:
    """Return the papers a paper stands on, nearest first, and what is wrong with the links."""
    met: dict[str, Standing] = {}
    wrong: list[Reason] = []
    level = [first]
    while level and len(met) < _CHAIN:
        quotes = [quote for kept in level for quote in kept.quotes if quote.id not in met]
        found = {kept.id: kept for kept in papers.standing([quote.id for quote in quotes])}
        wrong += follow(quotes, found)
        met |= found
        level = list(found.values())
    return tuple(met.values()), wrong


def _shown(papers: Papers, form: MachineForm) -> dict[str, Any]:
    shape = papers.shape(form.shape)
    names = () if shape is None else shape.shows
    return {name: form.data[name] for name in names if name in form.data}


def _altered(papers: Papers, raw: bytes) -> Verification:
    named = _NAMED_IN_PDF.search(raw)
    known = papers.standing([named.group().decode()]) if named else []
    return altered_print(known[0].number if known else None)
