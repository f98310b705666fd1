"""A procedure drawn as hulls on a line: the way it should go above, what may go wrong below."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from zhouqiao.edge.portal.show.parts import word
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow.case import ShapeSpec, StepSpec

WIDE, HIGH, GAP, ROW, ACROSS = 118, 44, 172, 118, 5
Spot = tuple[float, float]


def drawn(shape: ShapeSpec, page: Words, words: Words) -> str:
    """Return a procedure as SVG of our own making; nothing in it is markup of others."""
    line = main_line(shape)
    aside = [state for state in shape.states if state not in line]
    spots = dict(_places(line, 0))
    rows = (len(line) + ACROSS - 1) // ACROSS
    spots |= dict(_places(aside, rows))
    rows += (len(aside) + ACROSS - 1) // ACROSS
    wide = min(ACROSS, max(len(line), len(aside))) * GAP - GAP + WIDE + 40
    parts = [*_edges(shape, line, spots, page, words), *_hulls(shape, aside, spots, words)]
    title = escape(word(words, f"{shape.pack}.procedure.{shape.procedure}"))
    head = (
        f'<svg viewBox="0 0 {wide} {rows * ROW}" role="img" aria-label="{title}">'
        '<defs><marker id="ar" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" '
        'markerHeight="9" orient="auto-start-reverse"><path d="M1 1l8 4-8 4" class="arrow"/>'
        "</marker></defs>"
    )
    return head + "".join(parts) + "</svg>"


def main_line(shape: ShapeSpec) -> list[str]:
    """Return the states in the order a case goes when nothing goes wrong: the longest way on."""
    ways: list[list[str]] = [[shape.initial]]
    best = ways[0]
    while ways:
        way = ways.pop()
        if (len(way), way[-1] in shape.finals) > (len(best), best[-1] in shape.finals):
            best = way
        ways += [[*way, s.end] for s in reversed(shape.open_steps(way[-1])) if s.end not in way]
    return best


def _places(states: Sequence[str], row: int) -> Iterator[tuple[str, Spot]]:
    for n, state in enumerate(states):
        down, across = divmod(n, ACROSS)
        yield state, (20 + across * GAP, 18 + (row + down) * ROW)


def _hulls(
    shape: ShapeSpec, aside: Sequence[str], spots: Mapping[str, Spot], words: Words
) -> Iterator[str]:
    for state, (x, y) in spots.items():
        kind = "end" if state in shape.finals and state not in aside else ""
        kind = "aside" if state in aside else kind
        said = escape(word(words, f"{shape.pack}.state.{shape.procedure}.{state}"))
        hull = f"M{x} {y}h{WIDE}v{HIGH - 14}q0 14 -14 14h-{WIDE - 28}q-14 0 -14 -14z"
        yield f'<path d="{hull}" class="hull {kind}"/>'
        yield (
            f'<text x="{x + WIDE / 2}" y="{y + 27}" text-anchor="middle" class="{kind or "on"}">'
            f"{said}</text>"
        )


def _edges(
    shape: ShapeSpec, line: Sequence[str], spots: Mapping[str, Spot], page: Words, words: Words
) -> Iterator[str]:
    after = dict(pairwise(line))
    seen: dict[tuple[str, str], list[StepSpec]] = {}
    for step in shape.steps:
        seen.setdefault((step.start, step.end), []).append(step)
    for (start, end), steps in seen.items():
        if after.get(start) == end:
            yield from _straight(shape, steps[0], spots, page, words)
        else:
            yield _bent(spots[start], spots[end])


def _straight(
    shape: ShapeSpec, step: StepSpec, spots: Mapping[str, Spot], page: Words, words: Words
) -> Iterator[str]:
    (x, y), (to_x, to_y) = spots[step.start], spots[step.end]
    if to_y != y:
        yield _path(
            f"M{x + WIDE / 2} {y + HIGH}V{y + ROW / 2 + 22}H{to_x + WIDE / 2}V{to_y}", "flow"
        )
        return
    yield _path(f"M{x + WIDE} {y + HIGH / 2}H{to_x}", "flow")
    middle = (x + WIDE + to_x) / 2 - 2
    by = [word(words, f"{shape.pack}.role.{chair.role}") for chair in step.chairs]
    said = page("portal.and").join(by) or page("console.platform")
    yield f'<text x="{middle}" y="{y + 14}" text-anchor="middle" class="by">{escape(said)}</text>'
    clock = next((one for one in shape.clocks if one.name == step.name), None)
    if clock is not None:
        limit = f"{clock.term.length} {page(f'rule.unit.{clock.term.unit.value}')}"
        yield f'<text x="{middle}" y="{y + 38}" text-anchor="middle" class="t">{escape(limit)}</text>'


def _bent(start: Spot, end: Spot) -> str:
    (x, y), (to_x, to_y) = start, end
    if to_y > y:
        middle, into = y + HIGH + 26 + (x % 7), to_x + WIDE / 2 + (x - to_x) / 12
        return _path(f"M{x + WIDE / 2} {y + HIGH}V{middle}H{into}V{to_y}", "wrong")
    if to_y < y:
        return _path(f"M{x + WIDE / 2} {y}V{y - 22}H{to_x + WIDE * 0.8}V{to_y + HIGH}", "wrong")
    low = y + HIGH + 18
    return _path(f"M{x + WIDE * 0.3} {y + HIGH}V{low}H{to_x + WIDE * 0.7}V{y + HIGH}", "wrong")


def _path(way: str, kind: str) -> str:
    return f'<path d="{way}" class="{kind}" marker-end="url(#ar)"/>'
