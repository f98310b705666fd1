"""A procedure drawn as hulls on a line: the way it should go above, what may go wrong below."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from zhouqiao.edge.portal.show.parts import word
from zhouqiao.edge.portal.words import Words
from zhouqiao.flow.case import ShapeSpec, StepSpec

WIDE, HIGH, GAP, ROW, ACROSS, LINE = 132, 44, 212, 116, 5, 15
Spot = tuple[float, float]
Seat = tuple[int, int]


def drawn(shape: ShapeSpec, page: Words, words: Words) -> str:
    """Return a procedure as SVG of our own making; nothing in it is markup of others."""
    line = main_line(shape)
    seats = seated(shape, line)
    spots = {state: (20.0 + col * GAP, 20.0 + row * ROW) for state, (row, col) in seats.items()}
    rows, cols = (1 + max(seat[n] for seat in seats.values()) for n in (0, 1))
    parts = [*_edges(shape, line, spots, page, words), *_hulls(shape, line, spots, words)]
    title = escape(word(words, f"{shape.pack}.procedure.{shape.procedure}"))
    head = (
        f'<svg viewBox="0 0 {cols * GAP - GAP + WIDE + 40} {rows * ROW - ROW + HIGH + 56}" '
        f'role="img" aria-label="{title}"><defs><marker id="ar" viewBox="0 0 10 10" refX="9" '
        'refY="5" markerWidth="9" markerHeight="9" orient="auto-start-reverse">'
        '<path d="M1 1l8 4-8 4" class="arrow"/></marker></defs>'
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


def seated(shape: ShapeSpec, line: Sequence[str]) -> dict[str, Seat]:
    """Return row and column of each state: the line to and fro, the rest below what leads there."""
    seats: dict[str, Seat] = {}
    for n, state in enumerate(line):
        row, col = divmod(n, ACROSS)
        seats[state] = (row, ACROSS - 1 - col if row % 2 else col)
    last = max(row for row, _ in seats.values())
    for state in (one for one in shape.states if one not in seats):
        cols = [seats[s.start][1] for s in shape.steps if s.end == state and s.start in seats]
        wanted = round(sum(cols) / len(cols)) if cols else 0
        seats[state] = _free(seats, max(1, last), wanted)
    return seats


def _free(seats: Mapping[str, Seat], row: int, wanted: int) -> Seat:
    """Return the nearest free seat to a column, in this row or those below."""
    taken = set(seats.values())
    while True:
        free = [(row, col) for col in range(ACROSS) if (row, col) not in taken]
        near = min(free, key=lambda seat: abs(seat[1] - wanted), default=None)
        if near is not None and abs(near[1] - wanted) <= 1:
            return near
        row += 1


def _hulls(
    shape: ShapeSpec, line: Sequence[str], spots: Mapping[str, Spot], words: Words
) -> Iterator[str]:
    for state, (x, y) in spots.items():
        kind = "aside" if state not in line else "end" if state in shape.finals else "on"
        said = escape(word(words, f"{shape.pack}.state.{shape.procedure}.{state}"))
        hull = f"M{x} {y}h{WIDE}v{HIGH - 14}q0 14 -14 14h-{WIDE - 28}q-14 0 -14 -14z"
        yield f'<path d="{hull}" class="hull {kind}"/>'
        place = f'x="{x + WIDE / 2}" y="{y + 27}" text-anchor="middle"'
        yield f'<text {place} class="{kind}">{said}</text>'


def _edges(
    shape: ShapeSpec, line: Sequence[str], spots: Mapping[str, Spot], page: Words, words: Words
) -> Iterator[str]:
    after = dict(pairwise(line))
    seen: dict[tuple[str, str], StepSpec] = {}
    for step in shape.steps:
        seen.setdefault((step.start, step.end), step)
    for n, ((start, end), step) in enumerate(seen.items()):
        if after.get(start) == end:
            yield from _onward(shape, step, spots, page, words)
        else:
            yield _aside(spots[start], spots[end], n)


def _onward(
    shape: ShapeSpec, step: StepSpec, spots: Mapping[str, Spot], page: Words, words: Words
) -> Iterator[str]:
    (x, y), (to_x, to_y) = spots[step.start], spots[step.end]
    by = [word(words, f"{shape.pack}.role.{chair.role}") for chair in step.chairs]
    by = by or [page("console.platform")]
    clock = next((one for one in shape.clocks if one.name == step.name), None)
    unit = "" if clock is None else page(f"rule.unit.{clock.term.unit.value}")
    limit = "" if clock is None else f"{clock.term.length} {unit}"
    if to_y > y:
        yield _path(f"M{x + WIDE - 16} {y + HIGH}V{to_y}", "flow")
        at, top, anchor = x + WIDE - 24, y + HIGH + 32, "end"
    else:
        ends = (x + WIDE, to_x) if to_x > x else (x, to_x + WIDE)
        yield _path(f"M{ends[0]} {y + HIGH / 2}H{ends[1]}", "flow")
        at, top, anchor = sum(ends) / 2 - 2, y + 14, "middle"
    for n, said in enumerate(reversed(by)):  # upwards, one role a line: between hulls it is narrow
        line = f'x="{at}" y="{top - n * LINE}" text-anchor="{anchor}"'
        yield f'<text {line} class="by">{escape(said)}</text>'
    if limit:
        under = f'x="{at}" y="{top + 24}" text-anchor="{anchor}"'
        yield f'<text {under} class="t">{escape(limit)}</text>'


def _aside(start: Spot, end: Spot, n: int) -> str:
    """Draw what leaves the line: down to its own seat, or back under the line."""
    (x, y), (to_x, to_y) = start, end
    shift = n % 5 * 6
    if to_y > y:
        low = to_y - 16 - shift
        into = to_x + WIDE / 2 + max(-36, min(36, (x - to_x) / 10))
        return _path(f"M{x + 40} {y + HIGH}V{low}H{into}V{to_y}", "wrong")
    low = y + HIGH + 10 + shift
    return _path(f"M{x + 24} {y + HIGH}V{low}H{to_x + 64}V{to_y + HIGH}", "wrong")


def _path(way: str, kind: str) -> str:
    return f'<path d="{way}" class="{kind}" marker-end="url(#ar)"/>'
