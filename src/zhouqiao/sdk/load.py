"""From a pack's declarations to what runs: shapes by hash, functions by name and version."""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from zhouqiao.base import digest, encode
from zhouqiao.flow.case import (
    APPEAL,
    AheadSpec,
    ChairSpec,
    ClockSpec,
    DaySpec,
    GuardSpec,
    RemedySpec,
    ShapeSpec,
    StepSpec,
)
from zhouqiao.flow.case.declare import (
    Clock,
    Dated,
    Extend,
    Guard,
    Part,
    Procedure,
    Remedy,
    Step,
    Time,
    bare,
    key_of,
)
from zhouqiao.flow.outcome.declare import Grant, Issues
from zhouqiao.flow.report.declare import Tell
from zhouqiao.platform.document import PaperShape
from zhouqiao.platform.document import shape_of as freeze
from zhouqiao.platform.document.form import FormSpec, form_of
from zhouqiao.platform.document.typeset import house_sources
from zhouqiao.platform.rule import Extension, clock_of
from zhouqiao.platform.rule import load as load_table
from zhouqiao.sdk.pack import Pack
from zhouqiao.sdk.words import LANGS, pack_words


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A pack ready to run: `shapes` by `<pack>.<procedure>`, `functions` as `Pinned` wants them."""

    pack: Pack
    shapes: Mapping[str, ShapeSpec]
    papers: Mapping[str, PaperShape]
    functions: Mapping[str, Callable[..., Any]]

    @property
    def current(self) -> Mapping[str, str]:
        """Return the content hash of each shape, by `<pack>.<procedure>`."""
        return {name: digest(shape) for name, shape in self.shapes.items()}


def load(pack: Pack) -> Loaded:
    """Turn a sound pack (see `check`) into what runs."""
    shapes = {f"{pack.name}.{one.name}": shape_for(pack, one) for one in pack.procedures}
    papers = {f"{pack.name}.paper.{name}": shape for name, shape in papers_of(pack)}
    tables = {f"{pack.name}.table.{name}": table for name, table in tables_of(pack)}
    functions = dict(functions_of(pack)) | {key: _always(one) for key, one in papers.items()}
    functions |= {key: _always(one) for key, one in (tables | dict(messages_of(pack))).items()}
    return Loaded(pack=pack, shapes=shapes, papers=papers, functions=functions)


def papers_of(pack: Pack) -> Iterator[tuple[str, PaperShape]]:
    """Yield the papers a pack issues, frozen with their templates and words."""
    folder = files(pack.home).joinpath("templates")
    sources = dict(house_sources())
    sources |= (
        {one.name: one.read_text("utf-8") for one in folder.iterdir()} if folder.is_dir() else {}
    )
    words = {lang: pack_words(pack.home, lang) for lang in LANGS}
    for paper in {part.paper.name: part.paper for part in pack.ever(Issues)}.values():
        yield paper.name, freeze(paper, pack=pack.name, sources=sources, words=words)


def tables_of(pack: Pack) -> Iterator[tuple[str, object]]:
    """Yield the dated tables the rules of a pack count with, read and checked."""
    grants = ((part.rates, part.amount) for part in pack.ever(Grant))
    guards = ((guard.rates, guard.holds) for guard in guards_of(pack))
    for rates, function in dict.fromkeys((*grants, *guards)):
        if rates is not None:
            yield rates, table_of(pack, rates, function)


def guards_of(pack: Pack) -> Iterator[Guard]:
    """Yield the conditions on the steps of a pack, those kept for former versions too."""
    yield from (one for one in pack.former if isinstance(one, Guard))
    for procedure in pack.procedures:
        for step in procedure.steps:
            yield from step.guards


def dated_of(procedure: Procedure[Any, Any]) -> Iterator[Dated]:
    """Yield the times of a procedure that are counted from a day in a record."""
    remedy = () if procedure.remedy is None else (procedure.remedy,)
    for one in (*procedure.steps, *procedure.clocks, *remedy):
        if isinstance(one.within, Dated):
            yield one.within


def table_of(pack: Pack, rates: str, function: Callable[..., Any]) -> object:
    """Return a dated table beside a pack, whose rows a function takes second."""
    text = files(pack.home).joinpath(f"{rates}.toml").read_text("utf-8")
    return load_table(text, NoInputs, _parameter(function, 1)).spec


def messages_of(pack: Pack) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a pack tells people, by language, under the name cases cite it by."""
    for name in sorted({part.words for part in pack.ever(Tell)}):
        key = f"message.{name}"
        yield f"{pack.name}.{key}", {lang: pack_words(pack.home, lang)[key] for lang in LANGS}


class NoInputs(msgspec.Struct, frozen=True):
    """What a table of rates is asked by: the day alone."""


def _parameter(function: Callable[..., Any], nth: int) -> type[msgspec.Struct]:
    hints = typing.get_type_hints(function)
    kind: type[msgspec.Struct] = hints[list(inspect.signature(function).parameters)[nth]]
    return kind


def _always(value: object) -> Callable[[], object]:
    return lambda: value


def shape_for(pack: Pack, procedure: Procedure[Any, Any]) -> ShapeSpec:
    """Return a procedure and all that hangs on it as plain values."""
    return ShapeSpec(
        pack=pack.name,
        procedure=procedure.name,
        matter=procedure.matter,
        states=tuple(state.value for state in procedure.states),
        initial=procedure.initial.value,
        finals=tuple(state.value for state in procedure.finals),
        opens=procedure.opens.value,
        begins=_form_name(procedure.begins),
        forms={form.name: form for form in _forms(procedure)},
        steps=tuple(_step(pack, step) for step in procedure.steps),
        clocks=tuple(
            _bent(pack, procedure, clock)
            for clock in (
                *_step_clocks(pack, procedure.steps),
                *(_clock(pack, one) for one in procedure.clocks),
                *_appeal_clock(procedure.remedy),
            )
        ),
        remedy=None if procedure.remedy is None else _remedy(pack, procedure.remedy),
        reopens=None if procedure.reopens is None else procedure.reopens.value,
        sections=_sections(pack, procedure.name),
        roles={role.value: held.value for role, held in pack.roles.items()},
        headline=key_of(procedure.headline, pack.name) if procedure.headline else None,
        cites=tuple(sorted(set(_cites(pack, procedure)))),
    )


def functions_of(pack: Pack) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every function a pack cites, under the name cases cite it by."""
    for procedure in pack.procedures:
        if procedure.headline is not None:
            yield key_of(procedure.headline, pack.name), procedure.headline
    for guard in guards_of(pack):
        yield guard.key(pack.name), guard.holds
    for time in (one for procedure in pack.procedures for one in dated_of(procedure)):
        yield key_of(time.day, pack.name), time.day
    for one in (*pack.former, *pack.parts):
        if isinstance(one, Guard):
            continue
        for function in one.functions() if isinstance(one, Part) else (one,):
            yield key_of(function, pack.name), function


def _cites(pack: Pack, procedure: Procedure[Any, Any]) -> Iterator[str]:
    """Yield the names under which cases of a procedure call upon functions, tables and papers."""
    if procedure.headline is not None:
        yield key_of(procedure.headline, pack.name)
    yield from (key_of(time.day, pack.name) for time in dated_of(procedure))
    for guard in (one for step in procedure.steps for one in step.guards):
        yield guard.key(pack.name)
        if guard.rates is not None:
            yield f"{pack.name}.table.{guard.rates}"
    for part in pack.of(procedure.name):
        yield from (key_of(function, pack.name) for function in part.functions())
        if isinstance(part, Issues):
            yield f"{pack.name}.paper.{part.paper.name}"
        if isinstance(part, Grant) and part.rates is not None:
            yield f"{pack.name}.table.{part.rates}"
        if isinstance(part, Tell):
            yield f"{pack.name}.message.{part.words}"


def _sections(pack: Pack, procedure: str) -> dict[str, msgspec.Raw]:
    stages: dict[str, list[Part]] = {}
    for part in pack.of(procedure):
        stages.setdefault(part.stage, []).append(part)
    return {
        stage: msgspec.Raw(encode([part.spec(pack.name) for part in parts]))
        for stage, parts in stages.items()
    }


def _forms(procedure: Procedure[Any, Any]) -> Iterator[FormSpec]:
    yield form_of(procedure.begins)
    for step in procedure.steps:
        if step.shows is not None:
            yield form_of(step.shows)


def _form_name(record: type) -> str:
    return form_of(record).name


def _step(pack: Pack, step: Step[StrEnum, StrEnum]) -> StepSpec:
    party = step.party
    return StepSpec(
        name=step.name,
        start=step.start.value,
        end=step.end.value,
        chairs=tuple(
            ChairSpec(role=chair.role.value, count=chair.count, certificate=chair.certificate)
            for chair in party.chairs
        ),
        one_device=party.one_device,
        form=None if step.shows is None else _form_name(step.shows),
        other_than=tuple(state.value for state in step.other_than),
        only_if=_guard(pack, step.only_if),
        unless=_guard(pack, step.unless),
        ahead=_ahead(pack, step.ahead),
    )


def _ahead(pack: Pack, time: Dated | None) -> AheadSpec | UnsetType:
    day = UNSET if time is None else _day(pack, time)
    if time is None or not isinstance(day, DaySpec):
        return UNSET
    return AheadSpec(term=clock_of(time.within), day=day)


def _day(pack: Pack, time: Time | None) -> DaySpec | UnsetType:
    if not isinstance(time, Dated):
        return UNSET
    return DaySpec(rule=key_of(time.day, pack.name), of=_form_name(_parameter(time.day, 0)))


def _guard(pack: Pack, guard: Guard | None) -> GuardSpec | UnsetType:
    if guard is None:
        return UNSET
    of = _form_name(_parameter(guard.holds, 0))
    return GuardSpec(holds=guard.key(pack.name), of=of, rates=guard.rates)


def _step_clocks(pack: Pack, steps: tuple[Step[Any, Any], ...]) -> Iterator[ClockSpec]:
    for step in steps:
        if step.within is not None and step.ahead is None:
            yield ClockSpec(
                name=step.name,
                since=step.start.value,
                until=(),
                term=clock_of(bare(step.within)),
                lapses=step.end.value if step.lapses else None,
                day=_day(pack, step.within),
            )


def _clock(pack: Pack, clock: Clock[Any]) -> ClockSpec:
    return ClockSpec(
        name=clock.name,
        since=clock.since.value,
        until=tuple(state.value for state in clock.until),
        term=clock_of(bare(clock.within)),
        day=_day(pack, clock.within),
        pauses=tuple(state.value for state in clock.pauses),
        lapses=None if clock.lapses is None else clock.lapses.value,
    )


def _bent(pack: Pack, procedure: Procedure[Any, Any], clock: ClockSpec) -> ClockSpec:
    """Return a clock with the extensions the pack lets somebody grant, each by its role."""
    found = [p for p in pack.of(procedure.name) if isinstance(p, Extend) and p.clock == clock.name]
    if not found:
        return clock
    longer = (Extension(length=p.length, by=p.by.value) for p in found for _ in range(p.times))
    rules = (p.rule for p in found if p.rule)
    also = tuple(dict.fromkeys((*clock.term.also, *rules)))
    return replace(clock, term=replace(clock.term, extensions=tuple(longer), also=also))


def _appeal_clock(remedy: Remedy[Any, Any] | None) -> Iterator[ClockSpec]:
    """Yield the clock of whoever decides on an appeal: no state begins or ends it."""
    if remedy is not None and remedy.decided_within is not None:
        yield ClockSpec(name=APPEAL, since="", until=("",), term=clock_of(remedy.decided_within))


def _remedy(pack: Pack, remedy: Remedy[Any, Any]) -> RemedySpec:
    return RemedySpec(
        by=remedy.by.value,
        decides=remedy.decides.value,
        after=tuple(state.value for state in remedy.after),
        back=remedy.back.value,
        term=None if remedy.within is None else clock_of(bare(remedy.within)),
        day=_day(pack, remedy.within),
        since=None if remedy.since is None else remedy.since.value,
        holds=remedy.holds,
        times=UNSET if remedy.times is None else remedy.times,
        stays=tuple(state.value for state in remedy.stays) or UNSET,
    )
