"""The JSON interface: what programs and the desk application speak."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
from litestar import get, post
from litestar.params import JSONBody, Parameter, QueryParameter

from zhouqiao.base import Datum, Point, Refusal
from zhouqiao.edge.portal.door import Portal, Web
from zhouqiao.edge.portal.routes.public import begin_session
from zhouqiao.edge.portal.show.openings import scope_of
from zhouqiao.flow import case as cases
from zhouqiao.flow import dispatch, evidence, outcome, task
from zhouqiao.platform.place import convert
from zhouqiao.sdk import Held
from zhouqiao.store import Desk, story

CaseKey = Annotated[str, Parameter(pattern=r"^case_[0-9a-z]{1,59}$")]
StepName = Annotated[str, Parameter(pattern=r"^[a-z_]{3,80}$")]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Credentials(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A sign-in name and its secret."""

    login: Annotated[str, msgspec.Meta(max_length=80)]
    password: Annotated[str, msgspec.Meta(max_length=200)]


class Token(msgspec.Struct, kw_only=True):
    """What to send as `Authorization: Bearer …`, and who it is for."""

    token: str
    person: str


class NewCase(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A request: `procedure` is `<pack>.<name>`; `key` names it at its source, for repeats."""

    procedure: Annotated[str, msgspec.Meta(max_length=80)]
    key: Key
    record: dict[str, Any]
    place: Point | None = None
    happened_at: datetime | None = None


class Signature(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A signature written by hand: SVG path data, and the digest of what it was written under."""

    role: Annotated[str, msgspec.Meta(max_length=40)]
    person: Annotated[str, msgspec.Meta(max_length=64)]
    name: Annotated[str, msgspec.Meta(max_length=80)] = ""
    strokes: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    width: Annotated[int, msgspec.Meta(ge=1, le=9999)] = 150
    height: Annotated[int, msgspec.Meta(ge=1, le=9999)] = 52
    signed_at: Annotated[str, msgspec.Meta(max_length=40)] = ""
    covers: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Taken(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A step to take: with what it shows, signed by whom, when; `key` names the intent."""

    key: Key
    record: dict[str, Any] | None = None
    signatures: tuple[Signature, ...] = ()
    happened_at: datetime | None = None
    offset: float = 0.0


class CaseSeen(msgspec.Struct, kw_only=True):
    """A case as programs see it."""

    id: str
    code: str
    procedure: str
    state: str
    phase: str
    nth: int
    unit: str | None
    opened_at: datetime
    due_at: datetime | None
    record: dict[str, Any]
    place: tuple[float, float] | None


class Outcome(msgspec.Struct, kw_only=True):
    """What became of an intent: done, waiting (others must sign), kept, refused."""

    key: str
    status: str
    state: str = ""
    nth: int = 0
    code: str = ""
    said: str = ""


@post("/api/session", status_code=201)
async def open_session(request: Web, data: JSONBody[Credentials]) -> Token:
    """Sign in."""
    portal: Portal = request.app.state.portal
    issued = await portal.gate.through(partial(begin_session, portal, data.login, data.password))
    if isinstance(issued, Refusal):
        raise issued
    return Token(token=issued.token, person=issued.session.person)


@post("/api/cases", sync_to_thread=True, status_code=201)
def open_case(request: Web, data: JSONBody[NewCase]) -> CaseSeen:
    """Open a case; the same key again returns the same case."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, _):
        return seen(desk, ask(portal, desk, data))


@get("/api/cases", sync_to_thread=True)
def list_cases(
    request: Web,
    in_state: Annotated[str | None, QueryParameter(name="state", max_length=40)] = None,
    procedure: Annotated[str | None, Parameter(max_length=80)] = None,
    sort: Literal["due", "opened"] = "opened",
    open_only: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
) -> list[cases.CaseLine]:
    """List the cases one may see."""
    with request.app.state.portal.visit(request) as (desk, _):
        if desk.subject.reach is not None:
            desk.may("case.read", scope=desk.subject.reach)
        asked = cases.Asked(
            state=in_state, procedure=procedure, sort=sort, open_only=open_only, limit=limit,
            person=desk.subject.person if _is_citizen(desk) else None,
            unit=desk.subject.unit if desk.subject.reach is None else None,
            scope=desk.subject.reach or None,
        )  # fmt: skip
        return cases.find(desk, asked)


def _is_citizen(desk: Desk) -> bool:
    return desk.subject.reach is None and desk.subject.unit is None


@get("/api/cases/{case:str}", sync_to_thread=True)
def one_case(request: Web, case: CaseKey) -> CaseSeen:
    """Return a case."""
    with request.app.state.portal.visit(request) as (desk, _):
        return seen(desk, readable(desk, case))


@get("/api/cases/{case:str}/story", sync_to_thread=True)
def one_story(request: Web, case: CaseKey) -> list[dict[str, Any]]:
    """Return what happened in a case, oldest first."""
    with request.app.state.portal.visit(request) as (desk, _):
        readable(desk, case)
        return [
            {
                "kind": one.kind, "at": one.happened_at, "recorded_at": one.recorded_at,
                "by": one.by, "body": msgspec.json.decode(one.body),
            }
            for one in story(desk, case)
        ]  # fmt: skip


@post("/api/cases/{case:str}/steps/{step:str}", sync_to_thread=True, status_code=200)
def take_step(request: Web, case: CaseKey, step: StepName, data: JSONBody[Taken]) -> Outcome:
    """Take a step of a case, with what it shows."""
    with request.app.state.portal.visit(request) as (desk, _):
        return step_taken(desk, case, step, data)


@get("/api/tasks", sync_to_thread=True)
def my_tasks(request: Web) -> list[task.Task]:
    """Return what the asking person is to do, most urgent first."""
    with request.app.state.portal.visit(request) as (desk, _):
        return list(task.todo(desk))


def readable(desk: Desk, name: str) -> cases.Case:
    """Return a case to whoever may read it: rows are visible to engineers, cases are not theirs."""
    case = cases.get(desk, name)
    desk.may("case.read", scope=case.scope, person=case.person)
    return case


def ask(portal: Portal, desk: Desk, data: NewCase) -> cases.Case:
    """Open a case in the place that is named; somebody must be able to come.

    It is about the asking person where it is theirs to ask for, and where a post opens it about
    nobody yet, in the area of that post.
    """
    pack = next((one for one in portal.packs if data.procedure in one.shapes), None)
    shape = pack.shapes[data.procedure] if pack else None
    by_post = shape is not None and shape.roles.get(shape.opens) == Held.POST.value
    point = None if data.place is None else convert(data.place.stated("place"), Datum.WGS84)
    case = cases.open_(
        desk, data.procedure, data.record,
        scope=scope_of(desk, pack.pack.body if pack else "-", by_post=by_post), key=data.key,
        person=None if by_post else desk.subject.person,
        point=None if point is None else (point.lon, point.lat), happened_at=data.happened_at,
    )  # fmt: skip
    dispatch.reachable(desk, case)
    return case


def step_taken(desk: Desk, case: str, step: str, data: Taken) -> Outcome:
    """Take a step by showing what it asks for; the same key again tells what became of it."""
    shown = evidence.show(
        desk, case, step, data.record or {}, key=data.key,
        signatures=[msgspec.to_builtins(one) for one in data.signatures],
        happened_at=data.happened_at, offset=data.offset,
    )  # fmt: skip
    outcome.foresee(desk, shown)
    return Outcome(
        key=data.key, status=shown.status, state=shown.state, nth=shown.nth, code=shown.why or ""
    )


def seen(desk: Desk, case: cases.Case) -> CaseSeen:
    """Return a case as programs see it."""
    due = cases.next_due(case, cases.shape_of(desk, case.shape))
    return CaseSeen(
        id=case.id, code=case.code, procedure=f"{case.pack}.{case.procedure}", state=case.state,
        phase=case.phase, nth=case.nth, unit=case.unit, opened_at=case.opened_at,
        due_at=due and due[0], record=case.record, place=case.point,
    )  # fmt: skip


HANDLERS = (
    open_session, open_case, list_cases, one_case, one_story, take_step, my_tasks,
)  # fmt: skip
