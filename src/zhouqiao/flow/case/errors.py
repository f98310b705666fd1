"""How a case can refuse.

Refusal
├── NoSuchCase           404
├── NoSuchStep           404
├── NoSuchProcedure      404
├── NotYourStep          403   another role, or without the certificate
├── HandsAreTied         403   the same person may not check what they did
├── StepNotOpen          409
├── CaseStandsStill      409   suspended, appealed, waiting or closed
├── AlreadySigned        409
├── WrongRecord          409   the signatures would cover different records
├── NotNow               409   a condition on the step does not hold
├── TooLate              409   a remedy after its time
├── NoLonger             409   more time than may still be granted
└── NothingToUndo        409   no such kernel step from here
"""

from typing import ClassVar

from zhouqiao.base import NotAllowed, NotFound, Refusal


class NoSuchCase(NotFound):
    """No such case, or none this person may see."""

    code: ClassVar[str] = "case.not_found"

    def __init__(self, case: str) -> None:
        super().__init__("case", case)


class NoSuchStep(NotFound):
    """The procedure has no step of that name."""

    code: ClassVar[str] = "case.no_such_step"

    def __init__(self, step: str) -> None:
        super().__init__("step", step)


class NoSuchProcedure(NotFound):
    """No pack loaded here declares that procedure."""

    code: ClassVar[str] = "case.no_such_procedure"

    def __init__(self, procedure: str) -> None:
        super().__init__("procedure", procedure)


class NotYourStep(NotAllowed):
    """The step belongs to `roles`, or asks for a `certificate` the person does not hold."""

    code: ClassVar[str] = "case.not_your_step"

    def __init__(
        self, case: str, step: str, roles: tuple[str, ...], *, certificate: str | None = None
    ) -> None:
        super().__init__("case.step", case=case, step=step, roles=roles, certificate=certificate)


class HandsAreTied(NotAllowed):
    """Whoever brought the case into `state` may not take this step."""

    code: ClassVar[str] = "case.hands_are_tied"

    def __init__(self, case: str, step: str, state: str) -> None:
        super().__init__("case.step", case=case, step=step, state=state)


class StepNotOpen(Refusal):
    """The case does not stand where the step begins; `open` names what could be done."""

    code: ClassVar[str] = "case.step_not_open"

    def __init__(self, case: str, state: str, step: str, open_: tuple[str, ...]) -> None:
        super().__init__()
        self.case, self.state, self.step, self.open = case, state, step, open_


class CaseStandsStill(Refusal):
    """Nothing may be done in this phase."""

    code: ClassVar[str] = "case.stands_still"

    def __init__(self, case: str, phase: str, state: str) -> None:
        super().__init__()
        self.case, self.phase, self.state = case, phase, state


class _OfStep(Refusal):
    """A refusal that names the step."""

    def __init__(self, case: str, step: str) -> None:
        super().__init__()
        self.case, self.step = case, step


class AlreadySigned(_OfStep):
    """The same person cannot be the second person."""

    code: ClassVar[str] = "case.already_signed"


class WrongRecord(_OfStep):
    """Somebody has signed another record; all must sign the same."""

    code: ClassVar[str] = "case.wrong_record"


class NotNow(_OfStep):
    """`guard`, a key of the pack's words, must hold (`why`: only_if) or must not (`unless`)."""

    code: ClassVar[str] = "case.not_now"

    def __init__(self, case: str, step: str, guard: str, why: str) -> None:
        super().__init__(case, step)
        self.guard, self.why = guard, why


class TooLate(Refusal):
    """The time for this ended at `due`; `why` "ahead": counted back from the day it names."""

    code: ClassVar[str] = "case.too_late"

    def __init__(self, case: str, due: str, why: str = "") -> None:
        super().__init__()
        self.case, self.due, self.why = case, due, why


class NoLonger(Refusal):
    """A clock may be lengthened by `most` of its unit at a time; not again, if that is 0."""

    code: ClassVar[str] = "case.no_longer"

    def __init__(self, case: str, clock: str, most: int) -> None:
        super().__init__()
        self.case, self.clock, self.most = case, clock, most
        self.why = "" if most else "used_up"


class NothingToUndo(Refusal):
    """This kernel step is not possible from here; `why` "used_up": not that often."""

    code: ClassVar[str] = "case.nothing_to_undo"

    def __init__(self, case: str, act: str, state: str, why: str = "") -> None:
        super().__init__()
        self.case, self.act, self.state, self.why = case, act, state, why
