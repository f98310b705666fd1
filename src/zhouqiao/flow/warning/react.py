"""What a warning answers: figures that moved, clocks that ran out, cases that closed."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from zhouqiao.flow import case as cases
from zhouqiao.flow.case.facts import ClockLapsed, StepTaken
from zhouqiao.flow.event import EventEstablished
from zhouqiao.flow.indicator.facts import IndicatorMoved
from zhouqiao.flow.warning import repository, service
from zhouqiao.flow.warning.declare import WarnSpec
from zhouqiao.flow.warning.model import KeptWarning, Turn, Watch, dims_of
from zhouqiao.store import Desk, Reaction, Told, answering

Key = tuple[str, str, str]


def look(desk: Desk, told: Sequence[Told[IndicatorMoved]]) -> None:
    """Hold figures that moved against their limits: one read and one write a batch."""
    due = [(one, spec) for one in told for spec in _above(desk, one.fact)]
    if not due:
        return
    watches = {_key(one, spec): _blank(one, spec) for one, spec in due}
    found = repository.watches(desk, list(watches.values()))
    watches |= {(one.rule, one.scope, one.dims): one for one in found}
    before = dict(watches)
    for one, spec in due:
        key = _key(one, spec)
        watches[key] = _turn(answering(desk, one.envelope), one, spec, watches[key])
    repository.watch(desk, [watches[key] for key in sorted(watches) if watches[key] != before[key]])


def _above(desk: Desk, moved: IndicatorMoved) -> Iterator[WarnSpec]:
    shape = cases.shape_of(desk, moved.shape)
    return (one for one in shape.section("warning", WarnSpec) if one.indicator == moved.name)


def _key(one: Told[IndicatorMoved], spec: WarnSpec) -> Key:
    return (f"{one.fact.pack}.{spec.name}", one.envelope.scope, dims_of(one.fact))


def _blank(one: Told[IndicatorMoved], spec: WarnSpec) -> Watch:
    rule, scope, dims = _key(one, spec)
    return Watch(rule=rule, scope=scope, dims=dims)


def _turn(desk: Desk, one: Told[IndicatorMoved], spec: WarnSpec, watch: Watch) -> Watch:
    value = one.fact.value
    after, turn = watch.after(spec, value)
    if turn is Turn.CLEAR and watch.warning is not None:
        for it in repository.over(desk, [watch.warning], service.BELOW):
            service.tell_cleared(desk, it, service.BELOW, value)
    if turn is not Turn.RAISE:
        return after
    it = KeptWarning(
        id=service.new(desk), scope=watch.scope, rule=watch.rule, tell=spec.tell, state="raised",
        raised_at=desk.now(), indicator=f"{one.fact.pack}.{one.fact.name}", dims=watch.dims,
        value=value, limit=spec.above, unit=one.fact.unit,
    )  # fmt: skip
    service.raise_(desk, it, opens=_full(one.fact.pack, spec), hops=one.envelope.hops)
    return replace(after, warning=it.id)


def be_late(desk: Desk, told: Sequence[Told[ClockLapsed]]) -> None:
    """Raise a warning for a clock that ran out, where the pack wants one."""
    due = [(one, spec) for one in told for spec in _late(desk, one.fact)]
    points = {
        case.id: case.point for case in cases.get_many(desk, [one.fact.case for one, _ in due])
    } if due else {}  # fmt: skip
    for one, spec in due:
        fact, envelope = one.fact, one.envelope
        it = KeptWarning(
            id=service.new(desk), scope=envelope.scope, rule=f"{fact.pack}.{spec.name}",
            tell=spec.tell, state="raised", raised_at=desk.now(), person=envelope.person,
            case=fact.case, clock=fact.clock, force=fact.force,
        )  # fmt: skip
        service.raise_(
            answering(desk, envelope), it, opens=_full(fact.pack, spec), hops=envelope.hops,
            point=points.get(fact.case),
        )  # fmt: skip


def _late(desk: Desk, lapsed: ClockLapsed) -> Iterator[WarnSpec]:
    shape = cases.shape_of(desk, lapsed.shape)
    return (one for one in shape.section("warning", WarnSpec) if one.clock == lapsed.clock)


def _full(pack: str, spec: WarnSpec) -> str | None:
    return spec.opens and f"{pack}.{spec.opens}"


def misfit(desk: Desk, told: Sequence[Told[EventEstablished]]) -> None:
    """Warn of what came and fits no form, where the pack says whom."""
    for one in told:
        for procedure, intake in cases.intakes(desk, one.fact.kind):
            if not one.fact.understood and isinstance(intake.tell, str):
                answer, scope = answering(desk, one.envelope), intake.scope_of(one.envelope.scope)
                if cases.misfit(desk, procedure, intake, one.fact.body):
                    service.raise_once(answer, f"{procedure}_misfit", intake.tell, scope)


def close(desk: Desk, told: Sequence[Told[StepTaken]]) -> None:
    """End the warnings about cases that are closed."""
    closed = {one.fact.case: one.envelope for one in told if one.fact.closes}
    if closed:
        for it in repository.over_for(desk, sorted(closed), service.CLOSED):
            answer = answering(desk, next(closed[case] for case in closed if case == it.case))
            service.tell_cleared(answer, it, service.CLOSED)


REACTIONS = (
    Reaction("warning.look", (IndicatorMoved,), look),
    Reaction("warning.be_late", (ClockLapsed,), be_late),
    Reaction("warning.misfit", (EventEstablished,), misfit),
    Reaction("warning.close", (StepTaken,), close),
)
