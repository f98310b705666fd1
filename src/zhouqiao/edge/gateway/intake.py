"""Batches of messages, taken in and committed. Blocking; the line calls it in a thread."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from zhouqiao.base import Datum, Point, Refusal, encode
from zhouqiao.edge.gateway import repository
from zhouqiao.edge.gateway.message import (
    Ack,
    Evidence,
    Malformed,
    Position,
    Said,
    Sender,
    read,
    without_key,
)
from zhouqiao.edge.gateway.repository import Aside
from zhouqiao.flow import signal
from zhouqiao.platform import unit as units
from zhouqiao.platform.identity import KernelRole
from zhouqiao.platform.place import convert
from zhouqiao.platform.unit import KeyHolder, Sighting
from zhouqiao.store import Desk, Seat, Store, Subject, system

Ashore = Callable[[Sequence[Point]], Sequence[bool]]
SHOWN = 200  # messages kept aside from one batch; the rest are counted only


class Raw(msgspec.Struct, frozen=True):
    """A message as it came."""

    subject: str
    data: bytes


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a device is told of a message: `status` is kept, known or refused."""

    subject: str
    body: bytes


@dataclass
class Tally:
    """What became of the messages of this process, by word."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items())) or "-"


@dataclass
class Intake:
    """Takes messages in for the cells this node hosts."""

    store: Store
    cells: frozenset[str]
    home: str
    ashore: Ashore | None = None
    tally: Tally = field(default_factory=Tally)

    def take(self, batch: Sequence[Raw]) -> list[Answer]:
        """Take a batch in; return what to tell the devices. Raises `Hindrance`: none was taken.

        What is odd in it is kept aside and stops nothing. On return all of it is committed.
        """
        aside: list[tuple[str, Aside]] = []
        by_cell: dict[str, list[tuple[Raw, Sender, Said]]] = {}
        for raw in batch:
            try:
                sender, said = read(raw.subject, raw.data)
            except Malformed as wrong:
                aside.append((self.home, _aside(raw, wrong.why, wrong.said)))
                continue
            if sender.cell in self.cells:
                by_cell.setdefault(sender.cell, []).append((raw, sender, said))
            else:
                aside.append((self.home, _aside(raw, "foreign_cell", "")))
        answers: list[Answer] = []
        counts: Counter[str] = Counter()
        for cell, messages in by_cell.items():
            answers += self._take_cell(cell, messages, aside, counts)
        self._keep_aside(aside)
        self.tally.counts += counts
        self.tally.counts["kept aside"] += len(aside)
        return answers

    def _take_cell(
        self,
        cell: str,
        messages: Sequence[tuple[Raw, Sender, Said]],
        aside: list[tuple[str, Aside]],
        counts: Counter[str],
    ) -> list[Answer]:
        with self.store.desk(system(cell)) as desk:
            holders = units.key_holders(desk, [sender.unit for _, sender, _ in messages])
        trusted: list[tuple[Raw, KeyHolder, Said]] = []
        for raw, sender, said in messages:
            holder = holders.get(sender.unit)
            if holder is None or not holder.opens(said.key):
                aside.append((cell, _aside(raw, "wrong_key", "")))
            else:
                trusted.append((raw, holder, said))
        self._positions(cell, trusted, aside, counts)
        return list(self._others(cell, trusted, aside, counts))

    def _positions(
        self,
        cell: str,
        trusted: Sequence[tuple[Raw, KeyHolder, Said]],
        aside: list[tuple[str, Aside]],
        counts: Counter[str],
    ) -> None:
        told = [(raw, _sighting(by, said)) for raw, by, said in trusted if type(said) is Position]
        if told:
            self._kept_positions(cell, told, aside, counts)

    def _kept_positions(
        self,
        cell: str,
        told: Sequence[tuple[Raw, Sighting]],
        aside: list[tuple[str, Aside]],
        counts: Counter[str],
    ) -> None:
        """Keep positions in one go; one that cannot be kept is found by halves, and put aside."""
        try:
            with self.store.desk(system(cell)) as desk:
                kept = units.report_positions(desk, [one for _, one in told], ashore=self.ashore)
        except Refusal as refusal:
            if len(told) == 1:
                aside.append((cell, _aside(told[0][0], "refused", refusal.code)))
                return
            half = len(told) // 2
            self._kept_positions(cell, told[:half], aside, counts)
            self._kept_positions(cell, told[half:], aside, counts)
            return
        counts["positions"] += kept.kept
        counts["positions repeated"] += kept.repeated

    def _others(
        self,
        cell: str,
        trusted: Sequence[tuple[Raw, KeyHolder, Said]],
        aside: list[tuple[str, Aside]],
        counts: Counter[str],
    ) -> Iterator[Answer]:
        for raw, holder, said in trusted:
            if isinstance(said, Position):
                continue
            try:
                with self.store.desk(_subject(cell, holder, said)) as desk:
                    named, status = _ACTS[type(said)](desk, holder, said)
            except Refusal as refusal:
                aside.append((cell, _aside(raw, "refused", refusal.code)))
                named, status = said.id if isinstance(said, Evidence) else said.command, "refused"
            counts[f"{said.LEAF} {status}"] += 1
            body = encode({"about": named, "status": status})
            yield Answer(subject=f"commands.{cell}.{holder.unit}", body=body)

    def _keep_aside(self, aside: Sequence[tuple[str, Aside]]) -> None:
        for cell in {cell for cell, _ in aside}:
            with self.store.desk(system(cell)) as desk:
                repository.add(desk, [one for of, one in aside if of == cell][:SHOWN])


def quarantined(desk: Desk, *, limit: int = 50) -> list[Aside]:
    """Return messages kept aside, newest first. Raises `NotAllowed`."""
    desk.may("gateway.read", scope="")
    return repository.newest(desk, min(max(limit, 1), 500))


def _acknowledged(desk: Desk, _holder: KeyHolder, said: Ack) -> tuple[str, str]:
    units.acknowledge(desk, said.command)
    return said.command, "kept"


def _received(desk: Desk, holder: KeyHolder, said: Evidence) -> tuple[str, str]:
    point = None if said.point is None else convert(said.point, Datum.WGS84)
    told = signal.receive(
        desk, source=f"device/{holder.unit}", key=said.id, kind=f"device.{said.kind}",
        scope=holder.scope, body={"unit": holder.unit, **said.body},
        point=None if point is None else (point.lon, point.lat), happened_at=said.happened_at,
    )  # fmt: skip
    return said.id, "kept" if told.fresh else "known"


_ACTS: dict[type, Callable[..., tuple[str, str]]] = {Ack: _acknowledged, Evidence: _received}


def _sighting(holder: KeyHolder, said: Position) -> Sighting:
    return Sighting(
        unit=holder.unit, point=said.point, happened_at=said.happened_at,
        speed_kmh=said.speed_kmh, course=said.course,
    )  # fmt: skip


def _subject(cell: str, holder: KeyHolder, said: Said) -> Subject:
    """Return a device as it acts: for its own unit, with a device's rights in that unit's scope.

    It sees rows of its unit only; to know its own evidence again, those of its scope.
    """
    seat = Seat(role=KernelRole.DEVICE, scope=holder.scope)
    reach = holder.scope if isinstance(said, Evidence) else None
    return Subject(person=holder.unit, cell=cell, reach=reach, unit=holder.unit, seats=(seat,))


def _aside(raw: Raw, why: str, said: str) -> Aside:
    return Aside(subject=raw.subject, why=why, said=said, message=without_key(raw.data))
