from __future__ import annotations

import pytest

from interviews.charts import leniency


def test_above_the_key_is_above_zero_and_every_dot_is_in_the_picture() -> None:
    found = leniency.chart([0.4, -0.2, 2.9, -3.0])
    assert found.dots[0].y < found.zero < found.dots[1].y
    assert all(
        found.plane.left < dot.x < found.plane.right and 0 < dot.y < found.plane.height for dot in found.dots
    )
    assert [dot.number for dot in found.dots] == [1, 2, 3, 4]
    assert found.ticks[0].value == 3.0


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([0.25], "In one session you rated 0.25 levels above the key."),
        ([0.0], "In one session you rated as the key does."),
        (
            [0.5, -0.1],
            "Over 2 sessions you rated 0.20 levels above the key on average: 0.50 levels above the key in the first, "
            "0.10 levels below the key in the last.",
        ),
    ],
)
def test_its_point_is_said(values: list[float], says: str) -> None:
    assert leniency.chart(values).says == says
