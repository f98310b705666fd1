"""Mistakes a pack's author makes: each is found before anything starts, and told how to mend."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import pytest

from packs import lamps, penalty, safety_call
from packs.lamps import L, Mended, R, Report, S
from packs.penalty.records import Note
from zhouqiao.flow.case.declare import Taking
from zhouqiao.flow.outcome.declare import Granting
from zhouqiao.sdk import (
    Bounds,
    Clock,
    Daily,
    Dated,
    Delivered,
    Extend,
    Guard,
    Held,
    Mass,
    Matter,
    Money,
    Pack,
    PackUnsound,
    Paper,
    Procedure,
    Promise,
    Quote,
    Remedy,
    Span,
    Statute,
    Step,
    Tell,
    Way,
    both,
    check,
    record,
    rule,
    two,
)

PACK = lamps.pack
LAMP, LATE = PACK.procedures
SOON = Promise(hours=1)
Mistake = Callable[[], Pack]
KNOWN: list[tuple[str, Mistake, str]] = []


def a(what: str, sentence: str) -> Callable[[Mistake], Mistake]:
    """Keep a mistake beside the sentence that must be told about it."""

    def keep(mistake: Mistake) -> Mistake:
        KNOWN.append((what, mistake, sentence))
        return mistake

    return keep


def one_with(procedure: Procedure[Any, Any] = LAMP, **change: Any) -> Pack:
    """Return the sound pack with a procedure changed."""
    new = replace(procedure, **change)
    return replace(PACK, procedures=tuple(new if p is procedure else p for p in PACK.procedures))


def with_step(step: Step[Any, Any], *, instead: int | None = None) -> Pack:
    """Return the sound pack with a step added, or put in another's place."""
    steps = list(LAMP.steps)
    steps[len(steps) if instead is None else instead : None if instead is None else instead + 1] = [
        step
    ]
    return one_with(steps=tuple(steps))


def with_part(old: object, **change: Any) -> Pack:
    """Return the sound pack with a part changed."""
    parts = [replace(p, **change) if p is old else p for p in PACK.parts]  # type: ignore[type-var]
    return replace(PACK, parts=tuple(parts))


def test_the_pack_that_is_spoilt_below_is_sound() -> None:
    assert check(PACK) == []


# --- states and steps ------------------------------------------------------------------------


@a("a state nothing leads to", "nothing leads to 'paid'; add a step or drop the state")
def _() -> Pack:
    return one_with(steps=(*LAMP.steps[:2], Step(S.MENDED, S.OUT, by=R.HEAD, within=SOON)))


@a(
    "a state one lies in for ever",
    "a case can lie in 'mended' for ever; give one of its steps a `w",
)
def _() -> Pack:
    return with_step(Step(S.MENDED, S.PAID, by=R.HEAD), instead=2)


@a("lying for ever under a clock that stands still", "a case can lie in 'mended' for ever")
def _() -> Pack:
    clock = Clock(name="all", since=S.MENDED, until=(S.PAID,), within=SOON, pauses=(S.MENDED,))
    return one_with(steps=(*LAMP.steps[:2], Step(S.MENDED, S.PAID, by=R.HEAD)), clocks=(clock,))


@a("going round without an end", "no way leads from 'mended' to an end; add one")
def _() -> Pack:
    back = Step(S.MENDED, S.SENT, by=R.HEAD, within=SOON)
    return one_with(steps=(*LAMP.steps[:2], back, Step(S.OUT, S.PAID, by=R.CITIZEN)))


@a("a state of another procedure", "'late' is no state of S; use its own")
def _() -> Pack:
    return with_step(Step(S.MENDED, L.LATE, by=R.HEAD, within=SOON))


@a("a step that stands twice", "the step 'mended_to_paid' stands 2 times; one step, one row")
def _() -> Pack:
    return with_step(LAMP.steps[2])


@a("a step that leads nowhere", "step 'sent_to_sent' leads nowhere")
def _() -> Pack:
    return with_step(Step(S.SENT, S.SENT, by=R.SQUAD))


@a("a lapse without a time", "lapses but has no `within`; say after how long")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT, lapses=True))


@a("a step that is nobody's", "step 'mended_to_out' is nobody's; give it a role")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT))


@a("signing nothing", "is signed on one device but shows nothing; say what is signed")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT, by=both(R.HEAD, R.CITIZEN, one_device=True)))


@a("asking for another than nobody", "nobody has come through 'paid' before it; mend `other_than`")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], other_than=(S.PAID,)), instead=2)


@a("two persons of whom there is one", "asks for 2 of 'citizen', who is one person; ask for one")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT, by=two(R.CITIZEN)))


@a("one role named twice", "names 'head' 2 times; write two('head') for two persons")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT, by=both(R.HEAD, R.HEAD)))


@a("a certificate asked of a citizen", "asks 'citizen' for a certificate; only who holds a post")
def _() -> Pack:
    return with_step(Step(S.MENDED, S.OUT, by=two(R.CITIZEN, certificate="law_enforcement")))


@a("being another than oneself", "asks 'citizen' to be another than itself; mend `other_than`")
def _() -> Pack:
    first = Step(S.MENDED, S.OUT, by=R.CITIZEN)
    steps = (*LAMP.steps, first, Step(S.OUT, S.PAID, by=R.CITIZEN, other_than=(S.OUT,)))
    return one_with(steps=steps)


@a("a procedure without steps", "lamp has no step; a case must be able to end")
def _() -> Pack:
    return one_with(steps=())


@a("reopening into an end", "a case reopened into 'paid' is over at once; name another")
def _() -> Pack:
    return one_with(reopens=S.PAID)


# --- time ------------------------------------------------------------------------------------


@a("an unknown statute", "name a clock of the register (`zhouqiao deadline --list`)")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], within=Statute("处罚法 §600")), instead=2)


@a("a provision that sets several times", "name a clock of the register")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], within=Statute("处罚法 §64")), instead=2)


@a(
    "a pause no rule allows",
    "stands still in 'hearing', which no rule allows; name the rule in its",
)
def _() -> Pack:
    case = penalty.case
    bare = replace(case.clocks[0], within=Statute("处罚法 §60"))
    return replace(penalty.pack, procedures=(replace(case, clocks=(bare,)),))


@a(
    "a clock that never stops",
    "clock 'all' can never stop; name in `until` a state that comes after",
)
def _() -> Pack:
    return one_with(clocks=(Clock(name="all", since=S.MENDED, until=(S.OUT,), within=SOON),))


@a("a clock called like a step", "the clock 'out_to_sent' is not the only one so called; name each")
def _() -> Pack:
    return one_with(clocks=(Clock(name="out_to_sent", since=S.OUT, until=(S.PAID,), within=SOON),))


@a("a clock that goes on after it moved the case", "moves the case to 'mended' and runs on; add")
def _() -> Pack:
    clock = Clock(name="all", since=S.SENT, until=(S.PAID,), within=SOON, lapses=S.MENDED)
    return one_with(clocks=(clock,))


# --- who -------------------------------------------------------------------------------------


@a("a role nobody holds", "nobody holds the role 'squad'; say in `roles` how it is held")
def _() -> Pack:
    return replace(PACK, roles={role: how for role, how in PACK.roles.items() if role != R.SQUAD})


@a("a role without a part", "the role 'presider' takes no step; leave it out or give it one")
def _() -> Pack:
    return replace(PACK, roles={**PACK.roles, penalty.R.PRESIDER: Held.POST})


@a("a citizen in the platform's place", "the role 'head' is held by 'platform'; only 'platform' is")
def _() -> Pack:
    return replace(PACK, roles={**PACK.roles, R.HEAD: Held.PLATFORM})


@a("a unit that opens cases", "a unit opens no case, it is given one; name another in `opens`")
def _() -> Pack:
    return one_with(opens=R.SQUAD)


@a("a rating by the boss", "only whom the case is about rates it; hold it by PERSON")
def _() -> Pack:
    return with_part(lamps.rating, by=R.HEAD)


@a("deciding on one's own appeal", "whoever appeals may not decide on it; name another role")
def _() -> Pack:
    remedy = Remedy(by=R.HEAD, decides=R.HEAD, after=(S.PAID,), back=S.OUT, within=SOON)
    return one_with(remedy=remedy)


@a("an appeal without time", "sets no time to appeal, or none to decide; name `within`")
def _() -> Pack:
    return one_with(remedy=Remedy(by=R.CITIZEN, decides=R.HEAD, after=(S.PAID,), back=S.OUT))


@a("an appeal won that changes nothing", "brings the case back to 'paid', where it ends; name")
def _() -> Pack:
    remedy = Remedy(by=R.CITIZEN, decides=R.HEAD, after=(S.PAID,), back=S.PAID, within=SOON)
    return one_with(remedy=remedy)


@a("a remedy nobody may use", "remedy may be used 0 times; say 1 or more, or leave `times` out")
def _() -> Pack:
    remedy = Remedy(by=R.CITIZEN, decides=R.HEAD, after=(S.PAID,), back=S.OUT, times=0)
    return one_with(remedy=remedy)


# --- law, names, functions -------------------------------------------------------------------


@a("a procedure without a matter", "no matter 'lights' is declared; nothing is done without one")
def _() -> Pack:
    return one_with(matter="lights")


@a("a matter without a law", "matter 'lamp' rests on no law; name its basis")
def _() -> Pack:
    return replace(PACK, matters=(Matter(name="lamp", basis=()),))


@a("a matter with an unknown clock", "matter 'lamp': rule.clock_unknown(")
def _() -> Pack:
    return replace(PACK, matters=(Matter(name="lamp", basis=("样例 §1",), clocks=("soon",)),))


@a("a name that is no name", "'Street Lamps' is not a plain lower-case name; write it like")
def _() -> Pack:
    return replace(PACK, name="Street Lamps")


@a("two procedures of one name", "procedure 'lamp' is declared 2 times; give each its own name")
def _() -> Pack:
    return one_with(LATE, name="lamp")


def bare(it: Mended) -> Mass:
    return it.scrap


@rule("scrap_of", 1)
def twin(it: Mended) -> Mass:
    return it.scrap


@a("a function without a version", "'bare' has no name and version; write @rule(name, version) ab")
def _() -> Pack:
    return with_part(lamps.total, value=bare)


@a("a function changed in place", "two functions are called 'lamps.scrap_of@1'; raise the version")
def _() -> Pack:
    return replace(PACK, parts=(*PACK.parts, replace(lamps.total, name="again", value=twin)))


@rule("headline", 2)
def about_mending(it: Mended) -> str:
    return it.part


@a("a headline over another record", "its headline must read Report, with which it begins; annot")
def _() -> Pack:
    return one_with(headline=about_mending)


# --- records ---------------------------------------------------------------------------------


@record
class Unseen:
    """No step shows it."""

    scrap: Mass


@rule("of_unseen", 1)
def of_unseen(it: Unseen) -> Mass:
    return it.scrap


@a("a record no step shows", "Total reads Unseen, which no step of 'lamp' shows")
def _() -> Pack:
    return with_part(lamps.total, of=Unseen, value=of_unseen, per=())


@a("a record of another procedure", "Total reads Mended, which no step of 'late' shows")
def _() -> Pack:
    return with_part(lamps.total, on=LATE.taking(L.LATE, L.ANSWERED))


@a("a record of another step", "reads Mended at a moment when something else is shown; hang it on")
def _() -> Pack:
    return with_part(lamps.total, on=LAMP.taking(S.MENDED, S.PAID))


class Plain:
    """Not a record."""


@a("a class that is no record", "Plain is no record; write @record above it")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], shows=Plain), instead=2)  # type: ignore[type-var]


@record
class Vague:
    """Its field could be anything."""

    what: dict[str, int]


@record
class Bounded:
    """Its bounds are another quantity's."""

    mass: Annotated[Mass, Bounds(Money.of(1), Money.of(2))]


@a("a field no form can ask for", "Vague.what: no form can ask for dict[str, int]; mend the field")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], shows=Vague), instead=2)


@a("bounds in another unit", "Bounded.mass: bounds in yuan on a Mass; mend the field")
def _() -> Pack:
    return with_step(replace(LAMP.steps[2], shows=Bounded), instead=2)


# --- parts -----------------------------------------------------------------------------------


@a("a threshold in the wrong unit", "wait is told in minutes, its limit in kg; use minutes")
def _() -> Pack:
    return with_part(lamps.slow, above=Mass.of(3))


@a(
    "a warning that ends while it lasts",
    "wait would be over while still above; lower `clear_below`",
)
def _() -> Pack:
    return with_part(lamps.slow, clear_below=Span.of(500))


@a("a warning about no figure", "WarnAbove watches 'wait', which the pack does not publish; add it")
def _() -> Pack:
    return replace(PACK, parts=tuple(part for part in PACK.parts if part is not lamps.wait))


@a("a warning about no clock", "WarnLate waits for the clock 'whole', which 'lamp' does not have")
def _() -> Pack:
    return with_part(lamps.overdue, clock="whole")


@rule("small", 1)
def small(it: Mended) -> bool:
    return it.scrap < Mass.of(1)


@rule("worth", 1)
def worth(it: Mended, rates: lamps.Rates) -> bool:
    return rates.per_kg * it.scrap.kg >= Money.of(1)


def guarded(*more: Step[Any, Any], **change: Any) -> Pack:
    """Return the sound pack whose head pays only for small repairs (guarded as `change` says)."""
    step = replace(LAMP.steps[2], **({"only_if": Guard(small)} | change))
    return one_with(steps=(*LAMP.steps[:2], step, *more))


def refused_end(**change: Any) -> Step[Any, Any]:
    """Return a way back for what is not paid, guarded as `change` says."""
    return Step(S.MENDED, S.SENT, by=R.HEAD, **({"unless": Guard(small)} | change))


def unpaid(findings: list[str]) -> list[str]:
    """Return the findings without those of a step that has no words."""
    return [one for one in findings if "words." not in one]


def test_a_condition_with_a_way_for_either_answer_is_sound() -> None:
    by_row = Guard(worth, rates="rates")

    assert unpaid(check(guarded(refused_end()))) == []
    assert unpaid(check(guarded(refused_end(unless=by_row), only_if=by_row))) == []


@a("no way on where it does not hold", "where 'small' does not hold, no way leads on from 'mended'")
def _() -> Pack:
    return guarded()


@a("a condition asked both ways", "asks for 'small' and against it; leave one out")
def _() -> Pack:
    return guarded(refused_end(), unless=Guard(small))


@a("a step behind its own contrary", "'paid_to_out' can never be taken, as its condition is never")
def _() -> Pack:
    gone = Step(S.PAID, S.OUT, by=R.HEAD, unless=Guard(small), within=SOON)
    other = Step(S.PAID, S.SENT, by=R.HEAD, within=SOON)
    return guarded(refused_end(), gone, other)


@a("a condition on the platform's step", "is the platform's and asks for a condition; put it on")
def _() -> Pack:
    return with_step(replace(LAMP.steps[0], only_if=Guard(small)), instead=0)


@a("a condition on what nobody showed yet", "reads Mended, which need not be shown by then; mend")
def _() -> Pack:
    return with_step(Step(S.SENT, S.OUT, by=R.SQUAD, only_if=Guard(small)))


@a("a condition that wants a row", "its condition takes 2 values, not 1; mend it or `rates`")
def _() -> Pack:
    return guarded(refused_end(), only_if=Guard(worth))


@a("a condition that answers otherwise", "its condition must answer bool; annotate it so")
def _() -> Pack:
    return guarded(refused_end(), only_if=Guard(lamps.scrap_of))  # type: ignore[arg-type]


@a("a condition by no table", "no table limits.toml beside the pack; write it, with dated rows")
def _() -> Pack:
    return guarded(refused_end(), only_if=Guard(worth, rates="limits"))


@a("a condition without words", "words.zh.toml says nothing for 'guard.small'; add it")
def _() -> Pack:
    return guarded(refused_end())


@record
class Visit:
    """When the squad comes."""

    on: date
    at: datetime


@rule("visited", 1)
def visited(it: Visit) -> date:
    return it.on


@rule("at", 1)
def visited_at(it: Visit) -> datetime:
    return it.at


BEFORE = Statute("许可法 §48", "licence_hearing_notice")


def visiting(within: Any = None, *, own: Any = None, **change: Any) -> Pack:
    """Return the sound pack whose head is told of a visit, and pays `within` that day.

    `own` is the time of the step that tells of it.
    """
    tell = Step(S.MENDED, S.SENT, by=R.HEAD, shows=Visit, within=own or SOON)
    pay = Step(S.SENT, S.PAID, by=R.HEAD, within=within or Dated(SOON, visited_at))
    first = Step(S.OUT, S.MENDED, by=R.SQUAD, shows=Mended, within=SOON)
    return one_with(steps=(first, tell, replace(pay, **change)))


def dated(findings: list[str]) -> list[str]:
    """Return the findings that are about the days times run from."""
    said = ("its day", "runs from", "from a day", "ahead", "counted back")
    return [one for one in findings if any(part in one for part in said)]


def test_a_time_from_a_day_shown_before_or_back_from_it_is_sound() -> None:
    assert dated(check(visiting())) == []
    assert dated(check(visiting(Dated(BEFORE, visited), own=Dated(BEFORE, visited)))) == []


@a("a day nobody wrote down yet", "'out_to_mended': its day stands in Visit, which need not be")
def _() -> Pack:
    pack = visiting()
    (first, *rest) = pack.procedures[0].steps
    late = replace(first, within=Dated(SOON, visited_at))
    return one_with(steps=(late, *rest))


@a("hours from a day", "counts hours from a day; let its rule return a datetime")
def _() -> Pack:
    return visiting(Dated(SOON, visited))


@a("a day that is none", "its day must be a date or datetime; annotate what the rule returns so")
def _() -> Pack:
    return visiting(Dated(SOON, small))  # type: ignore[arg-type]


@a("a time over with its own day", "names the day its time runs from, and is over with it; put")
def _() -> Pack:
    return visiting(own=Dated(Promise(days=3), visited))


@a("a way back from nothing", "'sent_to_paid' is counted back from a day; say from which: Dated(")
def _() -> Pack:
    return visiting(BEFORE)


def extended(**change: Any) -> Pack:
    """Return the sound pack with an extension of the squad's time by their head, changed."""
    longer = Extend(clock="sent_to_mended", of="lamp", by=R.HEAD, length=2)
    return replace(PACK, parts=(*PACK.parts, replace(longer, **change)))


def by_law(basis: str, clock: str = "", **change: Any) -> Pack:
    """Return the sound pack in which the head's time is the law's own, and is lengthened."""
    step = replace(LAMP.steps[2], within=Statute(basis, clock))
    pack = one_with(steps=(*LAMP.steps[:2], step))
    longer = Extend(clock=step.name, of="lamp", by=R.HEAD, length=10)
    return replace(pack, parts=(*PACK.parts, replace(longer, **change)))


@a("an extension of no clock", "Extend of 'whole': 'lamp' has no such clock; name one it has")
def _() -> Pack:
    return extended(clock="whole")


@a("an extension by nothing", "lengthens nothing; give it a `length` and `times` of at least one")
def _() -> Pack:
    return extended(times=0)


@a("an extension by whom it binds", "Extend of 'sent_to_mended' by 'squad': only who holds a post")
def _() -> Pack:
    return extended(by=R.SQUAD)


@a("an extension said twice", "granted by 'head' in two ways; write one, with its `times`")
def _() -> Pack:
    pack = extended()
    return replace(pack, parts=(*pack.parts, replace(pack.parts[-1], length=1)))  # type: ignore[call-arg]


@a("an extension no law knows", "处罚法 §60 allows none; name the further `rule` that does")
def _() -> Pack:
    return by_law("处罚法 §60")


@a("more than the law's extension", "许可法 §42(1) lets it be lengthened by 10 and 1 times")
def _() -> Pack:
    return by_law("许可法 §42(1)", times=2)


@a("a longer way back", "what is counted back from a day cannot be lengthened; leave it out")
def _() -> Pack:
    return by_law("许可法 §48", "licence_hearing_notice")


def test_an_extension_a_law_or_our_own_word_allows_is_sound() -> None:
    assert check(extended()) == []
    assert check(by_law("许可法 §42(1)")) == []
    assert check(by_law("处罚法 §60", length=30, rule="样例 §1")) == []


@a("a warning that opens nothing", "opens 'later', which this pack does not declare; name a proc")
def _() -> Pack:
    return with_part(lamps.overdue, opens="later")


@a("a warning nobody takes up", "opens 'late', but nothing takes it up; add an Intake of that kind")
def _() -> Pack:
    return replace(PACK, parts=tuple(part for part in PACK.parts if part is not lamps.intake))


@a("a warning to nobody", "nobody holds the role 'presider'; say in `roles` how it is held")
def _() -> Pack:
    return with_part(lamps.overdue, tell=penalty.R.PRESIDER)


@rule("look", 2)
def report_of(body: dict[str, Any]) -> Report:
    return Report(lamp=str(body["rule"]))


@a("an intake that makes another record", "its rule must make Look, with which 'late' begins; ann")
def _() -> Pack:
    return with_part(lamps.intake, record=report_of)


@a("a dispatch by somebody's own step", "sends by 'sent_to_mended', which is not the platform's")
def _() -> Pack:
    return with_part(lamps.dispatch, by=lamps.mended)


@a("a dispatch over no known way", "Dispatch travels over 'air'; write 'sea' or 'land'")
def _() -> Pack:
    return with_part(lamps.dispatch, travel="air")


@a("a moment that never comes", "'lamp' has no step 'sent_to_moon'; name one it has")
def _() -> Pack:
    return with_part(lamps.total, on=Taking("lamp", "sent_to_moon", Mended))


@a("a part on an unknown procedure", "Posting hangs on 'nothing', which this pack does not dec")
def _() -> Pack:
    return with_part(lamps.posting, on=Taking("nothing", "sent_to_mended", Mended))


@a("two figures of one name", "2 indicators are called 'scrap'; give each its own name")
def _() -> Pack:
    return with_part(lamps.wait, name="scrap")


@a("a total in another unit", "Total 'scrap' is told in yuan, its rule makes another; make them")
def _() -> Pack:
    return with_part(lamps.total, unit_of=Money)


@a("a total by an unknown field", "Mended has no field 'metal'; mend `per`")
def _() -> Pack:
    return with_part(lamps.total, per=("metal",))


@a("a paper without its number", "slip: the number scheme '{year}' lacks {body}")
def _() -> Pack:
    return with_part(lamps.issues, paper=replaced(lamps.slip, number="{year}"))


@a("a paper without a template", "no file templates/slap.typ; write it or name another")
def _() -> Pack:
    return with_part(lamps.issues, paper=replaced(lamps.slip, template="slap.typ"))


@a("a paper that says something else", "paper 'slip' says Report, its rule makes another; let them")
def _() -> Pack:
    return with_part(lamps.issues, paper=replaced(lamps.slip, says=Report))


@a("a paper nobody there can sign", "needs the hand of 'head', who does not take sent_to_mended")
def _() -> Pack:
    return with_part(lamps.issues, paper=replaced(lamps.slip, signers=("head",)))


@a("a paper signed elsewhere", "signed by hand, but mended_to_paid does not show what it is made")
def _() -> Pack:
    paid = LAMP.taking(S.MENDED, S.PAID)
    return with_part(lamps.issues, on=paid, paper=replaced(lamps.slip, signers=("head",)))


@a("a paper quoting what is never issued", "quotes 'lamps.bill', which is never issued; mend it")
def _() -> Pack:
    quote = Quote(paper="lamps.bill")
    return with_part(lamps.issues, paper=replaced(lamps.slip, must_quote=(quote,)))


@a("a grant without its rates", "no table prices.toml beside the pack; write it, with dated rows")
def _() -> Pack:
    return with_part(lamps.grant, rates="prices")


@a(
    "an amount that wants rates nobody named",
    "its amount takes 2 values, not 1; mend it or `rates`",
)
def _() -> Pack:
    return with_part(lamps.grant, rates=None)


@rule("in_kind", 1)
def in_kind(it: Mended, rates: lamps.Rates) -> Mass:
    return it.scrap if rates.per_kg.amount else Mass.zero()


@a("a grant that is no money", "its amount must read Mended and make Money; annotate it so")
def _() -> Pack:
    return with_part(lamps.grant, amount=in_kind)


@a("a notice nobody reads", "Tell 'reward': the platform reads nothing; name a role of people")
def _() -> Pack:
    return with_part(lamps.told, whom=R.PLATFORM)


@a("a notice to nobody", "nobody holds the role 'presider'; say in `roles` how it is held")
def _() -> Pack:
    return with_part(lamps.told, whom=penalty.R.PRESIDER)


@a("a notice of a grant never made", "waits for a grant from 'gold', which the pack does not make")
def _() -> Pack:
    return with_part(lamps.told, on=Granting("lamp", "gold", "made"))


@a("a notice of a warning never given", "a warning about 'out_to_sent' that the pack never gives")
def _() -> Pack:
    return with_part(lamps.warned, on=replace(lamps.overdue, clock="out_to_sent"))


@a("a notice of a state of another procedure", "Tell: 'late' is no state of 'lamp'; use its own")
def _() -> Pack:
    return with_part(lamps.told, on=LAMP.entering(L.LATE))


@a("a notice of a step there is not", "Tell: 'lamp' has no step 'sent_to_moon'; name one it has")
def _() -> Pack:
    return with_part(lamps.told, on=Taking("lamp", "sent_to_moon", None))


@a("a notice without words", "Tell 'hello' has no words; write message.hello in words.zh.toml and")
def _() -> Pack:
    return with_part(lamps.told, words="hello")


@a("a notice whose words nothing fills", "nothing fills {yuan}; a notice has code, unit, time to t")
def _() -> Pack:
    return with_part(lamps.told, on=lamps.out)


@a("a notice that names the inbox", "Tell 'reward': the inbox is never left out; drop it from `wa")
def _() -> Pack:
    return with_part(lamps.told, ways=(Way.INBOX,))


def served(**change: Any) -> Pack:
    """Return the penalty with its decision served otherwise."""
    pack = penalty.pack
    decided = next(one for one in pack.all(Tell) if one.serves is not None)
    parts = tuple(replace(one, **change) if one is decided else one for one in pack.parts)
    return replace(pack, parts=parts)


@rule("undated", 1)
def undated(it: Delivered) -> Note:
    return Note(text=it.notice)


@a("a paper served with no proof", "say both which step it `serves` by, and what makes the `proof`")
def _() -> Pack:
    return served(proof=None)


@a("a paper served on an officer", "a paper is served on whom the case is about; name a role held")
def _() -> Pack:
    return served(whom=penalty.R.CHIEF)


@a("a paper told of too late", "serves by 'decided_to_served'; tell it on entering 'decided'")
def _() -> Pack:
    return served(on=penalty.case.entering(penalty.S.SERVED))


@a("a proof of something else", "its proof must read Delivered and make Service; annotate it so")
def _() -> Pack:
    return served(proof=undated)


@a("a service that shows nothing", "serves by 'clue_to_filed', which shows nothing; let it show")
def _() -> Pack:
    return served(serves=penalty.case.taking(penalty.S.CLUE, penalty.S.FILED))


@a("a misfit nobody hears of", "nobody holds the role 'presider'; say in `roles` how it is held")
def _() -> Pack:
    return with_part(lamps.intake, tell=penalty.R.PRESIDER)


@a("a remedy that stays what it holds anyway", "holds the whole case, so `stays` says nothing; l")
def _() -> Pack:
    return remedied(holds=True)


@a("a remedy that stays nothing there is", "remedy names 'late', into which no case comes; mend it")
def _() -> Pack:
    return remedied(stays=(penalty.S.FINAL, L.LATE))


def remedied(**change: Any) -> Pack:
    """Return the penalty with its remedy declared otherwise."""
    case = penalty.case
    assert case.remedy is not None
    own = replace(case, remedy=replace(case.remedy, **change))
    return replace(penalty.pack, procedures=(own,))


def daily(**change: Any) -> Pack:
    """Return the safety call with its daily opening declared otherwise."""
    pack = safety_call.pack
    parts = tuple(replace(p, **change) if isinstance(p, Daily) else p for p in pack.parts)
    return replace(pack, parts=parts)


@a("a daily opening of nothing", "Daily opens 'calls', which this pack does not declare; name one")
def _() -> Pack:
    return daily(opens="calls")


@a("a daily opening of itself", "Daily opens 'plan', on which it stands; open another procedure")
def _() -> Pack:
    return daily(opens="plan")


@a("a daily opening that never ends", "nothing leads out of 'ended', so it never ends; add a step")
def _() -> Pack:
    return daily(on=safety_call.plan.entering(safety_call.A.ENDED))


@a("a daily opening at no time", "Daily: '9 am' is no time of day; write it like '09:00'")
def _() -> Pack:
    return daily(at="9 am")


@a("a daily opening without seconds' worth", "Daily: '09:00:30' is no time of day; write it like")
def _() -> Pack:
    return daily(at="09:00:30")


@a("a daily opening with another record", "which begins with Note, and stands on Arrangement; let")
def _() -> Pack:
    pack = safety_call.pack
    call, plan = pack.procedures
    return replace(pack, procedures=(replace(call, begins=Note), plan))


def replaced(paper: Paper, **change: Any) -> Paper:
    given = {name: getattr(paper, name) for name in Paper.__struct_fields__}
    return Paper(**{**given, **change})


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [pytest.param(mistake, sentence, id=what) for what, mistake, sentence in KNOWN],
)
def test_a_mistake_is_found_and_told_how_to_mend(mistake: Mistake, sentence: str) -> None:
    findings = check(mistake())

    assert [one for one in findings if sentence in one], findings


def test_all_that_is_wrong_is_told_at_once() -> None:
    findings = check(one_with(matter="lights", opens=R.SQUAD, reopens=S.PAID))

    assert len(findings) == 3


def test_start_up_is_refused_with_every_finding() -> None:
    refused = PackUnsound("lamps", ["one", "two"])

    assert refused.slots() == {"pack": "lamps", "findings": ["one", "two"]}


# --- files beside the pack -------------------------------------------------------------------

NUMBERS = count(1)
OTHER = """[[row]]
id = "other"
valid_from = 2021-01-01
basis = "made up"
then = { per_kg = { yuan = "3" } }
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Pack]:
    """Return the sound pack from a home in which a file reads otherwise."""

    def at(file: str, old: str, new: str) -> Pack:
        name = f"spoilt_{next(NUMBERS)}"
        there = tmp_path / name
        shutil.copytree(Path(lamps.__file__).parent, there)
        (there / "__init__.py").write_text("")
        text = (there / file).read_text("utf-8")
        assert old in text
        (there / file).write_text(text.replace(old, new, 1), "utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        return replace(PACK, home=name)

    return at


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("words.zh.toml", "sent = ", "gone = ", "words.zh.toml says nothing for 'state.lamp.sent'"),
        ("words.en.toml", 'mended_to_paid = "Pay"', "", "nothing for 'step.lamp.mended_to_paid'"),
        ("words.en.toml", "squad = ", "crew = ", "words.en.toml says nothing for 'role.squad'"),
        ("words.zh.toml", "[part]\nbulb", "[part]\nbulbs", "says nothing for 'part.bulb'"),
        ("words.zh.toml", "[mended]\npart", "[mended]\nparts", "says nothing for 'mended.part'"),
        ("words.en.toml", "wait = ", "weight = ", "says nothing for 'indicator.wait'"),
        ("words.en.toml", "[matter]\nlamp", "[matter]\nlamps", "says nothing for 'matter.lamp'"),
        ("words.zh.toml", "{lamp}", "{lam}", "'headline.lamp' lacks the slot {lamp}"),
        ("words.zh.toml", "[offer]\nlamp", "[offer]\nlamps", "nothing for 'offer.lamp'; add it"),
        ("words.en.toml", "[offer]", '[page.lamp.ask]\ngo = "Go"\n[offer]',
         "words.zh.toml says nothing for 'page.lamp.ask.go', as the other language does"),
        ("words.en.toml", "[offer]", '[page.lamp.ask]\ngone = "Go"\n[offer]',
         "no page says 'page.lamp.ask.gone'"),
        ("words.en.toml", "[offer]", '[page.lamp.ask]\ngo = "{lamp}"\n[offer]',
         "'page.lamp.ask.go': nothing fills {lamp}; take it out"),
        ("rates.toml", "valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2019-01-01",
         "rates.toml: first: ends_before_it_begins; mend the row"),
        ("rates.toml", "[[row]]", f"{OTHER}[[row]]", "overlaps"),
        ("rates.toml", "per_kg", "per_ton", "Grant from 'lamps': rates.toml: first: then"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_beside_the_pack_is_found(
    home: Callable[[str, str, str], Pack], file: str, old: str, new: str, sentence: str
) -> None:
    findings = check(home(file, old, new))

    assert [one for one in findings if sentence in one], findings


def test_at_least_seventeen_mistakes_are_known() -> None:
    assert len({what for what, _, _ in KNOWN}) >= 17
