"""What a person may ask for: the openings of all packs that are theirs to use."""

from collections.abc import Iterator

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.pages.asking import Opening
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.parts import word
from zhouqiao.flow.case import NotYourStep, ShapeSpec
from zhouqiao.flow.dispatch.declare import DispatchSpec
from zhouqiao.platform.document.form import Field, Kind
from zhouqiao.sdk import Held, Loaded
from zhouqiao.store import Desk

AT = Field(name="at", kind=Kind.POINT, label="at")
"""Where to come, for a form that does not ask."""
PERSON, POST = Held.PERSON.value, Held.POST.value


def openings(eye: Eye) -> tuple[Opening, ...]:
    """Return what may be asked for, in the order the packs say it: for oneself, then by post."""
    found = [shape for one in eye.portal.packs for shape in one.shapes.values()]
    mine = [shape for shape in found if _is_theirs(eye, shape) and not _by_hand(shape)]
    mine.sort(key=lambda shape: shape.roles.get(shape.opens) != PERSON)
    return tuple(_opening(eye, shape) for shape in mine)


def opening(eye: Eye, procedure: str) -> tuple[Loaded, ShapeSpec]:
    """Return what `<pack>.<procedure>` is asked by.

    Raises `NotFound` where no page can ask for it, `NotYourStep` where it is not theirs to ask.
    """
    pack = next((one for one in eye.portal.packs if procedure in one.shapes), None)
    if pack is None or _by_hand(pack.shapes[procedure]):
        raise NotFound("ask", procedure)
    shape = pack.shapes[procedure]
    if not _is_theirs(eye, shape):
        raise NotYourStep("-", "open", (shape.opens,))
    return pack, shape


def asked_of(shape: ShapeSpec) -> tuple[Field, ...]:
    """Return what is asked: the fields of its form, and where to come if that is none of them."""
    fields = shape.forms[shape.begins].fields
    comes = bool(shape.section("dispatch", DispatchSpec))
    return (*fields, AT) if comes and not any(one.kind is Kind.POINT for one in fields) else fields


def scope_of(desk: Desk, body: str, *, by_post: bool) -> str:
    """Return the scope in which something is asked for: the county, or the asking post's own."""
    whole, reach = f"{body}/{desk.cell}", desk.subject.reach
    return reach if by_post and reach and reach.startswith(whole) else whole


def _is_theirs(eye: Eye, shape: ShapeSpec) -> bool:
    held, subject = shape.roles.get(shape.opens), eye.desk.subject
    body = next(one.pack.body for one in eye.portal.packs if one.pack.name == shape.pack)
    return held == PERSON or (
        held == POST
        and subject.holds(f"{shape.pack}.{shape.opens}", scope_of(eye.desk, body, by_post=True))
    )


def _by_hand(shape: ShapeSpec) -> bool:
    """Say whether it begins with a signature: no page of a browser asks for one."""
    return any(one.kind is Kind.SIGNATURE for one in _required(shape.forms[shape.begins].fields))


def _required(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        if field.required:
            yield field
            yield from _required(field.fields)


def _opening(eye: Eye, shape: ShapeSpec) -> Opening:
    pack, name = shape.pack, shape.procedure
    line = f"{pack}.offer.{name}"
    drawn = eye.procedure(pack, name).icon
    return Opening(
        title=word(eye.words, f"{pack}.procedure.{name}"),
        said=eye.words(line) if line in eye.words else "",
        icon=f"i-{drawn.value}", href=f"/ask/{pack}.{name}",
        body=word(eye.words, f"{pack}.name"),
    )  # fmt: skip
