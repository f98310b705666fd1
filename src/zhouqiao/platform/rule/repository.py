"""Rows of the rules: tables by content hash, decisions, factors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import msgspec

from zhouqiao.base import NotFound, decode, encode
from zhouqiao.platform.rule.clock.calendar import Calendar, Year, national
from zhouqiao.platform.rule.model import DecisionId, Factor, FactorId, Kept
from zhouqiao.platform.rule.table.shape import Spec
from zhouqiao.store import Desk, Row


@dataclass(frozen=True)
class Rules:
    """Everything the rules keep, in the desk's transaction and for its subject."""

    desk: Desk

    def table(self, name: str, version: str) -> Spec:
        """Return a table as it was, read at most once per process. Raises `NotFound`."""
        return self.desk.pinned.value("rule.table", f"{name}@{version}", self._table)

    def _table(self, key: str) -> Spec:
        name, _, version = key.rpartition("@")
        sql = "SELECT body FROM rule_table WHERE name = %s AND version = %s"
        row = self.desk.rows.one(sql, (name, version))
        if row is None:
            raise NotFound("table", key)
        return decode(row["body"], Spec)

    def calendar(self) -> Calendar:
        """Return the calendar with the years entered here, put together once per last year."""
        row = self.desk.rows.one("SELECT max(year) AS last FROM rule_calendar_year", ())
        if row is None or row["last"] is None:
            return national()
        return self.desk.pinned.value("rule.calendar", str(row["last"]), self._calendar)

    def _calendar(self, last: str) -> Calendar:
        sql = "SELECT days FROM rule_calendar_year WHERE year <= %s ORDER BY year"
        years = (decode(row["days"], Year) for row in self.desk.rows.all(sql, (int(last),)))
        return reduce(Calendar.with_year, years, national())

    def add_year(self, year: Year) -> None:
        """Keep a year of the calendar."""
        self.desk.rows.run(
            "INSERT INTO rule_calendar_year (year, days, entered_at) VALUES (%s, %s, %s)",
            (year.year, encode(year).decode(), self.desk.now()),
        )

    def marks(self, name: str) -> dict[str, str]:
        """Return the content hash of every row ever used under that table's name."""
        rows = self.desk.rows.all("SELECT row, mark FROM rule_row WHERE name = %s", (name,))
        return {row["row"]: row["mark"] for row in rows}

    def add_table(self, spec: Spec, marks: Mapping[str, str]) -> bool:
        """Keep a table and its new rows; say whether this version was new."""
        added = self.desk.rows.run(
            "INSERT INTO rule_table (name, version, body, pinned_at) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (spec.name, spec.version, encode(spec).decode(), self.desk.now()),
        )
        for row, mark in marks.items():
            self.desk.rows.run(
                "INSERT INTO rule_row (name, row, mark) VALUES (%s, %s, %s)",
                (spec.name, row, mark),
            )
        return added == 1

    def add_decision(self, kept: Kept, person: str | None) -> None:
        """Keep a decision."""
        self.desk.rows.later(
            "INSERT INTO rule_decision (id, cell, scope, person, name, version, on_day, about, "
            "rows, inputs, outcomes, decided_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                *(str(kept.id), self.desk.cell, kept.scope, person),
                *(kept.table, kept.version, kept.on, kept.about, list(kept.rows)),
                *(bytes(kept.inputs).decode(), bytes(kept.outcomes).decode(), kept.decided_at),
            ),
        )

    def decision(self, id: DecisionId) -> Kept:
        """Return a kept decision. Raises `NotFound`."""
        sql = f"SELECT {_DECISION} FROM rule_decision WHERE cell = %s AND id = %s"
        row = self.desk.rows.one(sql, (self.desk.cell, str(id)))
        if row is None:
            raise NotFound("decision", id)
        return _kept(row)

    def decisions_about(self, about: str) -> list[Kept]:
        """Return what was decided about a case, oldest first."""
        sql = (
            f"SELECT {_DECISION} FROM rule_decision WHERE cell = %s AND about = %s "
            "ORDER BY decided_at, id"
        )
        return [_kept(row) for row in self.desk.rows.all(sql, (self.desk.cell, about))]

    def factor(self, name: str, on: date, scope: str) -> Factor | None:
        """Return the value of the nearest scope that holds on a day."""
        row = self.desk.rows.one(
            f"SELECT {_FACTOR} FROM rule_factor WHERE name = %s AND valid_from <= %s "
            "AND starts_with(%s, scope) "
            "ORDER BY length(scope) DESC, valid_from DESC, nth DESC LIMIT 1",
            (name, on, scope),
        )
        return None if row is None else _factor(row)

    def factor_by_id(self, id: FactorId) -> Factor:
        """Return that very value, current or not. Raises `NotFound`."""
        row = self.desk.rows.one(f"SELECT {_FACTOR} FROM rule_factor WHERE id = %s", (str(id),))
        if row is None:
            raise NotFound("factor", id)
        return _factor(row)

    def latest(self, name: str, scope: str) -> Factor | None:
        """Return the value set for the latest day under exactly that scope."""
        row = self.desk.rows.one(
            f"SELECT {_FACTOR} FROM rule_factor WHERE name = %s AND scope = %s "
            "ORDER BY valid_from DESC, nth DESC LIMIT 1",
            (name, scope),
        )
        return None if row is None else _factor(row)

    def factors(self) -> list[Factor]:
        """Return every value ever set, by name, scope and day."""
        sql = f"SELECT {_FACTOR} FROM rule_factor ORDER BY name, scope, valid_from, nth"
        return [_factor(row) for row in self.desk.rows.all(sql)]

    def add_factor(self, factor: Factor) -> None:
        """Keep a new value."""
        self.desk.rows.run(
            f"INSERT INTO rule_factor ({_FACTOR}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [str(v) if isinstance(v, FactorId) else v for v in msgspec.structs.astuple(factor)],
        )


_DECISION = "id, name, version, on_day, about, scope, rows, inputs, outcomes, decided_at"
_FACTOR = ", ".join(Factor.__struct_fields__)


def _kept(row: Row) -> Kept:
    return Kept(
        id=DecisionId(row["id"]),
        table=row["name"],
        version=row["version"],
        on=row["on_day"],
        about=row["about"],
        scope=row["scope"],
        rows=tuple(row["rows"]),
        inputs=msgspec.Raw(row["inputs"].encode()),
        outcomes=msgspec.Raw(row["outcomes"].encode()),
        decided_at=row["decided_at"],
    )


def _factor(row: Row) -> Factor:
    ids = {"id": FactorId(row["id"]), "corrects": row["corrects"] and FactorId(row["corrects"])}
    return Factor(**(row | ids))
