"""What hangs on a procedure: the parts of the other stages, and the intake of events."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from zhouqiao.platform.rule.declare import mark_of

W = TypeVar("W", bound=StrEnum)


class Part:
    """Anything else a pack declares, hung on a procedure; each stage has its own kinds.

    `stage` names the section of the shape it is kept in, `procedure` the one it hangs on, and
    `spec` returns it as plain values, functions by `<pack>.<name>@<version>`.
    """

    stage: ClassVar[str]

    @property
    def procedure(self) -> str:
        """Return the name of the procedure this part hangs on."""
        raise NotImplementedError

    def spec(self, pack: str) -> msgspec.Struct:
        """Return the part as plain, serialisable values."""
        raise NotImplementedError

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the pinned functions it uses (each decorated with `@rule(name, version)`)."""
        return ()

    def records(self) -> tuple[type, ...]:
        """Return the records it reads, which some step (or the beginning) must show."""
        return ()


class IntakeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An intake as plain values."""

    kind: str
    record: str
    body: str | None = None
    tell: str | UnsetType = UNSET

    def scope_of(self, scope: str) -> str:
        """Return the scope of the case: the event's place, with the body that takes it up."""
        return scope if self.body is None else f"{self.body}/{scope.partition('/')[2]}"


@dataclass(frozen=True, kw_only=True)
class Intake(Part, Generic[W]):
    """Events of `kind` that nobody opened a case for become cases of `opens`.

    `record(body)` makes the record the case begins with; `body` is whose case it is (None: of
    whoever the event belongs to). What makes no record that fits is set aside, and `tell` names
    the role that is warned of it.
    """

    stage: ClassVar[str] = "intake"
    kind: str
    opens: str
    record: Callable[..., Any]
    body: str | None = None
    tell: W | None = None

    @property
    def procedure(self) -> str:
        """Return the procedure that takes such events up."""
        return self.opens

    def spec(self, pack: str) -> IntakeSpec:
        """Return the intake as plain values."""
        tell = UNSET if self.tell is None else self.tell.value
        record = key_of(self.record, pack)
        return IntakeSpec(kind=self.kind, record=record, body=self.body, tell=tell)

    def functions(self) -> tuple[Callable[..., Any], ...]:
        """Return the function that makes the record."""
        return (self.record,)


class ExtendSpec(msgspec.Struct, frozen=True, kw_only=True):
    """Who may lengthen which clock, as plain values; by how much stands in the clock's own term."""

    clock: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Extend(Part, Generic[W]):
    """Holders of the role `by` may lengthen the running clock `clock` of the procedure `of`.

    Each time by at most `length` of the clock's unit, at most `times`, before it has run out, and
    with a reason that is kept (许可法 §42, 强制法 §25, 复议法 §62: 经负责人批准, 可以延长).
    The law's own clock bends only by law: by the extension its register knows, or by a further
    `rule` named here (市场监督管理行政处罚程序规定 §64, to which 处罚法 §60 yields).
    The clock of an appeal is called `appeal`.
    """

    stage: ClassVar[str] = "extend"
    clock: str
    of: str
    by: W
    length: int
    times: int = 1
    rule: str = ""

    @property
    def procedure(self) -> str:
        """Return the procedure whose clock it is."""
        return self.of

    def spec(self, pack: str) -> ExtendSpec:  # noqa: ARG002 - it uses no function of the pack
        """Return who may lengthen what as plain values."""
        return ExtendSpec(clock=self.clock, by=self.by.value)


def key_of(function: Callable[..., Any], pack: str) -> str:
    """Return `<pack>.<name>@<version>` of a function marked with `@rule`; "" where it is not."""
    mark = mark_of(function)
    return mark.key(pack) if mark else ""
