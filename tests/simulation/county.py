"""One made-up county: three fishers, three boats, their devices without a network, two officers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zhouqiao.base import Dice, Mass, Point, Refusal, digest, encode
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome, task
from zhouqiao.platform import unit as units
from zhouqiao.platform.document.form import check_form
from zhouqiao.platform.unit import Compartment, Licence, Shift, Unit, UnitKind
from zhouqiao.store import Desk, Seat, Subject

FISHERS, BOATS = 3, 3
BERTHS = ((121.64, 28.62), (121.50, 28.668), (121.70, 28.70))
PLACES = ((121.655, 28.612), (121.62, 28.60), (121.70, 28.58))
SOLIDS = ("plastic", "gear", "garbage", "waste_oil", "battery")
KINDS = ("plastic", "gear", "garbage", "waste_oil")
LANDED_LESS = 4  # one landing in so many is short by more than anybody may be

# What a person may be told when the world has moved on under their hands; anything else is a bug.
MOVED_ON = frozenset({
    "case.step_not_open", "case.stands_still", "case.not_found", "case.not_your_step",
    "case.nothing_to_undo", "case.already_signed", "case.wrong_record", "case.hands_are_tied",
})  # fmt: skip


@dataclass
class Intent:
    """Something a person did once; it is delivered until they hear an answer, or more often."""

    key: str
    who: Subject
    do: Callable[[Desk], object]
    asks: bool = False
    heard: list[str] = field(default_factory=list)


@dataclass
class County:
    """A cell of the database, and what its people have in mind."""

    cell: str
    dice: Dice
    now: Callable[[], datetime]
    boats: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    pending: list[Intent] = field(default_factory=list)
    done: list[Intent] = field(default_factory=list)
    said: int = 0

    @property
    def scope(self) -> str:
        """Whose cases these are."""
        return f"marine/{self.cell}"

    def fit_out(self, desk: Desk) -> None:
        """Register the boats; the last has no licence for hazardous waste."""
        now = self.now()
        days = [now + timedelta(days=n, hours=-1) for n in range(11)]
        shifts = [Shift(starts=day, ends=day + timedelta(days=1)) for day in days]
        span = Shift(starts=days[0], ends=shifts[-1].ends)
        hold = Compartment(name="hold", capacity=Mass.of(900), holds=SOLIDS)
        for n, (lon, lat) in enumerate(BERTHS):
            berth = Point(lon=lon, lat=lat)
            made = units.register_unit(
                desk,
                Unit(
                    kind=UnitKind.BOAT, name=f"蓝样0{n}", scope=self.scope, berth=berth,
                    compartments=(hold,),
                ),
            )  # fmt: skip
            units.change_shift(desk, made.id, span, shifts)
            if n < BOATS - 1:
                units.license_unit(desk, made.id, LICENCE)
            self.boats.append(str(made.id))

    def fisher(self, n: int) -> Subject:
        """Return a made-up fisher of this county."""
        return Subject(person=f"person_{self.cell}f{n}", cell=self.cell)

    def crew(self, n: int) -> Subject:
        """Return the made-up crew of a boat."""
        seat = Seat(role="marine_waste.crew", scope="")
        return Subject(
            person=f"person_{self.cell}c{n}", cell=self.cell, unit=self.boats[n], seats=(seat,)
        )

    def officer(self, role: str) -> Subject:
        """Return a made-up officer of a role."""
        seat = Seat(role=f"marine_waste.{role}", scope="")
        return Subject(person=f"person_{self.cell}{role}", cell=self.cell, reach="", seats=(seat,))

    def mean(self, who: Subject, do: Callable[[Desk, str], object], *, asks: bool = False) -> None:
        """Let somebody intend something; it lies on their device until it is delivered."""
        self.said += 1
        key = f"{self.cell}-{self.said}"
        self.pending.append(Intent(key, who, lambda desk: do(desk, key), asks))

    def ask(self) -> None:
        """A fisher asks for a pickup."""
        lon, lat = PLACES[self.dice.below(len(PLACES))]
        kind = KINDS[self.dice.below(len(KINDS))]
        who = self.fisher(self.dice.below(FISHERS))
        record: dict[str, Any] = {
            "vessel": "浙椒渔00000", "place": {"lon": lon, "lat": lat},
            "kinds": [{"kind": kind, "mass": {"kg": str(1 + self.dice.below(200))}}],
        }  # fmt: skip

        def do(desk: Desk, key: str) -> object:
            case = cases.open_(
                desk, "marine_waste.pickup", record, scope=self.scope, key=key,
                person=who.person, point=(lon, lat),
            )  # fmt: skip
            if case.id not in self.known:
                self.known.append(case.id)
            return case.id

        self.mean(who, do, asks=True)

    def next_task(self, desk: Desk) -> None:
        """Let somebody look at their list and do one thing on it, on their own device."""
        mine = [one for one in task.todo(desk) if one.options]
        if not mine:
            return
        one = mine[self.dice.below(len(mine))]
        options = [name for name in one.options if "cancelled" not in name or self.one_in(4)]
        if not options:
            return
        step = options[self.dice.below(len(options))]
        record = self.record_of(step, one.case)
        hands = self.hands(desk, step, one.case)
        seen_at = self.now()

        def do(desk: Desk, key: str) -> object:
            shown = evidence.show(
                desk, one.case, step, record, key=key, signatures=hands, happened_at=seen_at
            )
            outcome.foresee(desk, shown)
            return shown

        self.mean(desk.subject, do)

    def record_of(self, step: str, case: str) -> dict[str, Any]:
        """Return what is shown for a step; both hands of a handover see the same scale."""
        place = {"lon": PLACES[0][0], "lat": PLACES[0][1]}
        short = step == "handed_over_to_landed" and self.one_in(LANDED_LESS)
        line = {
            "kind": "plastic", "mass": {"kg": "1.00" if short else "12.40"}, "scale": "device",
            "weighed_at": WEIGHED,
        }  # fmt: skip
        handed = {
            "boat": "蓝样03",
            "place": place,
            "begun": WEIGHED,
            "ended": WEIGHED,
            "lines": [line],
        }
        records: dict[str, dict[str, Any]] = {
            "under_way_to_met": {"place": place},
            "under_way_to_requested": {"place": place, "note": case},
            "met_to_handed_over": handed,
            "met_to_cancelled": {"reason": "船上没有"},
            "handed_over_to_landed": {"depot": "示例码头", "lines": [line]},
            "raised_to_explained": {"cause": "起雾，看不见", "mended": "等雾散再出"},
        }  # fmt: skip
        return records.get(step, {})

    def hands(self, desk: Desk, step: str, case_id: str) -> list[dict[str, Any]]:
        """Half of the fishers sign on the crew's device, the others on their own."""
        if step != "met_to_handed_over":
            return []
        case = cases.get(desk, case_id)
        form = cases.shape_of(desk, case.shape).forms["handover"]
        covers = digest({"lines": check_form(form, self.record_of(step, case_id))["lines"]})
        pen = {"name": "江示例", "strokes": "M1 1L2 2", "signed_at": WEIGHED, "covers": covers}
        own = {"role": "crew" if desk.subject.unit else "fisher", "person": desk.subject.person}
        if desk.subject.unit is None or self.one_in(2):
            return [own | pen]
        return [own | pen, {"role": "fisher", "person": case.person} | pen]

    def meddle(self) -> None:
        """An officer or a crew uses a kernel step on some case they know of."""
        if not self.known:
            return
        case = self.known[self.dice.below(len(self.known))]
        duty, crew = self.officer("duty"), self.crew(self.dice.below(BOATS))
        acts: tuple[tuple[Subject, Callable[[Desk], object]], ...] = (
            (duty, lambda desk: cases.suspend(desk, case, "等潮水")),
            (duty, lambda desk: cases.resume(desk, case)),
            (duty, lambda desk: cases.resume(desk, case)),
            (crew, lambda desk: _early(desk, case, lambda: cases.object_(desk, case, "不归我"))),
            (duty, lambda desk: _early(desk, case, lambda: _send_back(desk, case))),
        )
        who, act = acts[self.dice.below(len(acts))]
        self.mean(who, lambda desk, _key: act(desk) and None)

    def intrude(self) -> None:
        """Somebody of another boat, or nobody in particular, tries a step that is not theirs."""
        if not self.known:
            return
        case = self.known[self.dice.below(len(self.known))]
        who = self.fisher(9) if self.one_in(2) else self.crew(self.dice.below(BOATS))
        step = ("sent_to_under_way", "requested_to_sent", "under_way_to_cancelled")[
            self.dice.below(3)
        ]

        def do(desk: Desk, key: str) -> object:
            return evidence.show(desk, case, step, {}, key=key)

        self.mean(who, do)

    def wish(self, lay: Callable[[Subject, Callable[[Desk], object]], object]) -> None:
        """Let the next thing come to somebody's mind. `lay` runs something on a desk of theirs."""
        drawn = self.dice.below(100)
        if drawn < 9:
            self.ask()
        elif drawn < 78:
            lay(self.crew(self.dice.below(BOATS)), self.next_task)
        elif drawn < 84:
            lay(self.fisher(self.dice.below(FISHERS)), self.next_task)
        elif drawn < 90:
            lay(self.officer("supervisor" if self.one_in(3) else "duty"), self.next_task)
        elif drawn < 96:
            self.meddle()
        else:
            self.intrude()

    def draw(self) -> Intent | None:
        """Take one intent that waits, in any order."""
        if not self.pending:
            return None
        return self.pending.pop(self.dice.below(len(self.pending)))

    def hear(self, intent: Intent, answer: str) -> None:
        """Let the person hear an answer; one in five sends it once more all the same."""
        intent.heard.append(answer)
        if len(intent.heard) == 1:
            self.done.append(intent)
        if len(intent.heard) < 3 and self.one_in(5):
            self.pending.append(intent)

    def one_in(self, n: int) -> bool:
        """Throw the dice."""
        return self.dice.below(n) == 0


def plainly(answer: object) -> str:
    """Return what of an answer must be the same each time it is given."""
    if isinstance(answer, evidence.Shown):
        return f"{answer.evidence} {answer.status}"
    return str(answer) if isinstance(answer, str) else encode(answer).decode()


def refused(refusal: Refusal) -> str:
    """Return a refusal as an answer. Raises what nobody may be told."""
    if refusal.code not in MOVED_ON:
        raise AssertionError(f"told a person {refusal}") from refusal
    return f"no: {refusal.code}"


def _send_back(desk: Desk, case: str) -> object:
    return cases.return_(desk, case, "requested", "重派")


def _early(desk: Desk, case: str, act: Callable[[], object]) -> object:
    """Kernel steps back over a handover need a correction of the books: not of this county."""
    if cases.get(desk, case).state in {"sent", "under_way", "met", "requested"}:
        return act()
    return None


LICENCE = Licence(
    kind="hazardous_waste", number="SAMPLE-1", valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
)  # fmt: skip
WEIGHED = "2026-10-14T00:20:00Z"
