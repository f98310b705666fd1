"""What may be asked of identity. One command, one transaction; nobody here commits."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from zhouqiao.base import Invalid, NotFound, Personal, check_id_card, check_uscc
from zhouqiao.platform.identity import errors, facts, model
from zhouqiao.platform.identity.declare import apart
from zhouqiao.platform.identity.model import (
    Body,
    BodyId,
    Certificate,
    CertificateId,
    PersonId,
    Post,
    PostId,
)
from zhouqiao.platform.identity.repository import Identities
from zhouqiao.store import Desk, personal

T = TypeVar("T")
KEYS = ("id_card", "phone")
STATUTORY = "个人信息保护法 §13(3)"
"""The usual basis: needed for a duty the law sets."""


def people(cell: str) -> str:
    """Return the scope that rows about persons are kept under."""
    return f"people/{cell}"


def register_person(
    desk: Desk, values: Mapping[str, Personal[str]], *, basis: str = STATUTORY
) -> PersonId:
    """Make somebody known: `name`, and where known `id_card`, `phone` and others.

    `basis` is the law or consent the values are kept under. Raises `Invalid`, `PersonKnown` (the
    id card is somebody's already).
    """
    scope = people(desk.cell)
    desk.may("person.register", scope=scope)
    if "name" not in values or not values["name"].value.strip():
        raise Invalid("name", "missing")
    person = desk.ids.new(PersonId)
    Identities(desk).add_person(person, scope)
    _keep(desk, person, values, basis)
    desk.tell(facts.PersonRegistered(person=person), about=person, scope=scope, person=person)
    return person


def correct_personal(
    desk: Desk,
    person: PersonId,
    values: Mapping[str, Personal[str]],
    *,
    basis: str = STATUTORY,
) -> None:
    """Set fields about a person anew. Raises `Invalid`, `NotAllowed`, `PersonKnown`."""
    scope = people(desk.cell)
    desk.may("personal.correct", scope=scope, person=person)
    _keep(desk, person, values, basis)
    fact = facts.PersonalCorrected(person=person, fields=tuple(sorted(values)))
    desk.tell(fact, about=person, scope=scope, person=person)


def find_person(desk: Desk, field: str, value: Personal[str]) -> list[PersonId]:
    """Return who has exactly that `id_card` or `phone`; nobody can list or guess."""
    desk.may("person.find", scope=people(desk.cell))
    if field not in KEYS:
        raise Invalid("field", "not_a_key", value=field)
    return Identities(desk).by_key(field, personal.blind(desk, field, _tidy(field, value.value)))


def _keep(desk: Desk, person: PersonId, values: Mapping[str, Personal[str]], basis: str) -> None:
    kept, tidy = Identities(desk), dict(values)
    for field in KEYS:
        if field in values:
            text = _tidy(field, values[field].value)
            tidy[field] = Personal(text, values[field].grade)
            kept.drop_key(person, field)
            blind = personal.blind(desk, field, text)
            if not kept.add_key(person, field, blind, people(desk.cell)):
                raise errors.PersonKnown
    personal.keep(desk, person, tidy, scope=people(desk.cell), basis=basis)


def _tidy(field: str, value: str) -> str:
    return check_id_card(value) if field == "id_card" else model.tidy_phone(value)


def register_body(desk: Desk, body: Body) -> Body:
    """Make a body known; its `id` is given here. Raises `Invalid`, `KeyTaken`."""
    body = msgspec.structs.replace(body, id=desk.ids.new(BodyId), uscc=check_uscc(body.uscc))
    scope = f"{body.checked().key}/{model.area_of(body.division)}"
    desk.may("body.register", scope=scope)
    if not Identities(desk).add_body(body, scope):
        raise errors.KeyTaken(body.key)
    told = {name: str(value) for name, value in msgspec.structs.asdict(body).items()}
    fact = facts.BodyRegistered(body=told.pop("id"), **told)
    desk.tell(fact, about=body.id, scope=scope)
    return body


def body_by_key(desk: Desk, key: str) -> Body:
    """Return the body whose scopes begin with `key`. Raises `NotFound`."""
    return known("body", key, Identities(desk).body("key", key))


def bodies(desk: Desk) -> list[Body]:
    """Return every body of the cell, by key."""
    return Identities(desk).bodies()


def open_post(desk: Desk, post: Post) -> Post:
    """Open a post at a known body; `id` and `key` are given here. Raises `Invalid`, `NotFound`."""
    kept = Identities(desk)
    body = known("body", post.body, kept.body("body", post.body))
    post = msgspec.structs.replace(post, id=desk.ids.new(PostId), key=body.key).checked()
    if not post.area.startswith(model.area_of(body.division)):
        raise Invalid("area", "outside_body", area=post.area, division=body.division)
    desk.may("post.open", scope=post.covers)
    kept.add_post(post)
    fact = facts.PostOpened(
        post=post.id, body=post.body, role=post.role, area=post.area, matter=post.matter
    )
    desk.tell(fact, about=post.id, scope=post.scope)
    return post


def close_post(desk: Desk, post_id: PostId) -> None:
    """Close a post; whoever held it acts from it no longer."""
    post = _open_post(desk, post_id)
    desk.may("post.close", scope=post.covers)
    Identities(desk).close_post(post_id)
    desk.tell(facts.PostClosed(post=post_id), about=post_id, scope=post.scope)


def appoint(desk: Desk, person: PersonId, post_id: PostId) -> None:
    """Give a person a post. Raises `NotYourself`, `RolesApart`, `PostIsClosed`; twice is once."""
    post = _open_post(desk, post_id)
    desk.may("post.appoint", scope=post.covers, person=person)
    not_yourself(desk, "post.appoint", person)
    for held in Identities(desk).posts_of(person):
        if apart(held.role, post.role):
            raise errors.RolesApart(held.role, post.role)
    if Identities(desk).add_holder(person, post):
        fact = facts.Appointed(person=person, post=post_id)
        desk.tell(fact, about=person, scope=post.scope, person=person)


def dismiss(desk: Desk, person: PersonId, post_id: PostId) -> None:
    """Take a post from a person, at once, in every session. Raises `PostNotHeld`."""
    post = _open_post(desk, post_id)
    desk.may("post.appoint", scope=post.covers, person=person)
    not_yourself(desk, "post.appoint", person)
    if not Identities(desk).end_holder(person, post_id):
        raise errors.PostNotHeld(post_id)
    fact = facts.Dismissed(person=person, post=post_id)
    desk.tell(fact, about=person, scope=post.scope, person=person)


def posts_of(desk: Desk, person: PersonId) -> list[Post]:
    """Return the open posts a person holds now, oldest first."""
    return Identities(desk).posts_of(person)


def assign_crew(desk: Desk, person: PersonId, unit: str | None, *, scope: str) -> None:
    """Say of which unit's crew a person is (None: of none); `platform.unit` calls this."""
    desk.may("unit.crew", scope=scope, person=person)
    Identities(desk).put_crew(person, unit, scope)
    fact = facts.CrewAssigned(person=person, unit=unit)
    desk.tell(fact, about=person, scope=scope, person=person)


def crew_of(desk: Desk, unit: str) -> list[PersonId]:
    """Return who crews a unit."""
    return Identities(desk).crew_of(unit)


def holders_of(desk: Desk, role: str, scope: str) -> list[PersonId]:
    """Return who holds an open post of a role (`<pack>.<role>`) that covers a scope."""
    held = Identities(desk).holders(role)
    return list(dict.fromkeys(one.person for one in held if scope.startswith(one.covers)))


def certify(desk: Desk, certificate: Certificate, *, scope: str) -> Certificate:
    """Keep a person's qualification; its `id` is given here. Raises `Invalid`, `NotYourself`."""
    certificate = msgspec.structs.replace(certificate.checked(), id=desk.ids.new(CertificateId))
    desk.may("certificate.issue", scope=scope, person=certificate.person)
    not_yourself(desk, "certificate.issue", certificate.person)
    Identities(desk).add_certificate(certificate, scope)
    fact = facts.CertificateIssued(
        certificate=certificate.id,
        person=certificate.person,
        kind=certificate.kind,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
    )
    desk.tell(fact, about=certificate.person, scope=scope, person=certificate.person)
    return certificate


def withdraw_certificate(desk: Desk, certificate_id: CertificateId, why: str) -> None:
    """End a qualification now; the next act that needs it is refused."""
    found, scope = Identities(desk).certificate(certificate_id)
    certificate = known("certificate", certificate_id, found)
    desk.may("certificate.withdraw", scope=scope, person=certificate.person)
    Identities(desk).end_certificate(certificate_id, why)
    fact = facts.CertificateWithdrawn(
        certificate=certificate_id, person=certificate.person, why=why
    )
    desk.tell(fact, about=certificate.person, scope=scope, person=certificate.person)


def require_certificate(desk: Desk, kind: str) -> Certificate:
    """Return the actor's certificate of a kind in force now. Raises `CertificateLacking`."""
    for certificate in Identities(desk).certificates_of(PersonId(desk.subject.person)):
        if certificate.kind == kind and certificate.in_force(desk.now()):
            return certificate
    raise errors.CertificateLacking(kind)


def _open_post(desk: Desk, post_id: PostId) -> Post:
    post = known("post", post_id, Identities(desk).post(post_id))
    if post.closed_at is not None:
        raise errors.PostIsClosed(post_id)
    return post


def not_yourself(desk: Desk, action: str, person: str) -> None:
    """Return unless the acting person is `person`. Raises `NotYourself`."""
    if desk.subject.person == person:
        raise errors.NotYourself(action)


def known(kind: str, key: str, found: T | None) -> T:
    """Return what was found. Raises `NotFound`."""
    if found is None:
        raise NotFound(kind, key)
    return found
