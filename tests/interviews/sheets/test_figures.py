"""Numbers as a sheet shows them."""

from __future__ import annotations

import pytest

from interviews.sheets.figures import number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (2.5, "2.5"),
        (0.000136, "0.000136"),
        (3.3e-8, "3.3 × 10⁻⁸"),
        (27_777.8, "27,778"),
        (2.4e9, "2.4 bn"),
        (600, "600"),
    ],
)
def test_a_number_is_written_as_people_say_it(value: float, shown: str) -> None:
    assert number(value) == shown
