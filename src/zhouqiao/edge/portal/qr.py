"""A QR code as one SVG path, so that a page needs no picture and no inline style."""

from collections.abc import Iterator, Sequence

import segno


def qr_path(text: str) -> tuple[str, int]:
    """Return the path (stroke width 1) of a QR at level M, and the side of its square."""
    matrix: Sequence[Sequence[int]] = segno.make(text, error="m", micro=False).matrix
    return "".join(_runs(matrix)), len(matrix)


def _runs(matrix: Sequence[Sequence[int]]) -> Iterator[str]:
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                yield f"M{x} {y}.5h{end - x}"
            x = end + 1
