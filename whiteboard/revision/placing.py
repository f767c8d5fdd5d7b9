"""Room for what is new on a drawing that people have arranged: nothing of theirs is moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whiteboard.drafting import HIGH, WIDE
from whiteboard.geometry import Box, Point, centre

_APART = 24.0
_STEP = WIDE + 60, HIGH + 50
_PADDING = 36.0


def inside(area: Box, taken: Iterable[Box], others: Iterable[Box], high: float = HIGH) -> tuple[Point, Box]:
    """(A free corner in an area, the area grown to hold it): in its rows, else to the right, below, left or above,
    wherever it grows over none of the `others`, which do not belong to it."""
    boxes, outside = list(taken), [centre(box) for box in others]
    for corner in _cells(area, high):
        grown = _around_both(area, corner, high)
        if _free(corner, high, boxes) and not any(_holds(grown, point) for point in outside):
            return corner, grown
    return (corner := (area[2] + _APART, area[1] + _PADDING)), _around_both(area, corner, high)


def _cells(area: Box, high: float) -> Iterator[Point]:
    """Corners on the grid of an area's boxes, those that make it grow least first."""
    columns = max(int((area[2] - area[0] - 2 * _PADDING - WIDE) // _STEP[0]) + 1, 1)
    rows = max(int((area[3] - area[1] - 2 * _PADDING - high) // _STEP[1]) + 1, 1)
    far = 8
    grid = [(column, row) for column in range(-far, columns + far) for row in range(-far, rows + far)]

    def growth(cell: tuple[int, int]) -> tuple[int, int, int, int]:
        right, left = max(cell[0] - columns + 1, 0), max(-cell[0], 0)
        below, above = max(cell[1] - rows + 1, 0), max(-cell[1], 0)
        return right + 2 * below + 3 * (left + above), left + above, cell[0], cell[1]

    for column, row in sorted(grid, key=growth):
        yield area[0] + _PADDING + column * _STEP[0], area[1] + _PADDING + row * _STEP[1]


def _around_both(area: Box, corner: Point, high: float) -> Box:
    return (
        min(area[0], corner[0] - _PADDING),
        min(area[1], corner[1] - _PADDING),
        max(area[2], corner[0] + WIDE + _PADDING),
        max(area[3], corner[1] + high + _PADDING),
    )


def _holds(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def near(box: Box, taken: Iterable[Box], areas: Iterable[Box], high: float = HIGH) -> Point | None:
    """A free corner beside a box and in no area: right, below, left, above; None if all are taken."""
    boxes = [*taken, *areas]
    return next((corner for corner in _around(box, high) if _free(corner, high, boxes)), None)


def below(taken: Iterable[Box]) -> Point:
    """A corner under everything."""
    boxes = list(taken)
    return (
        min((box[0] for box in boxes), default=0.0),
        max((box[3] for box in boxes), default=0.0) + 2 * _PADDING,
    )


def _around(box: Box, high: float) -> Iterator[Point]:
    left, top, right, bottom = box
    for far in (1, 2):
        across, down = far * (_STEP[0] - WIDE), far * (_STEP[1] - HIGH)
        yield right + across, top
        yield left, bottom + down
        yield left - across - WIDE, top
        yield left, top - down - high


def _free(corner: Point, high: float, boxes: Iterable[Box]) -> bool:
    left, top = corner[0] - _APART, corner[1] - _APART
    right, bottom = corner[0] + WIDE + _APART, corner[1] + high + _APART
    return not any(left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in boxes)
