from __future__ import annotations

from datetime import date, timedelta

import pytest

from interviews.charts.course import course

START = date(2026, 3, 1)


def days(*values: float) -> list[tuple[date, float]]:
    return [(START + timedelta(days=at), value) for at, value in enumerate(values)]


def test_one_session_is_no_course() -> None:
    assert course([]) is None
    assert course(days(3)) is None


def test_dots_lie_on_the_axis_and_the_line_is_the_mean_of_the_last_five() -> None:
    found = course(days(1, 5, 1, 5, 1, 5), low=1, high=5)
    assert found
    ticks = dict(found.ticks)
    assert [dot.y for dot in found.dots] == [ticks[1], ticks[5]] * 3
    assert all(found.plane.left < dot.x < found.plane.right for dot in found.dots)
    heights = [float(point.split(",")[1]) for point in found.line.split()]
    assert heights[0] == ticks[1]
    assert heights[1] == ticks[3]
    # 5, 1, 5, 1, 5
    assert heights[5] == pytest.approx(ticks[1] + (ticks[5] - ticks[1]) * (3.4 - 1) / 4, abs=0.1)
    assert (found.first, found.last) == (START, START + timedelta(days=5))


@pytest.mark.parametrize(("values", "top"), [((0, 0), 1), ((0, 7), 7), ((2.5, 1), 3)])
def test_without_a_top_the_axis_reaches_to_the_greatest(values: tuple[float, ...], top: int) -> None:
    found = course(days(*values))
    assert found
    assert found.ticks[-1][0] == top
    assert min(dot.y for dot in found.dots) >= found.ticks[-1][1]
