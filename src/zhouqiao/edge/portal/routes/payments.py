"""Batches of payments: a person of the paying body looks at each and signs before it leaves."""

from typing import Any

from litestar import MediaType, Response, get, post

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.door import Portal, Visitor, Web, carry_csrf, spoken
from zhouqiao.edge.portal.pages import payments as pages
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.render import render
from zhouqiao.edge.portal.routes.citizen import leads_to, remembered
from zhouqiao.edge.portal.routes.public import Form
from zhouqiao.edge.portal.show.parts import headline, own_name
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.store import Desk

WAITING = "/payments"
Page = Response[Any]


@get(WAITING, sync_to_thread=True, include_in_schema=False)
def payments(request: Web) -> Page:
    """Show what waits for a signature."""
    return _page(request, None)


@post(f"{WAITING}/{{batch:str}}/sign", sync_to_thread=True, include_in_schema=False)
def sign(request: Web, batch: str, data: Form) -> Page:
    """Sign for a batch; it leaves with the next round."""
    portal: Portal = request.app.state.portal
    carry_csrf(request, data)
    with portal.visit(request) as (desk, _):
        _may(desk)
    try:
        with portal.visit(request) as (desk, _):
            outcome.sign_batch(desk, batch)
    except outcome.OwnBatch as refusal:
        return _page(request, refusal)
    return leads_to(WAITING)


def _may(desk: Desk) -> None:
    desk.may("outcome.pay", scope=desk.subject.reach or "")


def _page(request: Web, refusal: Refusal | None) -> Page:
    portal: Portal = request.app.state.portal
    with portal.visit(request) as (desk, visitor):
        _may(desk)
        view = _shown(desk, visitor, portal.pack_words(visitor.lang), refusal)
        chrome = portal.chrome(
            request, visitor, who=own_name(desk), post=spoken(visitor.lang)("role.kernel.leader")
        )
    status = 200 if refusal is None else refusal.status
    return Response(
        render(view, chrome), status_code=status, media_type=MediaType.HTML,
        cookies=remembered(request, visitor),
    )  # fmt: skip


def _shown(desk: Desk, visitor: Visitor, words: Words, refusal: Refusal | None) -> pages.Payments:
    return pages.Payments(
        batches=tuple(_batch(desk, words, one) for one in outcome.to_sign(desk)),
        refused="" if refusal is None else in_words(visitor, refusal),
    )


def _batch(desk: Desk, words: Words, made: outcome.BatchMade) -> pages.Batch:
    grants = outcome.payments_in(desk, made.id)
    about = {one.id: one for one in cases.lines_of(desk, sorted({it.case for it in grants}))}
    return pages.Batch(
        id=made.id, made_at=made.made_at, yuan=made.total.yuan,
        lines=tuple(_line(words, one, about[cases.CaseId(one.case)]) for one in grants),
    )  # fmt: skip


def _line(words: Words, grant: outcome.Granted, case: cases.CaseLine) -> pages.Line:
    return pages.Line(
        code=case.code, what=headline(words, case.pack, case.procedure, case.headline),
        yuan=grant.amount.yuan, granted_at=grant.granted_at,
    )  # fmt: skip


HANDLERS = (payments, sign)
