"""The crew's desk: a shell that works with the network cut, and what it speaks with us."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import MediaType, get, post
from litestar.params import JSONBody, Parameter
from litestar.response import File

from zhouqiao.base import NotAllowed, Refusal, stated_moment
from zhouqiao.edge.portal.door import Portal, Visitor, Web, spoken
from zhouqiao.edge.portal.format import local
from zhouqiao.edge.portal.pages.desk import Desk as Shell
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import STATIC, render
from zhouqiao.edge.portal.routes.keys import DeviceKey, enrol, tell
from zhouqiao.edge.portal.show import desk as show
from zhouqiao.flow import case as cases
from zhouqiao.flow import evidence, outcome
from zhouqiao.platform.document.seal import is_held
from zhouqiao.platform.identity import (
    Handset,
    HandsetEnded,
    SessionEnded,
    refuse_late,
    revoked_by_key,
)
from zhouqiao.store import Desk

MOST = 200
LATE = "identity.handset_late"  # why what a revoked phone brings takes no step


class Hand(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A hand signature as the device drew it; `mark` is the device key's over all the rest."""

    role: Annotated[str, msgspec.Meta(max_length=40)]
    person: Annotated[str, msgspec.Meta(max_length=64)]
    name: Annotated[str, msgspec.Meta(max_length=80)] = ""
    strokes: Annotated[str, msgspec.Meta(max_length=40_000)] = ""
    width: int = 150
    height: int = 52
    signed_at: str = ""
    covers: str = ""
    key: str | None = None
    mark: str = ""


class Shown(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a step was taken with."""

    record: dict[str, Any] | None = None
    hands: tuple[Hand, ...] = ()


class Intent(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A step taken on a device, perhaps days ago; `client_id` names it for ever.

    `person` took it: whoever signs in on that device later does not send it as theirs.
    """

    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    person: Annotated[str, msgspec.Meta(max_length=64)] = ""
    case: Annotated[str, msgspec.Meta(pattern=r"^case_[0-9a-z]{1,59}$")]
    step: Annotated[str, msgspec.Meta(max_length=80)]
    base_version: int = 0
    happened_at: datetime | None = None
    clock_offset: float = 0.0
    body: Shown = msgspec.field(default_factory=Shown)
    key: str = ""
    signature: str = ""


class Intents(msgspec.Struct, kw_only=True):
    """A device's queue, in the order it happened."""

    intents: Annotated[list[Intent], msgspec.Meta(max_length=MOST)]


class Result(msgspec.Struct, kw_only=True):
    """What became of an intent: done, waiting, kept (both sides are shown), refused (in words)."""

    client_id: str
    status: str
    words: str = ""
    theirs: str = ""
    mine: str = ""
    version: int = 0


@get("/desk/", media_type=MediaType.HTML, sync_to_thread=True)
def shell(request: Web) -> str:
    """Return the shell; it holds no task, so that it may be kept on the device."""
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (_, visitor):
        return render(Shell(), portal.chrome(request, visitor))


@get("/desk/sw.js", sync_to_thread=False)
def worker() -> File:
    """Return the service worker, from the path it is to serve."""
    return File(
        STATIC / "desk" / "sw.js", media_type="text/javascript", content_disposition_type="inline"
    )


@get("/desk/manifest.webmanifest", sync_to_thread=False)
def manifest() -> File:
    """Return what makes it installable."""
    path = STATIC / "desk" / "manifest.webmanifest"
    return File(path, media_type="application/manifest+json", content_disposition_type="inline")


@get("/desk/map-worker.mjs", sync_to_thread=False)
def map_worker() -> File:
    """Return the map's own worker, kept with the shell."""
    path = STATIC / "vendor" / "maplibre-gl-worker.mjs"
    return File(path, media_type="text/javascript", content_disposition_type="inline")


@get("/api/desk/tasks", sync_to_thread=True)
def desk_tasks(
    request: Web,
    person: Annotated[str, Parameter(max_length=64)] = "",
    known: Annotated[list[str] | None, Parameter(max_items=MOST)] = None,
) -> dict[str, Any]:
    """Return the device's unit, tasks and words.

    `known` are cases whose person's name the device was told and still keeps, for `person`: it is
    not told again, for each telling is a look at somebody.
    """
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        same = person == desk.subject.person
        return show.tasks(portal, desk, visitor, frozenset(known or ()) if same else frozenset())


@post("/api/desk/keys", sync_to_thread=True, status_code=200)
def meet(request: Web, data: JSONBody[DeviceKey]) -> dict[str, str]:
    """Set up, or meet again, the phone one sits at; its key's name must be its own thumbprint."""
    with request.app.state.portal.visit(request) as (desk, visitor):
        refusal = enrol(desk, request, visitor, data)
    if refusal is not None:
        raise refusal
    return {"id": data.id}


@post("/api/intents", sync_to_thread=True, status_code=200)
def take_intents(request: Web, data: JSONBody[Intents]) -> dict[str, list[Result]]:
    """Take a device's queue, each intent in its own transaction, in order."""
    portal: Portal = request.app.state.portal
    return {"results": [_settled(portal, request, one) for one in data.intents]}


def _settled(portal: Portal, request: Web, one: Intent) -> Result:
    visitor = portal.stranger(request)
    try:
        with portal.visit(request) as (desk, visitor):
            return _taken(portal, desk, visitor, one)
    except (SessionEnded, HandsetEnded):
        raise
    except Refusal as refusal:
        said = in_words(visitor, refusal, portal.pack_words(visitor.lang))
        return Result(client_id=one.client_id, status="refused", words=said)


def _taken(portal: Portal, desk: Desk, visitor: Visitor, one: Intent) -> Result:
    if one.person and one.person != desk.subject.person:
        raise NotAllowed("evidence.show", person=one.person)
    ended = revoked_by_key(desk, one.key) if one.key else None
    if ended is not None and _after(desk, one, ended):
        return _refused(desk, visitor, one, ended)
    shown = evidence.show(
        desk, one.case, one.step, one.body.record or {}, key=one.client_id,
        signatures=[_hand(desk, hand) for hand in one.body.hands],
        happened_at=one.happened_at, offset=one.clock_offset,
        withheld=None if ended is None else LATE,
    )  # fmt: skip
    if ended is not None:
        tell(desk, ended.person, "late", ended.label, once=ended.id)
        words = spoken(visitor.lang)(f"refusal.{LATE}")
        return Result(client_id=one.client_id, status="kept", words=words, version=shown.nth)
    if shown.status == "kept":
        return _conflict(portal, visitor, one, cases.get(desk, one.case))
    outcome.foresee(desk, shown)
    return Result(client_id=one.client_id, status=shown.status, version=shown.nth)


def _after(desk: Desk, one: Intent, ended: Handset) -> bool:
    """Say whether it was done, by its own word, when the phone was no longer in use."""
    done = stated_moment(one.happened_at, desk.now())
    return ended.revoked_at is not None and done >= ended.revoked_at


def _refused(desk: Desk, visitor: Visitor, one: Intent, ended: Handset) -> Result:
    """Answer what was done on a phone after its end; that it came is written down."""
    refuse_late(desk, ended, one.case, stated_moment(one.happened_at, desk.now()))
    tell(desk, ended.person, "late", ended.label, once=ended.id)
    at = "" if ended.revoked_at is None else f"{local(ended.revoked_at):%m-%d %H:%M}"
    said = spoken(visitor.lang)("refusal.identity.handset_after", at=at)
    return Result(client_id=one.client_id, status="refused", words=said)


def _conflict(portal: Portal, visitor: Visitor, one: Intent, case: cases.Case) -> Result:
    words = portal.pack_words(visitor.lang)
    at = f"{local(case.entered):%H:%M}"
    return Result(
        client_id=one.client_id, status="kept", version=case.nth,
        words=spoken(visitor.lang)("refusal.portal.conflict", clock=at),
        theirs=words(f"{case.pack}.state.{case.procedure}.{case.state}"),
        mine=words(f"{case.pack}.step.{case.procedure}.{one.step}"),
    )  # fmt: skip


def _hand(desk: Desk, hand: Hand) -> dict[str, Any]:
    """Return a hand as a paper keeps it: the device's mark vouches for its own person only."""
    plain: dict[str, Any] = msgspec.to_builtins(hand)
    me = desk.subject.person
    if hand.person != me or hand.key is None or not is_held(desk, hand.key, me):
        plain |= {"key": None, "mark": ""}
    return plain


HANDLERS = (shell, worker, manifest, map_worker, desk_tasks, meet, take_intents)
