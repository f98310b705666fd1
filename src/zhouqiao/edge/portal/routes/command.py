"""The duty officer's screen and its panes; each is fetched again when something happened."""

from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter

from zhouqiao.base import Invalid, NotFound, Refusal
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf, spoken
from zhouqiao.edge.portal.pages import View, command
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import remembered
from zhouqiao.edge.portal.show import figures as numbers
from zhouqiao.edge.portal.show.chart import scene
from zhouqiao.edge.portal.show.command import (
    ACTS,
    Spoken,
    earlier_states,
    events,
    one_case,
    queue,
    reads_of,
    said_of,
    stands,
    times,
    watch,
    who_did,
    why,
)
from zhouqiao.edge.portal.show.machine import line_of
from zhouqiao.edge.portal.show.parts import own_name, word
from zhouqiao.edge.portal.show.rows import rows as rows_of
from zhouqiao.edge.portal.show.title import title
from zhouqiao.flow import case as cases
from zhouqiao.platform import access, notice
from zhouqiao.platform.place import load_atlas
from zhouqiao.store import Desk, story

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
CaseKey = Annotated[str, Parameter(pattern=r"^case_[0-9a-z]{1,59}$")]
HTML = {"media_type": MediaType.HTML, "sync_to_thread": True, "include_in_schema": False}
FIELDS, PURPOSE = ("name", "phone"), "handle_case"


@get("/command", **HTML)  # type: ignore[arg-type]  # common to all handlers of pages
def screen(request: Web) -> Response[str]:
    """Show everything at once; `?case=` chooses a case."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        return _screen(request, desk, visitor, request.query_params.get("case", ""))


@get("/command/queue", **HTML)  # type: ignore[arg-type]
def queue_pane(request: Web) -> Response[str]:
    """Show the queue."""
    chosen = request.query_params.get("case", "")
    return _pane(request, lambda desk, say: queue(desk, say, chosen=chosen))


@get("/command/figures", **HTML)  # type: ignore[arg-type]
def figures_pane(request: Web) -> Response[str]:
    """Show the six figures."""
    return _pane(request, numbers.figures)


@get("/command/events", **HTML)  # type: ignore[arg-type]
def events_pane(request: Web) -> Response[str]:
    """Show what just happened."""
    return _pane(request, events)


@get("/command/figures/{name:str}", **HTML)  # type: ignore[arg-type]
def figure(request: Web, name: str) -> Response[str]:
    """Open a figure to its making: a pane for scripts, the whole screen for a link."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        say = _allowed(request, desk, visitor)
        view = numbers.drill(desk, say, name)
        if _is_fragment(request):
            return _html(request, visitor, view)
        return _screen(request, desk, visitor, "", drill=view)


@get("/command/figures/{name:str}/rows", **HTML)  # type: ignore[arg-type]
def rows(request: Web, name: str) -> Response[str]:
    """Show every row behind a figure."""
    return _pane(request, lambda desk, say: rows_of(desk, say, name))


@get("/command/cases/{case:str}", **HTML)  # type: ignore[arg-type]
def case_pane(request: Web, case: CaseKey) -> Response[str]:
    """Show one case's whole way: a pane for scripts, the whole screen for a link."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        say = _allowed(request, desk, visitor)
        if _is_fragment(request):
            return _html(request, visitor, one_case(desk, say, case))
        return _screen(request, desk, visitor, case)


@get("/command/cases/{case:str}/why", **HTML)  # type: ignore[arg-type]
def why_pane(request: Web, case: CaseKey) -> Response[str]:
    """Show who was weighed up."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        view = why(desk, _allowed(request, desk, visitor), case)
        if _is_fragment(request):
            return _html(request, visitor, view)
        return _screen(request, desk, visitor, case, why=view)


@get("/command/cases/{case:str}/story", **HTML)  # type: ignore[arg-type]
def whole(request: Web, case: CaseKey) -> Response[str]:
    """Show every record of a case."""

    def make(desk: Desk, say: Spoken) -> View:
        found = cases.get(desk, case)
        desk.may("case.read", scope=found.scope)
        facts = tuple(
            msgspec.structs.replace(
                line_of(say.page, one), said=said_of(say, one, found), by=who_did(say, one, found)
            )
            for one in story(desk, case)
        )
        return command.Story(
            id=case, code=found.code, title=title(desk, say.pack, found), facts=facts
        )

    return _pane(request, make)


@get("/command/cases/{case:str}/reads", **HTML)  # type: ignore[arg-type]
def reads(request: Web, case: CaseKey) -> Response[str]:
    """Show who read personal data for a case."""

    def make(desk: Desk, say: Spoken) -> View:
        found = cases.get(desk, case)
        told = [(one, msgspec.json.decode(one.body)) for one in reads_of(desk, found)]
        return command.Reads(
            id=case,
            code=found.code,
            reads=tuple(
                command.Read(
                    at=one.recorded_at,
                    by=who_did(say, one, found),
                    fields=say.page("portal.and").join(
                        _field(say, name) for name in body["fields"]
                    ),
                    purpose=_purpose(say, body["purpose"]),
                )
                for one, body in told
            ),
        )

    return _pane(request, make)


@get("/command/cases/{case:str}/{act:str}", **HTML)  # type: ignore[arg-type]
def act_form(request: Web, case: CaseKey, act: str) -> Response[str]:
    """Ask for the reason."""
    return _pane(request, lambda desk, say: _act(desk, say, case, act))


@post("/command/cases/{case:str}/{act:str}", status_code=200, **HTML)  # type: ignore[arg-type]
def act_done(request: Web, case: CaseKey, act: str, data: Form) -> Response[Any]:
    """Do it, as the kernel's own rules allow; a refusal is said on the form."""
    carry_csrf(request, data)
    portal: Portal = request.app.state.portal
    try:
        with portal.visit(request) as (desk, visitor):
            say = _allowed(request, desk, visitor)
            if act == "call":
                return _html(request, visitor, _called(desk, say, case))
            _do(desk, case, act, data)
        return Response(None, status_code=303, headers={"location": f"/command?case={case}"})
    except Refusal as refusal:
        return _said_no(request, case, act, data, refusal)


def _said_no(
    request: Web, case: str, act: str, data: dict[str, str], refusal: Refusal
) -> Response[str]:
    """Show the form again with the refusal; whoever may not be here is refused as a page."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        view = _act(desk, _allowed(request, desk, visitor), case, act)
        shown = msgspec.structs.replace(
            view, refused=in_words(visitor, refusal), reason=data.get("reason", "")
        )
        return _html(request, visitor, shown, status=refusal.status)


def _do(desk: Desk, case: str, act: str, data: dict[str, str]) -> None:
    reason = data.get("reason", "")
    match act:
        case "reassign":
            cases.object_(desk, case, reason)
        case "return":
            cases.return_(desk, case, data.get("state", ""), reason)
        case "suspend":
            cases.suspend(desk, case, reason)
        case "resume":
            cases.resume(desk, case)
        case "extend":
            clock, length = data.get("clock", ""), data.get("length", "")
            if not length.isdecimal():
                raise Invalid("length", "not_a_number")
            cases.extend(desk, case, clock, reason, length=int(length))
        case _:
            raise NotFound("act", act)


def _act(desk: Desk, say: Spoken, name: str, act: str) -> command.Act:
    if act not in (*ACTS, "call"):
        raise NotFound("act", act)
    case = cases.get(desk, name)
    desk.may("case.read", scope=case.scope)
    states = earlier_states(case) if act == "return" else ()
    return command.Act(
        id=case.id,
        code=case.code,
        title=title(desk, say.pack, case),
        about=stands(say, case, {}),
        act=act,  # type: ignore[arg-type]  # checked above
        states=tuple(
            (state, word(say.pack, f"{case.pack}.state.{case.procedure}.{state}"))
            for state in states
        ),
        times=tuple(times(desk, say, case)) if act == "extend" else (),
    )


def _called(desk: Desk, say: Spoken, name: str) -> command.Act:
    view, case = _act(desk, say, name, "call"), cases.get(desk, name)
    if case.person is None:
        raise NotFound("person", name)
    shown = access.read_personal(desk, case.person, FIELDS, PURPOSE, name, scope=case.scope)
    told = [(_field(say, one), shown[one].text if one in shown else None) for one in FIELDS]
    found = tuple((label, text or say.page("command.not_kept")) for label, text in told)
    return msgspec.structs.replace(view, found=found)


def _purpose(say: Spoken, name: str) -> str:
    key = f"purpose.{name}"
    return say.page(key if key in say.page else "purpose.other")


def _field(say: Spoken, name: str) -> str:
    key = f"command.{name}"
    return say.page(key) if key in say.page else name


def _pane(request: Web, make: Any) -> Response[str]:
    with request.app.state.portal.visit(request) as (desk, visitor):
        say = _allowed(request, desk, visitor)
        return _html(request, visitor, make(desk, say), who=own_name(desk), post=_post(desk, say))


def _allowed(request: Web, desk: Desk, visitor: Visitor) -> Spoken:
    """Refuse whoever does not keep watch; return the reader's language."""
    watch(desk)
    portal: Portal = request.app.state.portal
    return Spoken(page=spoken(visitor.lang), pack=portal.pack_words(visitor.lang))


def _screen(
    request: Web,
    desk: Desk,
    visitor: Visitor,
    chosen: str,
    *,
    drill: command.DrillDown | None = None,
    why: command.Why | None = None,
) -> Response[str]:
    say = _allowed(request, desk, visitor)
    line = queue(desk, say, chosen=chosen)
    first = chosen or next((one.id for one in line.queued), "")
    if not chosen and first:
        line = queue(desk, say, chosen=first)
    view = command.Command(
        area=_area(desk, say),
        on_duty=own_name(desk),
        post=_post(desk, say),
        now=desk.now(),
        figures=numbers.figures(desk, say, on=drill.name if drill else ""),
        queue=line,
        events=events(desk, say),
        scene=scene(desk, say, chosen=first),
        case=one_case(desk, say, first) if first else None,
        drill=drill,
        why=why,
    )
    unread = notice.unread(desk, desk.subject.person)
    return _html(request, visitor, view, unread=unread)


def _area(desk: Desk, say: Spoken) -> str:
    """Return the county's name in the reader's language, as far as it has one there."""
    if f"division.{desk.cell}" in say.page:
        return say.page(f"division.{desk.cell}")
    try:
        return load_atlas().divisions.division(desk.cell).name
    except (Refusal, KeyError):
        return desk.cell


def _post(desk: Desk, say: Spoken) -> str:
    """Return the word of the role acted in."""
    role = next((seat.role.partition("@")[0] for seat in desk.subject.seats), "")
    pack, _, name = role.partition(".")
    key = f"role.kernel.{name}"
    if pack == "kernel":
        return say.page(key) if key in say.page else name
    return word(say.pack, f"{pack}.role.{name}")


def _html(
    request: Web, visitor: Visitor, view: View, *, status: int = 200, **around: Any
) -> Response[str]:
    """Draw a view; `around` is what the chrome is told besides."""
    chrome = request.app.state.portal.chrome(request, visitor, **around)
    return Response(
        render(view, chrome),
        status_code=status,
        media_type=MediaType.HTML,
        cookies=remembered(request, visitor),
    )


def _is_fragment(request: Web) -> bool:
    return "hx-request" in request.headers


HANDLERS = (
    screen,
    queue_pane,
    figures_pane,
    events_pane,
    figure,
    rows,
    case_pane,
    why_pane,
    whole,
    reads,
    act_form,
    act_done,
)
