"""What a citizen holds and is known by: papers, grants, their own data and who read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

import msgspec

from zhouqiao.edge.portal.format import local
from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.parts import Moment, Stage, Step
from zhouqiao.edge.portal.pages.public import Check
from zhouqiao.edge.portal.qr import qr_path
from zhouqiao.edge.portal.show.eye import KNOWN, Eye
from zhouqiao.edge.portal.show.parts import Reader, mark, weighed, word
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.platform import access, document, identity
from zhouqiao.platform.document.proof import Reason, Verification, Weight
from zhouqiao.store import Desk

PAID_WITHIN = 5  # working days; assumed, as no published rule names it
OUTCOMES = outcome.State
WAY = (OUTCOMES.GRANTED, OUTCOMES.ACCEPTED, OUTCOMES.CONFIRMED)


def papers(eye: Eye) -> pages.Papers:
    """Return every paper of the person."""
    held = outcome.papers_of(eye.desk, *(one.id for one in eye.mine(open_only=False)))
    return pages.Papers(papers=tuple(_paper_line(eye, one) for one in reversed(held)))


def _paper_line(eye: Eye, one: outcome.Paper) -> pages.ReceiptLine:
    current = document.proof.verify(eye.desk, one.paper).current
    status: Literal["good", "revoked"] = "good" if current else "revoked"
    return pages.ReceiptLine(
        id=one.paper, title=word(eye.words, f"{one.kind.partition('.')[0]}.paper.title"),
        on=local(one.issued_at).date(), said=one.number, status=status,
    )  # fmt: skip


def readable(desk: Desk, paper: str) -> dict[str, Any]:
    """Return what a paper says, to whoever signed it or may read cases there.

    Rows are visible to stewards too; what is said about a person is not theirs. Raises
    `NoSuchPaper`, `NotAllowed`.
    """
    form: dict[str, Any] = msgspec.json.decode(document.machine_file(desk, paper))["form"]
    if all(hand["person"] != desk.subject.person for hand in form["hands"]):
        desk.may("case.read", scope=form["scope"])
    return form


def receipt(eye: Eye, paper: str) -> pages.Receipt:
    """Return a paper as a page. Raises `NoSuchPaper`."""
    form = readable(eye.desk, paper)
    data, pack = form["data"], form["paper"].partition(".")[0]
    hands = {hand["role"]: hand for hand in form["hands"]}
    address = f"{eye.portal.address}/verify/{form['id']}"
    path, size = qr_path(address)
    found = document.proof.verify(eye.desk, paper)
    total, at = Decimal(data["total"]["kg"]), data["at"]
    return pages.Receipt(
        id=form["number"], file=form["id"], copy=eye.words(f"{pack}.copy.ship"),
        on=local(_moment(form["issued_at"])).date(), vessel=data["ship"],
        owner=hands.get("fisher", {}).get("name", ""),
        receiver=eye.words(f"{pack}.receipt.operator"), boat=data["vessel"],
        begun=_moment(data["begun"]), ended=_moment(data["ended"]), place="",
        at=(at["lon"], at["lat"]), accuracy=at.get("accuracy"),
        lines=weighed(eye, pack, data), total=total, total_words=_capitals(eye, total),
        giver_mark=mark(eye, pack, hands.get("fisher")),
        taker_mark=mark(eye, pack, hands.get("crew")),
        address=address, qr=path, qr_size=size, digest=found.digest or "",
        rule=eye.say("receipt.rule_of", title=eye.words(f"{pack}.paper.title"),
                     mark=form["shape"][:8]),
        made_at=_moment(form["issued_at"]), revoked=_revoked(eye, found),
    )  # fmt: skip


def _capitals(eye: Eye, total: Decimal) -> str:
    """Return a total as papers write it out, in Chinese; English has figures only."""
    return eye.portal.capitals(total) if eye.visitor.lang == "zh" else eye.f.number(total, 2)


def _revoked(eye: Eye, found: Verification) -> str:
    stale = (one for one in found.why if one.weight is Weight.STALE)
    return next((reason(eye, "", one) for one in stale), "")


def checks(eye: Reader, pack: str, found: Verification, raw: bytes | None) -> tuple[Check, ...]:
    """Return what was checked of a paper: what holds first, then what is only to be known."""
    told = [_check(eye, pack, one) for one in found.why if f"verdict.{one.code}" in eye.say]
    if found.genuine and raw is not None:
        told = [Check(said=eye.say("verify.held"), good=True), *_hands(eye, pack, raw), *told]
    told = list({one.said: one for one in told}.values())
    return tuple(sorted(told, key=lambda one: (one.good is not False, one.note)))


def _hands(eye: Reader, pack: str, raw: bytes) -> list[Check]:
    hands = msgspec.json.decode(raw)["form"]["hands"]
    said = ((word(eye.words, f"{pack}.role.{h['role']}"), h["key"]) for h in hands)
    return [Check(said=eye.say("verify.hand", role=role), good=True) for role, key in said if key]


def _check(eye: Reader, pack: str, one: Reason) -> Check:
    sealed = one.code == "document.sealed"
    note = one.weight is Weight.NOTE and not sealed
    good = True if sealed else None if note else False
    return Check(said=reason(eye, pack, one), good=good, note=note)


def reason(eye: Reader, pack: str, one: Reason) -> str:
    """Return a verification's reason in words, its slots too."""
    slots: dict[str, str] = {}
    for name, value in one.slots.items():
        group = f"document.{name}.{value}"
        if group in eye.say:
            slots[name] = eye.say(group)
        elif name == "role":
            slots[name] = word(eye.words, f"{pack}.role.{value}")
        elif name == "at":
            slots[name] = eye.f.archive(_moment(value))
        else:
            slots[name] = value[-8:] if name == "key" else value
    return eye.say(f"verdict.{one.code}", **slots)


def subsidy(eye: Eye, grant_id: str) -> pages.Subsidy:
    """Return how a grant is worked out. Raises `NoSuchGrant`."""
    grant = outcome.get(eye.desk, grant_id)
    eye.desk.may("case.read", scope=grant.scope, person=grant.person)
    paper = next((one for one in outcome.papers_of(eye.desk, grant.case)), None)
    worked = _worked(eye, grant)
    summed = sum((one.yuan for one in worked), Decimal(0)).quantize(Decimal("0.01"))
    rule, _, version = grant.rule.rpartition(".")[2].partition("@")
    return pages.Subsidy(
        id=grant.id, title=word(eye.words, f"{grant.pack}.fund.{grant.fund}"),
        yuan=grant.amount.yuan, receipt=paper.paper if paper else "",
        number=paper.number if paper else "", signed_on=local(grant.granted_at).date(),
        lines=worked, account=eye.known.get("account", "—"),
        rule=eye.say("subsidy.by_rule", rule=word(eye.words, f"{grant.pack}.rule.{rule}"),
                     version=version or "1"),
        account_source=word(eye.words, f"{grant.pack}.source.account"),
        paid_within=PAID_WITHIN, steps=_steps(eye, grant), moments=_moments(eye, grant),
        may_accept=grant.state in (OUTCOMES.GRANTED, OUTCOMES.RETURNED), once=eye.once(),
        assumed=word(eye.words, f"{grant.pack}.assumed.rates")
        if grant.inputs.get("assumed") else "",
        said=eye.say(f"outcome.state.{grant.state.value}"),
        left_out=eye.say("subsidy.ceiling", money=eye.f.money(summed))
        if worked and summed > grant.amount.yuan else "",
    )  # fmt: skip


def _worked(eye: Eye, grant: outcome.Granted) -> tuple[pages.Worked, ...]:
    rates, record = grant.inputs.get("rates", {}), grant.inputs["record"]
    row = word(eye.words, f"{grant.pack}.row.{grant.row}") if grant.row else ""
    return tuple(
        pages.Worked(
            kind=word(eye.words, f"{grant.pack}.option.{one['kind']}"),
            kg=Decimal(one["mass"]["kg"]), rate=Decimal(rates[one["kind"]]["yuan"]),
            yuan=Decimal(one["mass"]["kg"]) * Decimal(rates[one["kind"]]["yuan"]), factor=row,
        )
        for one in record.get("lines", [])
        if one["kind"] in rates
    )  # fmt: skip


def _steps(eye: Eye, grant: outcome.Granted) -> tuple[Step, ...]:
    if grant.state is OUTCOMES.REVERSED:
        return ()
    under_way = (OUTCOMES.ACCEPTED, OUTCOMES.REQUESTED, OUTCOMES.SENT)
    at = {OUTCOMES.GRANTED: 1, OUTCOMES.RETURNED: 1, OUTCOMES.CONFIRMED: 3}.get(grant.state, 1)
    at = 2 if grant.state in under_way else at
    stages: list[Stage] = ["done" if n < at else "now" if n == at else "next" for n in range(3)]
    return tuple(
        Step(word=eye.say(f"subsidy.step.{one.value}"), stage=stage)
        for one, stage in zip(WAY, stages, strict=True)
    )


def _moments(eye: Eye, grant: outcome.Granted) -> tuple[Moment, ...]:
    def said(state: outcome.State) -> str:
        return eye.say(f"subsidy.told.{state.value}")

    told = [Moment(said=said(OUTCOMES.GRANTED), stage="done", at=grant.granted_at)]
    if grant.accepted_at is not None:
        told.append(Moment(said=said(OUTCOMES.ACCEPTED), stage="done", at=grant.accepted_at))
    if grant.settled_at is not None:
        bad = grant.state in (OUTCOMES.RETURNED, OUTCOMES.REVERSED)
        stage: Stage = "warn" if bad else "done"
        told.append(
            Moment(
                said=said(grant.state), stage=stage, at=grant.settled_at, note=grant.reason or ""
            )
        )
    elif grant.accepted_at is not None:
        told.append(Moment(said=eye.say("subsidy.paid_within", n=PAID_WITHIN), stage="next"))
    return tuple(told)


def waiting(eye: Eye, grant: outcome.Granted) -> pages.Waiting:
    """Return a grant that waits for the person's word."""
    paper = next((one for one in outcome.papers_of(eye.desk, grant.case)), None)
    return pages.Waiting(
        id=grant.id, title=word(eye.words, f"{grant.pack}.fund.{grant.fund}"),
        yuan=grant.amount.yuan, receipt=paper.number if paper else "",
        signed_on=local(grant.granted_at).date(), paid_within=PAID_WITHIN,
    )  # fmt: skip


def reads(eye: Eye) -> pages.Reads:
    """Return who looked at the person's data this month."""
    looked = looks(eye)
    bodies = _bodies(eye) if looked else {}
    codes = {str(one.id): one.code for one in _cases(eye, looked)}
    return pages.Reads(
        month=local(eye.desk.now()).date(), total=len(looked),
        reads=tuple(
            pages.Looked(
                at=one.at, since=together[-1].at, times=len(together),
                body=bodies.get(one.body or "", eye.say("reads.platform")),
                post=_post(eye, one.role),
                fields=eye.say("portal.and").join(
                    eye.or_else(f"personal.{name}", name) for name in one.fields
                ),
                purpose=eye.or_else(f"purpose.{one.purpose}", eye.say("purpose.other")),
                case=one.case if one.case in codes else "", code=codes.get(one.case, ""),
            )
            for one, together in ((same[0], same) for same in _together(looked))
        ),
    )  # fmt: skip


def _together(looked: Sequence[access.Look]) -> Iterator[list[access.Look]]:
    """Yield readings next to each other that one post made for one affair, newest first."""
    for _, same in groupby(looked, lambda it: (it.body, it.role, it.fields, it.purpose, it.case)):
        yield list(same)


def _cases(eye: Eye, looked: Sequence[access.Look]) -> Sequence[cases.CaseLine]:
    names = sorted({one.case for one in looked if one.case})
    return cases.lines_of(eye.desk, names) if names else ()


def _bodies(eye: Eye) -> dict[str, str]:
    with eye.platform() as desk:
        return {str(one.id): one.name for one in identity.bodies(desk)}


def _post(eye: Eye, role: str) -> str:
    pack, _, name = role.partition(".")
    said = f"{pack}.role.{name}"
    return eye.words(said) if said in eye.words else eye.or_else(f"role.{role}", "—")


def looks(eye: Eye) -> list[access.Look]:
    """Return who looked at the person's data this month."""
    month = local(eye.desk.now()).strftime("%Y-%m")
    return [one for one in access.who_looked(eye.desk, eye.me) if f"{local(one.at):%Y-%m}" == month]


def me(eye: Eye) -> pages.Me:
    """Return who I am here, and what is known of me."""
    return pages.Me(
        name=eye.known.get("name", ""), looked=len(looks(eye)),
        outside=bool(eye.portal.providers),
        facts=tuple(
            pages.Known(
                label=eye.or_else(f"personal.{name}", name), value=eye.known[name],
                source=_source(eye, name), on=None,
            )
            for name in KNOWN
            if name != "name" and name in eye.known
        ),
    )  # fmt: skip


def _source(eye: Eye, name: str) -> str:
    keys = (f"{one.pack.name}.source.{name}" for one in eye.portal.packs)
    return next((eye.words(key) for key in keys if key in eye.words), "")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
