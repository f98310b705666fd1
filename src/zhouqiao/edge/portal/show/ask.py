"""The page on which something is asked for, drawn from the form its procedure begins with."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.edge.portal.filled import HERE, About, Sent, Spot, blocks, last, tiles
from zhouqiao.edge.portal.pages.asking import Ask, FieldError, Input, Option, Shape
from zhouqiao.edge.portal.refusals import in_words
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.openings import AT, asked_of, opening
from zhouqiao.edge.portal.show.parts import icon_of, word
from zhouqiao.edge.portal.vocabulary import leaves
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import ShapeSpec
from zhouqiao.platform.document.form import Field, FormFaults, Kind
from zhouqiao.platform.place import Atlas

SPOTS, LONG, HALF = 3, 80, Decimal(2)  # known places offered; a text of more asks for a box
UNSAID = Field(name="", kind=Kind.TEXT, label="").longest  # of a text that says no length: a line
MEDIA = {"image": "image/jpeg,image/png,image/webp", "video": "video/mp4", "pdf": "application/pdf"}
SHAPES: Mapping[Kind, Shape] = {
    Kind.FLAG: "flag", Kind.DATE: "date", Kind.TIME: "time", Kind.FILE: "file",
    Kind.POINT: "place", Kind.TEXT: "text", Kind.REFERENCE: "text",
}  # fmt: skip
ABOUT = {"place": ("place.", "dispatch."), "file": ("document.file", "document.no_such_file")}
"""Which input a refusal is about, by its code."""


def ask(
    eye: Eye, procedure: str, atlas: Atlas, sent: Sent | None = None, wrong: Refusal | None = None
) -> Ask:
    """Return the page: as it is opened, or as it was `sent`, with what is `wrong` at its field.

    Raises `NotFound` and `NotYourStep` where they cannot ask for it.
    """
    pack, shape = opening(eye, procedure)
    sheet = _Sheet(eye, pack.pack.name, shape, about_of(eye, shape, atlas), sent or {})
    inputs = tuple(sheet.inputs(asked_of(shape)))
    errors = tuple(sheet.errors(inputs, wrong)) if wrong else ()
    step, before, after = _way(inputs, sent or {}, errors)
    line = f"{shape.pack}.offer.{shape.procedure}"
    return Ask(
        matter=procedure, title=word(eye.words, f"{shape.pack}.procedure.{shape.procedure}"),
        said=eye.words(line) if line in eye.words else "", inputs=inputs, once=eye.once(),
        promise=_promise(eye, shape), errors=errors, box=atlas.bounds(eye.desk.cell),
        phrases=eye.phrases(shape.pack, shape.procedure), step=step, before=before, after=after,
        kept=tuple(_kept(sent or {}, step, inputs)), sure=tuple(sheet.sure(inputs)),
    )  # fmt: skip


def about_of(eye: Eye, shape: ShapeSpec, atlas: Atlas) -> About:
    """Return what need not be asked: what is known of the person, and the known places."""
    fields = list(leaves(shape.forms[shape.begins].fields))
    known = eye.known_as({one.known for one in fields if one.known})
    zh = eye.visitor.lang == "zh"
    near = atlas.berths[:SPOTS] if any(one.places == "berths" for one in fields) else ()
    spots = {str(b.id): Spot(b.name if zh else b.name_en, b.at.lon, b.at.lat) for b in near}
    return About(known, spots)


def _promise(eye: Eye, shape: ShapeSpec) -> str:
    running = [clock for clock in shape.clocks if clock.since == shape.initial]
    if not running:
        return ""
    at = f"{shape.pack}.clock.{shape.procedure}"
    said = eye.say("portal.comma").join(word(eye.words, f"{at}.{one.name}") for one in running)
    until = (one.term.length for one in running if one.until and one.term.unit == "minutes")
    page = eye.page(shape.pack, shape.procedure)
    return page("ask.promise", clocks=said, p=next(until, 0))


def _way(
    inputs: tuple[Input, ...], sent: Sent, errors: tuple[FieldError, ...]
) -> tuple[str, str, str]:
    """Return which input the elder layout asks now, and those around it ("": make sure)."""
    steps = [one.name for one in inputs if one.required and one.shape != "known"] + [""]
    wrong = [one for one in steps if any(e.field == one for e in errors)]
    asked = wrong[0] if wrong else last(sent, "step") if sent else steps[0]
    at = steps.index(asked) if asked in steps else 0
    return steps[at], steps[at - 1] if at else "-", steps[at + 1] if at + 1 < len(steps) else "-"


def _kept(sent: Sent, step: str, inputs: tuple[Input, ...]) -> Iterator[tuple[str, str]]:
    """Yield what the elder layout keeps of the other questions, as it was sent."""
    tile = next((one for one in inputs if one.name == step), None)
    for name, values in sent.items():
        own = tile is not None and (name == step or name.startswith((f"{step}.", f"{step}[")))
        if not own and name not in ("csrf", "once", "step"):
            yield from ((name, value) for value in values)


class _Sheet:
    """One form for one reader: the fields of a pack, drawn with what was sent."""

    def __init__(self, eye: Eye, pack: str, shape: ShapeSpec, about: About, sent: Sent) -> None:
        self.eye, self.pack, self.shape, self.about, self.sent = eye, pack, shape, about, sent

    def inputs(self, fields: tuple[Field, ...], at: str = "") -> Iterator[Input]:
        """Yield the inputs of some fields, in the order they are declared."""
        for field in fields:
            if not field.names and field.kind is not Kind.SIGNATURE:
                yield from self._drawn(field, at + field.name)

    def _drawn(self, field: Field, path: str) -> Iterator[Input]:
        if field.kind is Kind.RECORD and tiles(field) is None:
            yield from self._groups(field, path)
        else:
            yield self._one(field, path)

    def _groups(self, field: Field, path: str) -> Iterator[Input]:
        places = blocks(field, self.sent, path) if field.many else (path,)
        for n, at in enumerate(places):
            needed = field.required and n < max(field.fewest, 1)
            inner = tuple(self.inputs(field.fields, f"{at}."))
            label = f"{self.label(field)} {n + 1}" if field.many else self.label(field)
            yield Input(name=at, shape="group", label=label, required=needed, inputs=inner)

    def _one(self, field: Field, path: str) -> Input:
        known = self.about.known.get(field.known, "") if field.known else ""
        source = f"{self.pack}.source.{field.known}"
        return Input(
            name=path, shape="known" if known else self._shape(field), label=self.label(field),
            hint=self._said(f"hint.{field.label}"), required=field.required, many=field.many,
            value=known or self._value(field, path), unit=_unit(field), least=field.least or "",
            most=field.most or "", shortest=field.shortest, longest=field.longest,
            source=self.eye.words(source) if source in self.eye.words else "",
            options=tuple(self._options(field, path)), kept=tuple(self._files(field, path)),
            at=self._here(path), media=",".join(MEDIA[one] for one in field.media),
        )  # fmt: skip

    def _shape(self, field: Field) -> Shape:
        if field.kind is Kind.RECORD:
            return "tiles"
        if field.kind is Kind.CHOICE:
            return "choices" if field.many else "choice"
        if field.many and field.kind is not Kind.FILE:
            return "long"
        shape = SHAPES.get(field.kind, "number")
        is_long = field.longest > LONG and field.longest != UNSAID
        return "long" if shape == "text" and is_long else shape

    def label(self, field: Field) -> str:
        """Return the question a pack asks for a field, else its label."""
        keys = (f"question.{field.label}", field.label, f"field.{field.name}")
        otherwise = self.eye.say("ask.where") if field is AT else field.name
        return next((said for key in keys if (said := self._said(key))), otherwise)

    def _said(self, key: str) -> str:
        whole = f"{self.pack}.{key}"
        return self.eye.words(whole) if whole in self.eye.words else ""

    def _value(self, field: Field, path: str) -> str:
        if field.kind is Kind.POINT:
            return last(self.sent, path) or next(iter(self.about.spots), "")
        return "\n".join(self.sent.get(path, ())) if field.many else last(self.sent, path)

    def _here(self, path: str) -> tuple[str, str, str]:
        lon, lat, accuracy = (
            last(self.sent, f"{path}.{one}") for one in ("lon", "lat", "accuracy")
        )
        return lon, lat, accuracy

    def _files(self, field: Field, path: str) -> tuple[str, ...]:
        return tuple(filter(None, self.sent.get(path, ()))) if field.kind is Kind.FILE else ()

    def _options(self, field: Field, path: str) -> Iterator[Option]:
        if field.kind is Kind.POINT and field.places:
            for name, spot in self.about.spots.items():
                note = self._said("source.berth")
                yield Option(name=name, word=spot.name, note=note, icon="i-anchor")
        elif field.kind is Kind.CHOICE:
            for one in field.options:
                yield self._option(field, one, chosen=one in self.sent.get(path, ()))
        elif both := tiles(field):
            yield from self._tiles(field, *both, path)

    def _tiles(self, field: Field, choice: Field, amount: Field, path: str) -> Iterator[Option]:
        before = self._before(field, choice, amount) if not self.sent else {}
        chosen = set(self.sent.get(path, ())) if self.sent else set(before)
        for one in choice.options:
            usual = Decimal(amount.usual.get(one, "0"))
            told = last(self.sent, f"{path}.{one}") or before.get(one) or f"{usual:f}"
            step = f"{usual / HALF:f}" if usual else "1"
            drawn = self._option(choice, one, chosen=one in chosen)
            yield Option(
                name=one, word=drawn.word, note=drawn.note, icon=drawn.icon, mark=drawn.mark,
                amount=told, step=step, chosen=drawn.chosen,
            )  # fmt: skip

    def _option(self, field: Field, one: str, *, chosen: bool) -> Option:
        said = self._said(f"{field.label}.{one}") or self._said(f"{field.choice}.{one}") or one
        return Option(
            name=one, word=said, note=self._said(f"note.{one}"), chosen=chosen,
            icon=icon_of(self.eye.words, self.pack, one, ""), mark=self._said(f"hazardous.{one}"),
        )  # fmt: skip

    def _before(self, field: Field, choice: Field, amount: Field) -> dict[str, str]:
        """Return what was asked for last time, by option."""
        like = (self.shape.pack, self.shape.procedure)
        mine = self.eye.mine(open_only=False)
        same = next((one for one in mine if (one.pack, one.procedure) == like), None)
        items = cases.get(self.eye.desk, same.id).record.get(field.name, []) if same else []
        return {one[choice.name]: one[amount.name][amount.unit] for one in items}

    def sure(self, inputs: tuple[Input, ...]) -> Iterator[tuple[str, str]]:
        """Yield each question with its answer, as the elder layout has it made sure of."""
        for one in inputs:
            if said := self._answer(one):
                yield one.label, said

    def _answer(self, one: Input) -> str:
        joined = self.eye.say("portal.and").join
        if one.shape == "group":
            return joined(said for inner in one.inputs if (said := self._answer(inner)))
        if one.shape in ("tiles", "choice", "choices"):
            return joined(option.word for option in one.options if option.chosen)
        if one.shape == "place":
            here = self.eye.say("ask.here") if one.value == HERE else ""
            return next((o.word for o in one.options if o.name == one.value), here)
        return self._bare(one)

    def _bare(self, one: Input) -> str:
        if one.shape == "flag":
            return self.eye.say("ask.yes" if one.value else "ask.no")
        if one.shape == "file":
            return self.eye.say("ask.file") if one.kept else ""
        return f"{one.value} {one.unit}".strip() if one.value else ""

    def errors(self, inputs: tuple[Input, ...], wrong: Refusal) -> Iterator[FieldError]:
        """Yield what is wrong, each at the input it is about."""
        if isinstance(wrong, FormFaults):
            for fault in wrong.faults:
                yield self._fault(inputs, fault)
            return
        said = in_words(self.eye.visitor, wrong, self.eye.words)
        shape = next((name for name, codes in ABOUT.items() if wrong.code.startswith(codes)), "")
        at = next((one.name for one in _all(inputs) if one.shape == shape), "")
        yield FieldError(field=at, said=said)

    def _fault(self, inputs: tuple[Input, ...], fault: Mapping[str, Any]) -> FieldError:
        path = str(fault["field"])
        one = max((i for i in _all(inputs) if _is_of(path, i.name)), key=_length, default=None)
        slots = {name: value for name, value in fault.items() if name not in ("field", "why")}
        said = self.eye.say(f"fault.{fault['why']}", **slots)
        label = one.label if one else path
        return FieldError(field=one.name if one else "", said=f"{label}: {said}"
                          if self.eye.visitor.lang == "en" else f"{label}：{said}")  # fmt: skip


def _unit(field: Field) -> str:
    both = tiles(field)
    return (both[1].unit if both else field.unit) or ""


def _all(inputs: tuple[Input, ...]) -> Iterator[Input]:
    for one in inputs:
        yield one
        yield from _all(one.inputs)


def _is_of(path: str, name: str) -> bool:
    return path == name or path.startswith((f"{name}.", f"{name}["))


def _length(one: Input) -> int:
    return len(one.name)
