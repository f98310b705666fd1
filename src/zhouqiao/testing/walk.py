"""A case led through its procedure at random, by the right people, over the real kernel.

What must hold after each act is looked up, not assumed: in the row of the case, its tasks, its
due time, its facts and what was parked.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.flow.case import Case, ChairSpec, ShapeSpec, StepSpec
from zhouqiao.flow.case.declare import ExtendSpec
from zhouqiao.flow.case.facts import (
    AppealDecided,
    CaseObjected,
    CaseOpened,
    CaseReopened,
    CaseReturned,
    StepTaken,
)
from zhouqiao.flow.report.declare import TellSpec
from zhouqiao.sdk import Held, Pack
from zhouqiao.store import Subject
from zhouqiao.testing.fill import Choose, filled
from zhouqiao.testing.world import World

MOVES = (CaseOpened, StepTaken, CaseObjected, CaseReturned, CaseReopened, AppealDecided)
Act = Callable[[], object]
WHY = "made up"
UNIT = "unit_walk"
JUDGE = 99  # whoever bears that number or a higher one had no hand in the case yet
ONWARD = 4  # how much likelier a new state is than one been in, or an end
DETOURS = 3  # how often a walk leaves the way its steps lead


class Walk:
    """One case of `<pack>.<procedure>`; `choose` picks one of several, and so decides the way."""

    def __init__(self, world: World, pack: Pack, procedure: str, choose: Choose) -> None:
        self.world, self.pack, self.choose = world, pack, choose
        self.name = f"{pack.name}.{procedure}"
        self.scope = f"{pack.body}/{world.cell}001"
        self.shape = self._shape()
        self.citizen = world.citizen("walker")
        self.told: list[str] = []
        self.detours = 0
        self.case = self._open()
        self.hold()

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done about the case any more."""
        return not list(self._acts())

    def act(self) -> None:
        """Do one thing that may be done now, let it be answered, and look after it."""
        acts = dict(self._acts())
        name = self.choose([one for one in sorted(acts) for _ in range(self._weight(one))])
        self.told.append(f"{self.case.state}/{self.case.phase}: {name}")
        self.detours += name == "suspend" or name.startswith("return")
        acts[name]()
        self.world.drain()
        self.case = self.world.stands(self.case)
        self.hold()

    def _weight(self, name: str) -> int:
        """Return how likely an act is: most, a step to where the case has not been yet."""
        step = next((one for one in self.shape.steps if one.name == name), None)
        been = {hand.state for hand in self.case.hands} | set(self.shape.finals)
        return ONWARD if step is not None and step.end not in been else 1

    def _shape(self) -> ShapeSpec:
        with self.world.desk() as desk:
            return cases.current_shape(desk, self.name)[1]

    def _open(self) -> Case:
        held = self.shape.roles[self.shape.opens]
        opener = None if held == Held.PLATFORM else self._who(self.shape.opens, 0)
        record = filled(self.shape.forms[self.shape.begins], self.choose, self.world.clock.now())
        with self.world.desk(opener) as desk:
            found = cases.open_(
                desk, self.name, record, scope=self.scope, key=desk.ids.new(cases.CaseId),
                person=self.citizen.person, point=(121.655, 28.612),
            )  # fmt: skip
        self.world.drain()
        return self.world.stands(found)

    # --- what may be done ---------------------------------------------------------------------

    def _acts(self) -> Iterator[tuple[str, Act]]:
        case, shape = self.case, self.shape
        if cases.goes_on(case, shape):
            for step in shape.open_steps(case.state):
                hands = self._hands(step)
                if hands is not None:
                    yield step.name, partial(self._try, step, hands)
        if any(one.due is not None and not one.lapsed for one in case.clocks):
            yield "wait", self._wait
        handler = self._handler()
        if handler is not None:
            yield from self._kernel_acts(handler)
        yield from self._extensions()
        yield from self._appeals()

    def _shut(self) -> frozenset[str]:
        """Return the steps a condition closes, as the kernel says; `_try` finds out."""
        with self.world.desk() as desk:
            return cases.shut(desk, self.case, self.shape)

    def _kernel_acts(self, handler: Subject) -> Iterator[tuple[str, Act]]:
        case = self.case
        if case.phase == "open" and self.detours < DETOURS:
            yield "suspend", partial(self._do, handler, cases.suspend, WHY)
            for state in sorted(
                {hand.state for hand in case.hands} - {case.state, *self.shape.finals}
            ):
                yield f"return to {state}", partial(self._do, handler, cases.return_, state, WHY)
        if case.phase == "suspended":
            yield "resume", partial(self._do, handler, cases.resume)
        if case.is_closed and self.shape.reopens is not None:
            yield "reopen", partial(self._do, handler, cases.reopen, WHY)

    def _extensions(self) -> Iterator[tuple[str, Act]]:
        for role in sorted({spec.by for spec in self.shape.section("extend", ExtendSpec)}):
            who = self._who(role, 0)
            with self.world.desk(who) as desk:
                found = cases.extensible(desk, self.case, self.shape)
            for one in found:
                longer = partial(self._do, who, cases.extend, one.clock, WHY)
                yield f"{role} extends {one.clock}", longer

    def _appeals(self) -> Iterator[tuple[str, Act]]:
        case, remedy = self.case, self.shape.remedy
        if remedy is None:
            return
        if case.phase == "appealed":
            judges = (self._who(remedy.decides, nth) for nth in range(JUDGE, 2 * JUDGE))
            judge = next(one for one in judges if case.had_a_hand(one.person) is None)
            for upheld in (True, False):
                decide = partial(cases.decide_appeal, upheld=upheld, reason=WHY)
                yield f"decide the appeal, upheld: {upheld}", partial(self._do, judge, decide)
        elif (
            case.state in remedy.after
            and case.phase in {"open", "closed"}
            and remedy.is_left(case.appeals)
        ):
            yield "appeal", partial(self._appeal, self._who(remedy.by, 0))

    def _appeal(self, who: Subject) -> None:
        try:
            self._do(who, cases.appeal, WHY)
        except cases.TooLate:
            self.told.append("(too late)")

    def _wait(self) -> None:
        """Let the next time run out."""
        due = min(one.due for one in self.case.clocks if one.due is not None and not one.lapsed)
        self.world.clock.turn_to(due + timedelta(seconds=1))

    # --- who does it --------------------------------------------------------------------------

    def _do(self, who: Subject, command: Callable[..., object], *more: str) -> None:
        with self.world.desk(who) as desk:
            command(desk, self.case.id, *more)

    def _who(self, role: str, nth: int) -> Subject:
        held = self.shape.roles[role]
        if held == Held.PERSON:
            return self.citizen
        name, full = f"{role}{nth}", f"{self.pack.name}.{role}"
        if held == Held.UNIT:
            return self.world.crew(self.case.unit or UNIT, name, role=full)
        wanted = [chair.certificate for step in self.shape.steps for chair in step.chairs]
        papers = sorted({one for one in wanted if one is not None})
        return self.world.officer(name, full, scope=self.scope, certificates=papers)

    def _handler(self) -> Subject | None:
        """Return somebody who handles the case by post, or by unit once it has one."""
        held = self.shape.roles
        posts = [role for role in sorted(held) if held[role] == Held.POST]
        units = [role for role in sorted(held) if held[role] == Held.UNIT and self.case.unit]
        return self._who((posts or units)[0], 0) if posts or units else None

    def _hands(self, step: StepSpec) -> list[Subject | None] | None:
        """Return who takes a step together; [None] is the platform, None: nobody can now."""
        if not step.chairs:
            return None if self._lapses(step) else [None]
        hands: list[Subject | None] = []
        for chair in step.chairs:
            found = self._sitting(step, chair)
            if len(found) < chair.count:
                return None
            hands += found
        return hands

    def _lapses(self, step: StepSpec) -> bool:
        """Say whether only time takes a step."""
        return any(one.name == step.name and one.lapses is not None for one in self.shape.clocks)

    def _sitting(self, step: StepSpec, chair: ChairSpec) -> list[Subject]:
        held = self.shape.roles[chair.role]
        if held == Held.UNIT and self.case.unit is None:
            return []
        many = 1 if held == Held.PERSON else chair.count + 20
        tied = cases.tied(self.case, step)
        free = [self._who(chair.role, nth) for nth in range(many)]
        return [one for one in free if one.person not in tied][: chair.count]

    def _try(self, step: StepSpec, hands: Sequence[Subject | None]) -> None:
        """Take a step, or be refused where a condition closes it."""
        shut = step.name in self._shut()
        try:
            self._take(step, hands)
        except cases.NotNow:
            if not step.guards:
                raise
            self.told.append("(not now)")
        except cases.TooLate:
            if not step.ahead:
                raise
            self.told.append("(too late)")
        else:
            if shut:
                raise AssertionError(f"{step.name} was taken though a condition closes it")

    def _take(self, step: StepSpec, hands: Sequence[Subject | None]) -> None:
        now, form = self.world.clock.now(), step.form and self.shape.forms[step.form]
        record = filled(form, self.choose, now) if form else None
        for nth, who in enumerate(hands):
            signed = self.world.signs(who, self.case, step.name, record) if who and record else ()
            with self.world.desk(who) as desk:
                if record is None:
                    unit = UNIT if who is None else None
                    cases.take_step(desk, self.case.id, step.name, unit=unit)
                else:
                    key = f"{self.case.id}-{self.case.nth}-{nth}"
                    shown = evidence.show(
                        desk, self.case.id, step.name, record, key=key, signatures=signed
                    )
                    outcome.foresee(desk, shown)
            if nth + 1 < len(hands) and self.world.stands(self.case).nth != self.case.nth:
                raise AssertionError(f"{step.name} was taken before all had signed")

    # --- what must hold -----------------------------------------------------------------------

    def hold(self) -> None:
        """Raise `AssertionError`, with the way that led here, where something does not hold."""
        for broken in self._broken():
            raise AssertionError("; ".join([broken, f"at {self.case.state}", *self.told]))

    def _broken(self) -> Iterator[str]:
        case, shape = self.case, self.shape
        if case.state not in shape.states:
            yield f"{case.state!r} is no state of the procedure"
        if case.is_closed is not (case.state in shape.finals) and case.phase in {"open", "closed"}:
            yield "it is closed where it does not end, or ends and is not closed"
        yield from self._moves()
        yield from self._tasks()
        yield from self._due()
        yield from self._notices()
        parked = self.world.fetch("SELECT reaction, why FROM parked WHERE about = %s", case.id)
        yield from (f"{row['reaction']} was parked: {row['why']}" for row in parked)

    def _moves(self) -> Iterator[str]:
        facts = self.world.fetch(
            "SELECT kind, (body::json->>'nth')::int AS nth FROM journal "
            "WHERE about = %s AND body::json->>'nth' IS NOT NULL ORDER BY seq",
            self.case.id,
        )
        still = {"SignatureGiven", "ClockLapsed"}
        moves = [row["nth"] for row in facts if row["kind"].rpartition(".")[2] not in still]
        if moves != list(range(self.case.nth + 1)):
            yield f"the moves are numbered {moves}, the case stands at {self.case.nth}"

    def _notices(self) -> Iterator[str]:
        """Whom the case is about has heard once of every moment their role is told of."""
        mine = [one for one in self._tells if self.shape.roles[one.whom] == Held.PERSON]
        moves = self.world.fetch(
            "SELECT body::json->>'step' AS step, coalesce(body::json->>'end', "
            "body::json->>'state') AS state FROM journal WHERE about = %s AND kind = ANY(%s) "
            "AND body::json->>'upheld' IS DISTINCT FROM 'true' ORDER BY seq",
            self.case.id, [kind.fact_kind for kind in MOVES],
        )  # fmt: skip
        due = Counter(
            spec.words for row in moves for spec in mine if spec.on and spec.on.hit(**row)
        )
        rows = self.world.fetch(
            "SELECT code FROM notice WHERE about = %s AND person = %s AND code = ANY(%s)",
            self.case.id, self.citizen.person, [f"{self.pack.name}.{one.words}" for one in mine],
        )  # fmt: skip
        told = Counter(row["code"].partition(".")[2] for row in rows)
        if told != due:
            yield f"the person was told {dict(told)}, the pack wants {dict(due)}"

    @property
    def _tells(self) -> tuple[TellSpec, ...]:
        """What the pack tells of moments of the case."""
        return tuple(one for one in self.shape.section("report", TellSpec) if one.on is not None)

    def _tasks(self) -> Iterator[str]:
        rows = self.world.fetch('SELECT role, options FROM task WHERE "case" = %s', self.case.id)
        found = {row["role"]: set(row["options"]) for row in rows}
        wanted = self._wanted()
        if found != wanted:
            yield f"the tasks are {found}, the case calls for {wanted}"

    def _wanted(self) -> dict[str, set[str]]:
        wanted: dict[str, set[str]] = {}
        if self.case.phase == "appealed" and self.shape.remedy is not None:
            wanted[self.shape.remedy.decides] = {"decide_appeal"}
        if cases.goes_on(self.case, self.shape):
            shut = self._shut()
            for step in self.shape.open_steps(self.case.state):
                for chair in step.chairs if step.name not in shut else ():
                    wanted.setdefault(chair.role, set()).add(step.name)
        return wanted

    def _due(self) -> Iterator[str]:
        rows = self.world.fetch(
            "SELECT at FROM due WHERE kind = 'case.due' AND key = %s", self.case.id
        )
        times = [one.due for one in self.case.clocks if one.due is not None and not one.lapsed]
        wanted = [] if self.case.is_closed or not times else [min(times)]
        if [row["at"] for row in rows] != wanted:
            yield f"it is looked at {[row['at'] for row in rows]}, its clocks say {wanted}"
