"""What several surfaces show of a case: its headline, bridge, timeline and state of time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

import msgspec

from zhouqiao.base import to_plain
from zhouqiao.edge.portal.format import Format
from zhouqiao.edge.portal.pages.parts import Line, Mark, Moment, Spot, Status, Step
from zhouqiao.edge.portal.show.files import addresses
from zhouqiao.edge.portal.words import Words, slots_of
from zhouqiao.edge.portal.words import words as portal_words
from zhouqiao.flow.case import Case, ShapeSpec, StepSpec
from zhouqiao.platform import access
from zhouqiao.platform.place import load_atlas
from zhouqiao.store import Desk, Envelope

DUE_SHARE = 4  # due soon: under a quarter of the time left
NAMED: Mapping[str, str] = {}


def status_of(
    due: datetime | None, kind: str | None, since: datetime, now: datetime, *, closed: bool
) -> Status:
    """Return how a case stands with its time: late is past a promise, breach past a statute."""
    if closed or due is None:
        return "ok"
    if now > due:
        return "breach" if kind == "statute" else "late"
    return "due" if (due - now) * DUE_SHARE < due - since else "ok"


def headline(
    words: Words, pack: str, procedure: str, told: str, others: Mapping[str, str] = NAMED
) -> str:
    """Return a case's one line in the reader's language: the rule names things, words say them.

    What the rule told is `<name>|<key>|<key>…`: the name fills whatever slot the sentence has (as
    `others` say it, if they do), the keys (options of a choice, or dotted) are said by the pack's
    words and fill `{kinds}`.
    """
    key = f"{pack}.headline.{procedure}"
    if key not in words:
        return told or word(words, f"{pack}.procedure.{procedure}")
    first, *kinds = told.split("|")
    said = [word(words, f"{pack}.{kind if '.' in kind else f'option.{kind}'}") for kind in kinds]
    named = dict.fromkeys(
        slots_of(words.under(f"{pack}.headline")[procedure]), others.get(first, first)
    )
    return words(key, **named | {"kinds": listed(words, pack, said)})


def listed(words: Words, pack: str, said: Iterable[str]) -> str:
    """Return several things as a pack lists them, else as the portal does."""
    key = f"{pack}.headline.joined"
    return (words(key) if key in words else portal_words(words.lang)("portal.and")).join(said)


def word(words: Words, key: str) -> str:
    """Return a pack's word; the last part of the key where it has none."""
    return words(key) if key in words else key.rpartition(".")[2]


def icon_of(words: Words, pack: str, option: str, otherwise: str = "i-scale") -> str:
    """Return what a pack lets be drawn beside an option."""
    key = f"{pack}.icon.{option}"
    return words(key) if key in words else otherwise


def bridge(words: Words, case: Case) -> tuple[Step, ...]:
    """Return the case as boats under a deck: what its pack lists under `bridge`, in order."""
    under = words.under(f"{case.pack}.bridge.{case.procedure}")
    states = list(under)
    if case.state not in states:
        return ()
    at = states.index(case.state)
    last = len(states) - 1
    return tuple(
        Step(word=said, stage="done" if n < at or at == last else "now" if n == at else "next")
        for n, said in enumerate(under.values())
    )


def moments(words: Words, say: Words, case: Case, story: Sequence[Envelope]) -> list[Moment]:
    """Return what happened in a case, oldest first, and what is still promised, next due first.

    It is told to the person the case is about: as a pack's `told` says it, else as its `took`.
    """
    found = [one for one in (_moment(words, say, case, e) for e in story) if one is not None]
    promised = sorted((one.due, one.name) for one in case.clocks if one.due and not one.lapsed)
    told = [
        Moment(
            said=word(words, f"{case.pack}.clock.{case.procedure}.{name}"), stage="next",
            at=due, by_then=True,
        )
        for due, name in promised
    ]  # fmt: skip
    told += [
        Moment(
            said=word(words, f"{case.pack}.clock.{case.procedure}.{one.name}"), stage="next",
            note=say("rule.calendar.waits_for", year=one.waits_for),
        )
        for one in case.clocks
        if one.waits_for
    ]  # fmt: skip
    if found and not case.is_closed:
        found[-1] = msgspec.structs.replace(found[-1], stage="now")
    return [*found, *told]


def _moment(words: Words, say: Words, case: Case, told: Envelope) -> Moment | None:
    body = msgspec.json.decode(told.body)
    if told.kind in ("case.CaseOpened", "case.StepTaken"):
        said = _taken(words, say, case, body.get("step", "opened"))
        files = addresses(case.id, body["record"])
        return Moment(said=said, stage="done", at=told.happened_at, files=files)
    if told.kind == "case.ClockLapsed":
        name = word(words, f"{case.pack}.clock.{case.procedure}.{body['clock']}")
        return Moment(said=name, stage="warn", at=told.recorded_at)
    if told.kind == "case.ClockExtended":
        said = longer(words, say, case, body)
        return Moment(said=said, stage="done", at=told.happened_at, note=body["reason"])
    return None


def _taken(words: Words, say: Words, case: Case, step: str) -> str:
    """Return a step as it is told to the person, else to all, else as it is called."""
    keys = [f"{case.pack}.{how}.{case.procedure}.{step}" for how in ("told", "took", "step")]
    return next((words(key) for key in keys if key in words), say("track.opened"))


def longer(words: Words, say: Words, case: Case, body: Mapping[str, Any]) -> str:
    """Return which time was lengthened, and by how much: the body of a `ClockExtended`."""
    clock = word(words, f"{case.pack}.clock.{case.procedure}.{body['clock']}")
    unit = say(f"rule.unit.{body['unit']}")
    return say("case.extended", clock=clock, length=body["length"], unit=unit)


def own_name(desk: Desk) -> str:
    """Return the acting person's own name. Raises `NotAllowed` for posts that see no names."""
    shown = access.read_personal(desk, desk.subject.person, ["name"], "own", "")
    return (shown["name"].text or "") if "name" in shown else ""


class Reader(Protocol):
    """Whose language something is shown in."""

    words: Words
    say: Words
    f: Format


def lines(words: Words, pack: str, record: dict[str, object]) -> tuple[Line, ...]:
    """Return the weighed kinds of a record, as pages list them."""
    told = to_plain(record).get("lines", [])
    return tuple(
        Line(
            kind=word(words, f"{pack}.option.{one['kind']}"),
            icon=icon_of(words, pack, one["kind"]), kg=Decimal(one["mass"]["kg"]),
            note=one.get("note", ""), by_hand=one.get("scale") == "by_hand",
        )
        for one in told
    )  # fmt: skip


def weighed(eye: Reader, pack: str, record: dict[str, Any]) -> tuple[Line, ...]:
    """Return the weighed kinds of a record, with what each is and how and when it was weighed."""
    return tuple(_line(eye, pack, one) for one in to_plain(record).get("lines", []))


def _line(eye: Reader, pack: str, one: dict[str, Any]) -> Line:
    kind = one["kind"]
    said = f"{pack}.note.{kind}"
    how = f"{pack}.scale.{one.get('scale')}"
    at = datetime.fromisoformat(one["weighed_at"]) if one.get("weighed_at") else None
    parts = ([eye.words(how)] if how in eye.words else []) + ([eye.f.clock(at)] if at else [])
    return Line(
        kind=word(eye.words, f"{pack}.option.{kind}"), icon=icon_of(eye.words, pack, kind),
        kg=Decimal(one["mass"]["kg"]), basis=eye.say("portal.comma").join(parts),
        note=one.get("note") or (eye.words(said) if said in eye.words else ""),
        by_hand=one.get("scale") == "by_hand", hazardous=f"{pack}.hazardous.{kind}" in eye.words,
    )  # fmt: skip


def mark(eye: Reader, pack: str, hand: dict[str, Any] | None) -> Mark:
    """Return a hand as pages draw it."""
    if hand is None:
        return Mark(who="", role="")
    at = hand.get("signed_at")
    return Mark(
        who=hand.get("name", ""), role=word(eye.words, f"{pack}.role.{hand['role']}"),
        at=datetime.fromisoformat(at) if at else None, key=(hand.get("key") or "")[:8],
        path=hand.get("strokes", ""), height=int(hand.get("height", 52)),
    )  # fmt: skip


def signing(shape: ShapeSpec) -> StepSpec | None:
    """Return the step the person and another sign together, if there is one."""
    return next(
        (
            step
            for step in shape.steps
            if len(step.chairs) > 1 and any(shape.roles[c.role] == "person" for c in step.chairs)
        ),
        None,
    )


def minutes_to(moment: datetime | None, now: datetime) -> int | None:
    """Return the whole minutes until a moment, at least 0."""
    if moment is None:
        return None
    return max(0, round((moment - now) / timedelta(minutes=1)))


def around(spots: Sequence[Spot], cell: str, margin: float) -> tuple[float, float, float, float]:
    """Return the box a map shows: `margin` degrees around its spots, without any the county."""
    if not spots:
        return load_atlas().bounds(cell)
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    return (min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)
