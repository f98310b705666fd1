"""What can be seen from a point of water, and which corners a taut string may bend round."""

from dataclasses import dataclass

import numpy as np

from zhouqiao.platform.place.sea.plane import Bools, Floats, Ints

STAND_OFF_KM = 0.004  # corners stand so far off the walls they end, clear of rounding
SLACK = 0.02  # sine of the angle by which a corner may miss being a tangent and still be kept


@dataclass(frozen=True)
class Walls:
    """Edges of what blocks the view, (n, 2) km each, water to the left of `start` → `end`."""

    start: Floats
    end: Floats

    def and_also(self, other: "Walls") -> "Walls":
        """Return both."""
        return Walls(np.vstack([self.start, other.start]), np.vstack([self.end, other.end]))


@dataclass(frozen=True)
class Corners:
    """Points a way may bend at, (n, 2) km, and the unit vectors along the two walls they end.

    A free-standing point (a buoy of a fairway) has null vectors: a way may bend there at will.
    """

    at: Floats
    back: Floats
    ahead: Floats

    def and_also(self, other: "Corners") -> "Corners":
        """Return both, these first."""
        mine, others = (self.at, self.back, self.ahead), (other.at, other.back, other.ahead)
        return Corners(*(np.vstack(pair) for pair in zip(mine, others, strict=True)))

    def __len__(self) -> int:
        return len(self.at)


def seen(eye: Floats, targets: Floats, walls: Walls) -> Bools:
    """Say of each of (n, 2) `targets` whether the straight line to it from `eye` is clear.

    Only walls facing the eye are asked, for a line enters what blocks it through one. Each
    spans a range of bearings, so of the targets sorted by bearing it can hide one run only; of
    that run it hides what lies on its far side. About 1.5 ms for 1,300 targets and 7,000 walls.
    """
    start, end = _facing(eye, walls)
    bearings = _bearing(targets - eye)
    order = np.argsort(bearings, kind="stable")
    wall, place = _runs(_bearing(start - eye), _bearing(end - eye), bearings[order])
    target = order[place]
    beyond = _cross(end[wall] - start[wall], targets[target] - start[wall]) < 0.0
    clear = np.ones(len(targets), bool)
    clear[target[beyond]] = False
    return clear


def tangent(eye: Floats, corners: Corners) -> Bools:
    """Say at which corners a string from `eye` may bend: both walls lie on one side of it."""
    return _one_side(corners.at - eye, corners.back, corners.ahead)


def leaves_taut(corners: Corners, which: int, targets: Floats) -> Bools:
    """Say to which targets a string may leave corner `which`, by the same rule."""
    return _one_side(targets - corners.at[which], corners.back[which], corners.ahead[which])


def _facing(eye: Floats, walls: Walls) -> tuple[Floats, Floats]:
    facing = _cross(walls.end - walls.start, eye - walls.start) > 0.0
    return walls.start[facing], walls.end[facing]


def _runs(first: Floats, last: Floats, sorted_bearings: Floats) -> tuple[Ints, Ints]:
    """Pair each wall with the places, in the sorted targets, that its bearings span."""
    low = np.searchsorted(sorted_bearings, first, side="left")
    high = np.searchsorted(sorted_bearings, last, side="right")
    round_back = np.nonzero(last < first)[0]  # spans due west, where bearings jump
    lows = np.concatenate([low, np.zeros(len(round_back), low.dtype)])
    highs = np.concatenate([np.where(last < first, len(sorted_bearings), high), high[round_back]])
    walls = np.concatenate([np.arange(len(first)), round_back])
    length = np.maximum(highs - lows, 0)
    begins = np.repeat(lows - (np.cumsum(length) - length), length)
    return np.repeat(walls, length), np.arange(length.sum()) + begins


def _one_side(line: Floats, back: Floats, ahead: Floats) -> Bools:
    length = np.maximum(np.linalg.norm(line, axis=-1), 1e-9)
    slack = SLACK + 2.0 * STAND_OFF_KM / length
    to_back, to_ahead = _cross(line, back) / length, _cross(line, ahead) / length
    left = (to_back > -slack) & (to_ahead > -slack)
    right = (to_back < slack) & (to_ahead < slack)
    both: Bools = left | right
    return both


def _bearing(vectors: Floats) -> Floats:
    angles: Floats = np.arctan2(vectors[:, 1], vectors[:, 0])
    return angles


def _cross(a: Floats, b: Floats) -> Floats:
    product: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product
