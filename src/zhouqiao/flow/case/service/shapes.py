"""Shapes a case may have, and the roles in which somebody may act on one."""

import inspect
import typing
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from zhouqiao.base import Hindrance, Invalid, digest
from zhouqiao.flow.case import repository
from zhouqiao.flow.case.declare import IntakeSpec
from zhouqiao.flow.case.errors import NoSuchProcedure
from zhouqiao.flow.case.model import Actor, Asked, Case, CaseLine, ShapeSpec
from zhouqiao.platform.document.form import as_record, check_form
from zhouqiao.store import Desk

MOST = 200


def shape_of(desk: Desk, mark: str) -> ShapeSpec:
    """Return a shape by its content hash. Raises `NoSuchProcedure`."""
    return desk.pinned.value("shape", mark, lambda key: repository.shape(desk, key))


def current_shape(desk: Desk, procedure: str) -> tuple[str, ShapeSpec]:
    """Return the shape new cases of `<pack>.<procedure>` get. Raises `NoSuchProcedure`."""
    mark = desk.pinned.current.get(procedure)
    if mark is None:
        raise NoSuchProcedure(procedure)
    return mark, shape_of(desk, mark)


def intakes(desk: Desk, kind: str) -> Sequence[tuple[str, IntakeSpec]]:
    """Return which procedures take up events of a kind, and how."""
    return [
        (procedure, intake)
        for procedure, mark in desk.pinned.current.items()
        for intake in shape_of(desk, mark).section("intake", IntakeSpec)
        if intake.kind == kind
    ]


def misfit(desk: Desk, procedure: str, intake: IntakeSpec, body: dict[str, Any]) -> bool:
    """Say whether what came makes no record that fits the form of a procedure."""
    _, shape = current_shape(desk, procedure)
    try:
        record = apply_rule(desk, intake.record, body)
        check_form(shape.forms[shape.begins], msgspec.to_builtins(record))
    except Hindrance:
        raise
    except Exception:  # noqa: BLE001 - what a sensor says breaks a pack's rule in any way it can
        return True
    return False


def keep_shape(desk: Desk, shape: ShapeSpec) -> str:
    """Store a shape by its content hash; return the hash."""
    mark = digest(shape)
    repository.keep_shape(desk, mark, shape, desk.now())
    return mark


def missing(desk: Desk) -> dict[str, list[str]]:
    """Return, by pack, what open cases call upon and this process does not have.

    Ask at start-up, at a desk that sees every cell.
    """
    found: dict[str, list[str]] = {}
    for key, pack, mark, cases in repository.cited(desk):
        if key not in desk.pinned.functions:
            told = (
                f"{cases} open cases call upon {key!r} (shape {mark[:8]}), which is gone; keep it "
                "beside the new one, in the pack's `former`"
            )
            found.setdefault(pack, []).append(told)
    return found


def find(desk: Desk, asked: Asked) -> list[CaseLine]:
    """Return the cases asked for that the subject may see; at most 200."""
    if not 0 < asked.limit <= MOST:
        raise Invalid("limit", "range", most=MOST)
    if asked.sort not in {"due", "opened"}:
        raise Invalid("sort", "choice", options=("due", "opened"))
    return repository.lines(desk, asked)


def open_by_shape(desk: Desk) -> dict[str, int]:
    """Return how many open cases the subject may see run by each shape, by content hash."""
    return repository.open_by_shape(desk)


def apply_rule(desk: Desk, key: str, plain: dict[str, Any], *more: object) -> Any:
    """Call a pinned function with a plain body read as the record its first parameter names."""
    return desk.pinned.function(key)(as_parameter(desk, key, 0, plain), *more)


def as_parameter(desk: Desk, key: str, nth: int, plain: dict[str, Any]) -> Any:
    """Return a plain body as the type a parameter of a pinned function names."""
    function = desk.pinned.function(key)
    kind = desk.pinned.value(f"parameter {nth}", key, lambda _: _parameter(function, nth))
    return plain if kind is dict else as_record(kind, plain)


def _parameter(function: Callable[..., Any], nth: int) -> type:
    name = list(inspect.signature(function).parameters)[nth]
    kind = typing.get_type_hints(function)[name]
    bare: type = typing.get_origin(kind) or kind
    return bare


def actors(desk: Desk, case: Case, shape: ShapeSpec) -> tuple[Actor, ...]:
    """Return the roles in which the acting subject may act on a case."""
    subject, found = desk.subject, []
    for role, held in shape.roles.items():
        seat = next(
            (
                s for s in subject.seats
                if s.role.partition("@")[0] == f"{shape.pack}.{role}"
                and case.scope.startswith(s.scope)
            ),
            None,
        )  # fmt: skip
        if (
            (held == "person" and case.person is not None and subject.person == case.person)
            or (held == "unit" and case.unit is not None and subject.unit == case.unit)
            or (held == "post" and seat is not None)
            or (held == "platform" and subject.is_system)
        ):
            certificates = seat.certificates if seat else ()
            found.append(Actor(person=subject.person, role=role, certificates=certificates))
    return tuple(found)
