"""Ways for arrows around the boxes between their ends: straight where nothing is in the way, else by the gaps
between columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import dist, inf

from whiteboard.geometry import Box, Point, border, centre, halfway

Path = list[Point]

# What a way costs, in pixels that one would rather go around.
_THROUGH_A_BOX, _ALONG_AN_ARROW, _LABEL_COVERED, _ACROSS_AN_ARROW, _BEND = 3_000, 1_200, 700, 90, 40
_CLEAR = 5.0
_APART = 16.0
# With more parts than this nobody follows an arrow by eye, and looking for its way would take long.
MAX_BOXES = 120


@dataclass(frozen=True, slots=True)
class Leg:
    """An arrow to be led: between two boxes, with a label of this width and height (0, 0 without)."""

    source: Box
    target: Box
    label: Point = (0.0, 0.0)


@dataclass(slots=True)
class Router:
    """Finds ways between boxes, one after the other; each keeps away from those before it.

    `gap` is how wide the free space around a box is, across and down; `reach` how far an end stays off its box.
    """

    boxes: Sequence[Box]
    gap: tuple[float, float]
    reach: float
    taken: list[tuple[Point, Point]] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)

    def ways(self, legs: Sequence[Leg]) -> list[Path]:
        """The points of each arrow, both ends included; the shortest choose first."""
        order = sorted(
            range(len(legs)), key=lambda at: dist(centre(legs[at].source), centre(legs[at].target))
        )
        found = {at: self._way(legs[at]) for at in order}
        return [found[at] for at in range(len(legs))]

    def _way(self, leg: Leg) -> Path:
        found = self._candidates(leg.source, leg.target)
        if len(self.boxes) > MAX_BOXES:
            return next(found)
        others = [box for box in self.boxes if box not in (leg.source, leg.target)]
        best, least = [], inf
        # Of equal ways the first, which is the plainest.
        for length, path in sorted(((_length(path), path) for path in found), key=lambda each: each[0]):
            if length >= least:
                break  # what stands in the way only adds to it
            cost = length + self._covered(path, leg)
            for piece in pairwise(path):
                if cost < least:
                    cost += self._obstacles(*piece, others)
            if cost < least:
                best, least = path, cost
        self.taken += pairwise(best)
        if any(leg.label):
            self.labels.append(_around(halfway(best), leg.label))
        return best

    def _candidates(self, source: Box, target: Box) -> Iterator[Path]:
        (sx, sy), (tx, ty) = centre(source), centre(target)
        yield [border(source, (tx, ty), self.reach), border(target, (sx, sy), self.reach)]
        for shift in (-_APART, _APART):
            if abs(tx - sx) > abs(ty - sy):
                source_end, target_end = (sx, sy + shift), (tx, ty + shift)
            else:
                source_end, target_end = (sx + shift, sy), (tx + shift, ty)
            yield [
                border(source, target_end, self.reach, start=source_end),
                border(target, source_end, self.reach, start=target_end),
            ]
        wide, high = self.gap
        lanes_x = sorted(
            edge + side * wide / 2 for box in (source, target) for side, edge in ((-1, box[0]), (1, box[2]))
        )
        lanes_y = sorted(
            {edge + side * high / 2 for box in self.boxes for side, edge in ((-1, box[1]), (1, box[3]))}
        )
        for x in (lane + shift for lane in lanes_x for shift in (0, -wide / 5, wide / 5)):
            if _beside(source, x) and _beside(target, x):
                yield [self._side(source, x, sy), (x, sy), (x, ty), self._side(target, x, ty)]
        for y in (lane + shift for lane in lanes_y for shift in (0, -high / 5, high / 5)):
            for off in (0.0, -3 * _APART, 3 * _APART):
                if _above(source, y) and _above(target, y):
                    start, end = self._top(source, sx + off, y), self._top(target, tx + off, y)
                    yield [start, (sx + off, y), (tx + off, y), end]
        for x in lanes_x:
            for y in lanes_y:
                if _beside(source, x) and _above(target, y):
                    yield [self._side(source, x, sy), (x, sy), (x, y), (tx, y), self._top(target, tx, y)]
                if _above(source, y) and _beside(target, x):
                    yield [self._top(source, sx, y), (sx, y), (x, y), (x, ty), self._side(target, x, ty)]

    def _side(self, box: Box, x: float, y: float) -> Point:
        return (box[0] - self.reach, y) if x < box[0] else (box[2] + self.reach, y)

    def _top(self, box: Box, x: float, y: float) -> Point:
        return (x, box[1] - self.reach) if y < box[1] else (x, box[3] + self.reach)

    def _obstacles(self, start: Point, end: Point, others: Sequence[Box]) -> float:
        """What a piece of a way runs into."""
        cost = _THROUGH_A_BOX * sum(_hits(start, end, box) for box in others)
        for one, other in self.taken:
            cost += _ALONG_AN_ARROW * _along(start, end, one, other)
            cost += _ACROSS_AN_ARROW * _across(start, end, one, other)
        return cost + _LABEL_COVERED * sum(_hits(start, end, label) for label in self.labels)

    def _covered(self, path: Path, leg: Leg) -> float:
        """What the label would lie on."""
        if not any(leg.label):
            return 0.0
        own = _around(halfway(path), leg.label)
        boxes = sum(_overlap(own, other) for other in (*self.boxes, *self.labels))
        return _LABEL_COVERED * (boxes + sum(_hits(*piece, own) for piece in self.taken))


def _length(path: Path) -> float:
    return _BEND * (len(path) - 2.0) + sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(path))


def _beside(box: Box, x: float) -> bool:
    """Whether a lane across passes the box on its left or right, rather than through it."""
    return not box[0] - _CLEAR < x < box[2] + _CLEAR


def _above(box: Box, y: float) -> bool:
    """Whether a lane down passes the box above or below it."""
    return not box[1] - _CLEAR < y < box[3] + _CLEAR


def _around(point: Point, size: Point) -> Box:
    return (
        point[0] - size[0] / 2,
        point[1] - size[1] / 2,
        point[0] + size[0] / 2,
        point[1] + size[1] / 2,
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _hits(start: Point, end: Point, box: Box) -> bool:
    """Whether a segment passes through a box or close by it (Liang and Barsky's clipping)."""
    enter, leave = 0.0, 1.0
    for axis in (0, 1):
        low, high = box[axis] - _CLEAR, box[axis + 2] + _CLEAR
        way = end[axis] - start[axis]
        if not way:
            if not low < start[axis] < high:
                return False
            continue
        first, second = sorted(((low - start[axis]) / way, (high - start[axis]) / way))
        enter, leave = max(enter, first), min(leave, second)
    return enter < leave


def _along(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two segments, across or down, run over each other for a while."""
    for axis in (0, 1):
        if abs(a[axis] - c[axis]) < _APART / 2 and abs(a[axis] - b[axis]) < _APART / 2:
            if abs(c[axis] - d[axis]) >= _APART / 2:
                continue
            one, other = sorted((a[1 - axis], b[1 - axis])), sorted((c[1 - axis], d[1 - axis]))
            if min(one[1], other[1]) - max(one[0], other[0]) > _APART:
                return True
    return False


def _across(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two segments cross."""
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, point: Point) -> bool:
    return (b[0] - a[0]) * (point[1] - a[1]) > (b[1] - a[1]) * (point[0] - a[0])
