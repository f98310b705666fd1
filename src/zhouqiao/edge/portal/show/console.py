"""What the steward looks at: what packs declare, the register of matters, the rules in force."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from zhouqiao.base import NotFound
from zhouqiao.edge.portal.door import Portal
from zhouqiao.edge.portal.pages import console
from zhouqiao.edge.portal.show.drawing import drawn
from zhouqiao.edge.portal.show.parts import word
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow import case as cases
from zhouqiao.flow.case import ClockSpec, ShapeSpec
from zhouqiao.flow.outcome.declare import Issues
from zhouqiao.flow.warning.declare import WarnAbove, WarnLate
from zhouqiao.platform import identity, rule
from zhouqiao.platform import matter as register
from zhouqiao.platform.rule import LegalClock, Spec, local_day
from zhouqiao.sdk import Loaded, check
from zhouqiao.store import Desk

PAGE = 200  # matters


def packs(desk: Desk, portal: Portal, page: Words, pack_words: Words) -> console.Packs:
    """Return every pack loaded, with what its check says."""
    return console.Packs(
        packs=tuple(
            console.PackLine(
                name=one.pack.name,
                title=word(pack_words, f"{one.pack.name}.name"),
                system=_system(page, one),
                version=_major(one),
                level=level_of(one),
                findings=len(check(one.pack)),
                open=_open(desk, one),
            )
            for one in portal.packs
        )
    )


def _system(page: Words, one: Loaded) -> str:
    """Return which of the three systems a pack belongs to, by the folder it lives in."""
    parts = one.pack.home.split(".")
    name = parts[-2] if len(parts) > 1 else one.pack.body
    return page(f"packs.systems.{name}") if f"packs.systems.{name}" in page else name


def _body(portal: Portal, key: str) -> str:
    """Return the name of the body a pack answers to; its key where it is not registered."""
    with portal.store.desk(portal.platform_subject()) as desk:
        return next((one.name for one in identity.bodies(desk) if one.key == key), key)


def _major(one: Loaded) -> int:
    head = one.pack.version.partition(".")[0]
    return int(head) if head.isdecimal() else 1


def _open(desk: Desk, one: Loaded) -> int:
    return sum(
        n for shape, n in cases.open_by_shape(desk).items() if shape in set(one.current.values())
    )


def pack(
    desk: Desk, portal: Portal, page: Words, pack_words: Words, name: str, procedure: str = ""
) -> console.Pack:
    """Return what a pack declares, by one of its procedures. Raises `NotFound`."""
    one = next((it for it in portal.packs if it.pack.name == name), None)
    if one is None:
        raise NotFound("pack", name)
    shapes = {key.rpartition(".")[2]: shape for key, shape in one.shapes.items()}
    shape = shapes.get(procedure) or next(iter(shapes.values()))
    mark = one.current[f"{name}.{shape.procedure}"]
    held = cases.open_by_shape(desk)
    return console.Pack(
        name=name,
        title=word(pack_words, f"{name}.name"),
        system=_system(page, one),
        procedure=f"{name}.{shape.procedure}",
        version=_major(one),
        shape=mark.removeprefix("sha256:"),
        level=level_of(one),
        findings=tuple(check(one.pack)),
        pinned=((_major(one), held[mark]),) if mark in held else (),
        body=_body(portal, one.pack.body),
        diagram=drawn(shape, page, pack_words),
        clocks=clocks_of(page, pack_words, shape),
        quality=tuple(quality(one, page)),
        now=tuple(_now(page, held, one)),
        uses=tuple(_uses(one, page, pack_words, shape)),
        tabs=tuple(_tabs(one, pack_words, shape)),
    )


def level_of(one: Loaded) -> Any:
    """Return the level of the quality scale a pack reaches: gold needs its law verified."""
    if check(one.pack):
        return "bronze"
    return "silver" if _assumed(one) else "gold"


def _assumed(one: Loaded) -> int:
    rows = sum(row.assumed for spec in tables_of(one) for row in spec.rows)
    return rows + sum(bool(c.term.assumed) for s in one.shapes.values() for c in s.clocks)


def quality(one: Loaded, page: Words) -> Iterator[console.Quality]:
    """Yield the rules of the quality scale, and how the pack stands with each."""
    sound, assumed = not check(one.pack), _assumed(one)
    promised = any(shape.clocks for shape in one.shapes.values())
    for name, done in (("ways", sound), ("words", sound), ("clocks", promised)):
        yield console.Quality(said=page(f"packs.rule.{name}"), state="done" if done else "todo")
    note = page("packs.rule.to_verify", n=assumed) if assumed else ""
    yield console.Quality(
        said=page("packs.rule.verified"), state="todo" if assumed else "done", note=note
    )
    papers = bool(one.papers)
    yield console.Quality(
        said=page("packs.rule.papers"),
        state="done" if papers else "exempt",
        note="" if papers else page("packs.rule.no_papers"),
    )


def _now(page: Words, held: Mapping[str, int], one: Loaded) -> Iterator[console.Count]:
    own = set(one.current.values())
    yield console.Count(
        label=page("packs.count.open"),
        n=sum(n for mark, n in held.items() if mark in own),
        unit=page("packs.pieces"),
    )
    yield console.Count(
        label=page("packs.count.procedures"), n=len(one.shapes), unit=page("packs.pieces")
    )
    yield console.Count(
        label=page("packs.count.functions"), n=len(one.functions), unit=page("packs.pieces")
    )


def _uses(
    one: Loaded, page: Words, pack_words: Words, shape: ShapeSpec
) -> Iterator[tuple[str, str]]:
    said = page("portal.and").join
    roles = [word(pack_words, f"{one.pack.name}.role.{role}") for role in shape.roles]
    yield page("packs.use.roles"), said(roles)
    yield page("packs.use.forms"), said(_shown(pack_words, shape))
    papers = [part.paper for part in one.pack.all(Issues)]
    if papers:
        kept = [page("packs.use.years", name=paper.name, n=paper.keep_years) for paper in papers]
        yield page("packs.use.papers"), said(kept)
    warnings = len(one.pack.all(WarnLate)) + len(one.pack.all(WarnAbove))
    yield page("packs.use.warnings"), str(warnings)


def _shown(words: Words, shape: ShapeSpec) -> list[str]:
    """Return the forms of a procedure by what is done when one is filled in."""
    own = f"{shape.pack}.step.{shape.procedure}."
    steps = {step.form: word(words, own + step.name) for step in shape.steps if step.form}
    return [word(words, f"{shape.pack}.procedure.{shape.procedure}"), *steps.values()]


def _tabs(one: Loaded, pack_words: Words, shown: ShapeSpec) -> Iterator[console.Tab]:
    for shape in one.shapes.values():
        name = one.pack.name
        yield console.Tab(
            word=word(pack_words, f"{name}.procedure.{shape.procedure}"),
            on=shape is shown,
            href=f"/console/packs/{name}?procedure={shape.procedure}",
            count=str(len(shape.states)),
        )


def clocks_of(page: Words, pack_words: Words, shape: ShapeSpec) -> tuple[console.Clock, ...]:
    """Return the clocks of a procedure: from where to where, by whom, how long, on what basis."""

    def state(name: str) -> str:
        return word(pack_words, f"{shape.pack}.state.{shape.procedure}.{name}")

    def by(one: ClockSpec) -> str:
        own = [step for step in shape.steps if step.name == one.name]
        steps = own or [step for step in shape.steps if step.end in one.until[:1]]
        roles = dict.fromkeys(chair.role for step in steps for chair in step.chairs)
        said = [word(pack_words, f"{shape.pack}.role.{role}") for role in roles]
        return page("portal.and").join(said) or page("console.platform")

    return tuple(
        console.Clock(
            from_=state(one.since)
            if one.since
            else word(pack_words, f"{shape.pack}.clock.{shape.procedure}.{one.name}"),
            to=page("portal.and").join(state(name) for name in one.until[:1] if name)
            or _next(shape, one.since, one.name, state),
            by=by(one),
            limit=length(page, one.term),
            statutory=one.term.is_statutory,
            basis=one.term.basis or page("console.own_word"),
            assumed=_unverified(page, one.term),
        )
        for one in shape.clocks
    )


def _next(shape: ShapeSpec, since: str, name: str, state: Any) -> str:
    step = next((one for one in shape.steps if one.name == name and one.start == since), None)
    return "" if step is None else str(state(step.end))


def length(page: Words, clock: LegalClock) -> str:
    """Return how long a clock is: `20 分钟`, `2 个工作日`."""
    return f"{clock.length} {page(f'rule.unit.{clock.unit.value}')}"


def _unverified(page: Words, clock: LegalClock) -> str:
    if not clock.assumed:
        return ""
    parts = [
        page(f"rule.part.{part}") if f"rule.part.{part}" in page else part for part in clock.assumed
    ]
    return page("console.unverified", parts=page("portal.and").join(parts))


def matters(
    desk: Desk, portal: Portal, page: Words, pack_words: Words, q: str = "", after: int = 0
) -> console.Matters:
    """Return the register of matters, and what packs declare that is not on it yet, by pages."""
    held = register.matters(desk)
    lines = [_matter(page, one) for one in held]
    known = {one.name for one in held}
    lines += [line for line in _declared(desk, portal, page, pack_words) if line.code not in known]
    found = tuple(one for one in lines if q.lower() in f"{one.name} {one.code}".lower())
    further = urlencode({"q": q, "after": after + PAGE})
    return console.Matters(
        matters=found[after : after + PAGE],
        q=q,
        total=len(lines),
        more=f"/console/matters?{further}" if len(found) > after + PAGE else "",
    )


def _matter(page: Words, one: register.Version) -> console.MatterLine:
    entry = one.entry

    def limit(it: Any) -> str:
        return "" if it is None else f"{it.length} {page(f'rule.unit.{it.unit.value}')}"

    return console.MatterLine(
        code=entry.code or one.name,
        name=entry.title,
        kind=_named(page, "kind", entry.kind),
        body=entry.body.name,
        level=_named(page, "level", entry.level),
        basis=page("portal.and").join(entry.basis),
        promise=limit(entry.promised),
        statutory=limit(entry.statutory),
        version=one.version,
        since=entry.valid_from,
    )


def _named(page: Words, group: str, value: Any) -> str:
    for key in (f"matter.{group}.{value}", f"{group}.{value}"):
        if key in page:
            return page(key)
    return str(value)


def _declared(
    desk: Desk, portal: Portal, page: Words, pack_words: Words
) -> Iterator[console.MatterLine]:
    for one in portal.packs:
        for matter in one.pack.matters:
            name = f"{one.pack.name}.{matter.name}"
            promised = [
                length(page, clock.term)
                for shape in one.shapes.values()
                if shape.matter == matter.name
                for clock in shape.clocks
                if clock.until
            ]
            yield console.MatterLine(
                code=name,
                name=word(pack_words, f"{one.pack.name}.matter.{matter.name}"),
                kind=_named(page, "kind", matter.kind),
                body=one.pack.body,
                level=_named(page, "level", matter.level),
                basis=page("portal.and").join(matter.basis),
                promise=page("portal.comma").join(promised),
                statutory="",
                version=_major(one),
                since=local_day(desk.now()),
                assumed=page("matters.not_registered"),
            )


def rules(desk: Desk, portal: Portal, page: Words, on: date) -> console.Rules:
    """Return the legal clocks, decision tables and factors as they stand on a day."""
    book = rule.calendar(desk)
    tables = [_table(page, spec, on) for one in portal.packs for spec in tables_of(one)]
    factors = [one for one in rule.factors(desk) if one.valid_from <= on]
    if factors:
        tables.append(_factors(page, factors))
    return console.Rules(
        on=on,
        clocks=tuple(_legal(page, one) for one in rule.clocks().values()),
        tables=tuple(tables),
        calendar=page(
            "rules.calendar", version=book.version[:12], first=min(book.years), last=max(book.years)
        ),
    )


def _legal(page: Words, one: LegalClock) -> console.Clock:
    title = one.zh if page.lang == "zh" else one.en
    start = f"rule.starts.{one.starts}"
    return console.Clock(
        from_=title or one.name,
        to="",
        by=page(start) if start in page else one.starts,
        limit=length(page, one),
        statutory=one.is_statutory,
        basis=page("portal.comma").join((one.basis, *one.also)),
        assumed=_unverified(page, one),
    )


def tables_of(one: Loaded) -> list[Spec]:
    """Return the dated tables a pack brings."""
    found = (make for key, make in one.functions.items() if ".table." in key)
    return [spec for spec in (make() for make in found) if isinstance(spec, Spec)]


def _table(page: Words, spec: Spec, on: date) -> console.Table:
    rows = spec.at(on) or spec.rows
    heads = list(dict.fromkeys(key for row in rows for key in (*row.when, *row.then)))
    return console.Table(
        name=spec.name,
        title=page("rules.table"),
        version=len(spec.rows),
        until=spec.ends[rows[0].id],
        since=rows[0].valid_from,
        source=rows[0].basis,
        heads=(page("rules.row"), *heads),
        rows=tuple(
            (row.id, *(_cell(row.when.get(h) or row.then.get(h)) for h in heads)) for row in rows
        ),
        assumed=page("portal.assumed") if any(row.assumed for row in rows) else "",
    )


def _cell(value: Any) -> str:
    plain = msgspec.to_builtins(value)
    if isinstance(plain, dict):
        return " ".join(str(one) for one in plain.values() if one not in (None, False, [], ()))
    return "—" if plain is None else str(plain)


def _factors(page: Words, found: Sequence[rule.Factor]) -> console.Table:
    return console.Table(
        name="factor",
        title=page("rules.factors"),
        version=len(found),
        until=None,
        since=min(one.valid_from for one in found),
        source=page("rules.factors_said"),
        heads=tuple(
            page(f"rules.head.{h}") for h in ("name", "value", "unit", "scope", "since", "source")
        ),
        rows=tuple(
            (
                one.name,
                str(one.value),
                one.unit,
                one.scope or "—",
                one.valid_from.isoformat(),
                one.source + (f" · {page('portal.assumed')}" if one.assumed else ""),
            )
            for one in found
        ),
    )
