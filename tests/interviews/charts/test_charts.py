"""Where things lie in the charts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from interviews.charts.curve import curve
from interviews.charts.days import WEEKS, days
from interviews.charts.radar import CENTRE, RADIUS, radar
from interviews.charts.trend import Moment, trend

DAY = date(2026, 11, 25)  # a Wednesday


def moment(number: int, level: float) -> Moment:
    return Moment(DAY + timedelta(days=number), level, level - 0.5, level + 0.5, (level, level + 0.2))


def test_a_trend_begins_with_the_second_session() -> None:
    assert trend([]) is None
    assert trend([moment(0, 1)]) is None


def test_a_trend_has_a_step_for_each_session_and_a_band_around_its_line() -> None:
    found = trend([moment(0, 1), moment(30, 1.5), moment(31, 2)], [("mid", 0.75)])
    assert found
    line = [tuple(map(float, point.split(","))) for point in found.line.split()]
    band = [tuple(map(float, point.split(","))) for point in found.band.split()]
    assert len(line) == 3
    assert len(band) == 6
    assert line[1][0] - line[0][0] == pytest.approx(line[2][0] - line[1][0], abs=0.2)
    assert line[0][1] > line[1][1] > line[2][1]  # up is smaller
    assert all(upper[1] < at[1] for upper, at in zip(band[:3], line, strict=True))
    assert len(found.dots) == 6
    assert [one.label for one in found.bounds] == ["mid"]


def test_a_radar_begins_at_the_top_and_leaves_out_what_is_not_known() -> None:
    found = radar(["one", "two", "three", "a name that is long"], {"automatic": [3, 0, None, 1.5]})
    (web,) = found.webs
    assert web.corners == (
        (CENTRE[0], CENTRE[1] - RADIUS),
        CENTRE,
        (round(CENTRE[0] - RADIUS / 2, 1), CENTRE[1]),
    )
    assert [spoke.anchor for spoke in found.spokes] == ["middle", "start", "middle", "end"]
    assert found.spokes[3].name == ("a name that is", "long")


def test_days_are_columns_of_weeks_with_shades() -> None:
    found = days({DAY: 40, DAY - timedelta(days=1): 130}, until=DAY)
    assert found.days[0].on.weekday() == 0
    assert found.days[-1].on == DAY
    assert len(found.days) == 7 * (WEEKS - 1) + 3
    assert [one.shade for one in found.days[-3:]] == [0, 4, 2]
    assert found.days[-1].x == found.days[-2].x
    assert {one.name for one in found.months} >= {"Sep", "Oct"}


def test_a_curve_gives_the_mean_of_what_others_gave() -> None:
    assert curve({}) is None
    found = curve({(3, 1): 3, (3, 3): 1, (0, 0): 1})
    assert found
    assert [(one.own, one.given, one.count) for one in found.points] == [(0, 0, 1), (3, 1.5, 4)]
    assert found.points[1].radius > found.points[0].radius
