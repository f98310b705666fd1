"""Rows of units; every read is held by row-level security to the subject of its desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhouqiao.base import Point
from zhouqiao.platform.place import great_circle_km
from zhouqiao.platform.unit.declare import (
    Compartment,
    Load,
    Need,
    Shift,
    UnitKind,
    UnitState,
)
from zhouqiao.platform.unit.model import MEASURES, Candidate, Licence, Unit, UnitId
from zhouqiao.store import Desk, Row

UNIT = (
    "u.unit, u.kind, u.name, u.scope, u.body, u.capabilities, u.speed_kmh, u.berth_lon, "
    "u.berth_lat, u.state"
)


@dataclass(frozen=True)
class Units:
    """Everything unit keeps, in the desk's transaction."""

    desk: Desk

    def add(self, unit: Unit) -> bool:
        """Keep a unit and its compartments, seen at its berth; say whether its name was free."""
        now, berth = self.desk.now(), unit.berth
        added = self.desk.rows.add(
            "unit", unit=unit.id, scope=unit.scope, kind=unit.kind, name=unit.name,
            body=unit.body, capabilities=list(unit.capabilities), speed_kmh=unit.speed_kmh,
            berth_lon=berth and berth.lon, berth_lat=berth and berth.lat, state=unit.state,
            registered_at=now,
        )  # fmt: skip
        for part in unit.compartments if added else ():
            self.desk.rows.add(
                "unit_compartment", scope=unit.scope, unit=unit.id, name=part.name,
                measure=part.capacity.unit, capacity=part.capacity.amount, holds=list(part.holds),
            )  # fmt: skip
        if added and berth is not None:
            self.desk.rows.add(
                "unit_latest", scope=unit.scope, unit=unit.id, happened_at=now, lon=berth.lon,
                lat=berth.lat, flags=["berth"],
            )  # fmt: skip
        return added

    def unit(self, unit: str, *, lock: bool = False) -> Unit | None:
        """Return a unit with its compartments, perhaps held against others."""
        row = self.desk.rows.one(
            f"SELECT {UNIT} FROM unit u WHERE u.unit = %s" + " FOR UPDATE" * lock, (unit,)
        )
        return None if row is None else _unit(row, self._compartments([unit]).get(unit, ()))

    def _compartments(self, units: Sequence[str]) -> dict[str, tuple[Compartment, ...]]:
        found: dict[str, tuple[Compartment, ...]] = {}
        for row in self._of(units, "unit_compartment", "name"):
            capacity = MEASURES[row["measure"]](row["capacity"])
            part = Compartment(name=row["name"], capacity=capacity, holds=tuple(row["holds"]))
            found[row["unit"]] = (*found.get(row["unit"], ()), part)
        return found

    def _of(self, units: Sequence[str], table: str, order: str) -> list[Row]:
        return self.desk.rows.all(
            f"SELECT * FROM {table} WHERE unit = ANY(%s) ORDER BY unit, {order}", (list(units),)
        )

    def set_state(self, unit: UnitId, state: UnitState) -> None:
        """Keep whether a unit can be sent."""
        self.desk.rows.later("UPDATE unit SET state = %s WHERE unit = %s", (state, unit))

    def put_shifts(self, unit: Unit, span: Shift, shifts: Sequence[Shift]) -> None:
        """Replace every shift that touches a span by these."""
        self.desk.rows.run(
            "DELETE FROM unit_shift WHERE unit = %s AND starts < %s AND ends > %s",
            (unit.id, span.ends, span.starts),
        )
        for one in shifts:
            told = {"starts": one.starts, "ends": one.ends}
            self.desk.rows.add("unit_shift", scope=unit.scope, unit=unit.id, **told)

    def add_licence(self, unit: Unit, licence: Licence) -> None:
        """Keep a licence."""
        self.desk.rows.add(
            "unit_licence", scope=unit.scope, unit=unit.id, kind=licence.kind,
            number=licence.number, valid_from=licence.valid_from, valid_to=licence.valid_to,
        )  # fmt: skip

    def end_licences(self, unit: UnitId, kind: str, why: str) -> bool:
        """Mark every licence of a kind withdrawn; say whether there was one not yet so."""
        ended = self.desk.rows.run(
            "UPDATE unit_licence SET withdrawn_at = %s, why = %s "
            "WHERE unit = %s AND kind = %s AND withdrawn_at IS NULL",
            (self.desk.now(), why, unit, kind),
        )
        return ended > 0

    def near(self, need: Need, box_degrees: float, limit: int) -> list[Candidate]:
        """Return units of a kind within so many degrees of a need, nearest first, with all theirs.

        The order is planar (degrees of longitude shortened by the latitude): within the box it is
        that of the great circle but for metres.
        """
        at = need.at
        rows = self.desk.rows.all(
            f"SELECT {UNIT}, l.lon, l.lat, l.accuracy, l.happened_at, l.flags "
            "FROM unit_latest l JOIN unit u USING (unit) WHERE l.cell = %(cell)s "
            "AND l.lat BETWEEN %(lat)s - %(box)s AND %(lat)s + %(box)s "
            "AND l.lon BETWEEN %(lon)s - %(box)s AND %(lon)s + %(box)s AND u.kind = %(kind)s "
            "ORDER BY ((l.lon - %(lon)s) * cosd(%(lat)s)) ^ 2 + (l.lat - %(lat)s) ^ 2, l.unit "
            "LIMIT %(limit)s",
            {
                "cell": self.desk.cell, "lat": at.lat, "lon": at.lon, "box": box_degrees,
                "kind": need.kind, "limit": limit,
            },
        )  # fmt: skip
        return self._candidates(rows, need)

    def _candidates(self, rows: Sequence[Row], need: Need) -> list[Candidate]:
        units = [row["unit"] for row in rows]
        parts, licences = self._compartments(units), self._licences(units)
        shifts = self._shifts(units)
        loads = self.loads(units, parts)
        return [
            Candidate(
                unit=_unit(row, parts.get(row["unit"], ())),
                at=(at := Point(lon=row["lon"], lat=row["lat"], accuracy=row["accuracy"])),
                seen_at=row["happened_at"],
                flags=tuple(row["flags"]),
                km=great_circle_km(at, need.at),
                licences=licences.get(row["unit"], ()),
                shifts=shifts.get(row["unit"], ()),
                loads=loads.get(row["unit"], {}),
            )
            for row in rows
        ]

    def _shifts(self, units: Sequence[str]) -> dict[str, tuple[Shift, ...]]:
        found: dict[str, tuple[Shift, ...]] = {}
        for row in self._of(units, "unit_shift", "starts"):
            on = Shift(starts=row["starts"], ends=row["ends"])
            found[row["unit"]] = (*found.get(row["unit"], ()), on)
        return found

    def _licences(self, units: Sequence[str]) -> dict[str, tuple[Licence, ...]]:
        found: dict[str, tuple[Licence, ...]] = {}
        for row in self._of(units, "unit_licence", "kind"):
            one = Licence(
                kind=row["kind"], number=row["number"], valid_from=row["valid_from"],
                valid_to=row["valid_to"], withdrawn_at=row["withdrawn_at"],
            )  # fmt: skip
            found[row["unit"]] = (*found.get(row["unit"], ()), one)
        return found

    def loads(
        self, units: Sequence[str], parts: dict[str, tuple[Compartment, ...]]
    ) -> dict[str, dict[str, tuple[Load, ...]]]:
        """Return by unit and compartment what is aboard."""
        measure = {(unit, p.name): type(p.capacity) for unit, own in parts.items() for p in own}
        found: dict[str, dict[str, tuple[Load, ...]]] = {}
        for row in self._of(units, "unit_load", "compartment, kind"):
            unit, name = row["unit"], row["compartment"]
            load = Load(kind=row["kind"], amount=measure[unit, name](row["amount"]))
            found.setdefault(unit, {})
            found[unit][name] = (*found[unit].get(name, ()), load)
        return found

    def put_load(self, unit: Unit, compartment: str, kind: str, amount: Decimal) -> None:
        """Keep how much of a kind a compartment holds."""
        self.desk.rows.run(
            "INSERT INTO unit_load (cell, scope, unit, compartment, kind, amount) "
            "VALUES (%s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (unit, compartment, kind) DO UPDATE SET amount = excluded.amount",
            (self.desk.cell, unit.scope, unit.id, compartment, kind, amount),
        )


def _unit(row: Row, parts: tuple[Compartment, ...]) -> Unit:
    at = (row["berth_lon"], row["berth_lat"])
    return Unit(
        id=UnitId(row["unit"]), kind=UnitKind(row["kind"]), name=row["name"], scope=row["scope"],
        body=row["body"], capabilities=tuple(row["capabilities"]), speed_kmh=row["speed_kmh"],
        berth=None if at[0] is None else Point(lon=at[0], lat=at[1]),
        state=UnitState(row["state"]), compartments=parts,
    )  # fmt: skip
