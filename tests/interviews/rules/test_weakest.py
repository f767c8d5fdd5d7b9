from __future__ import annotations

import pytest

from interviews.rules.weakest import weakest

STEPS = {"data": ("data.a", "data.b"), "model": ("model.a",), "board": ()}


@pytest.mark.parametrize(
    ("levels", "lowest"),
    [
        ({"data.a": 3, "data.b": 2, "model.a": 1}, ("model", 1)),
        ({"data.a": 1, "data.b": 2, "model.a": 2}, ("data", 1.5)),
        ({"data.a": 3, "model.a": 2}, ("data", 1.5)),
        ({"data.a": 1, "data.b": 1, "model.a": 1}, ("data", 1)),
        ({}, ("data", 0)),
    ],
)
def test_the_lowest_mean_is_the_weakest(levels: dict[str, float], lowest: tuple[str, float]) -> None:
    assert weakest(levels, STEPS) == lowest


def test_without_steps_there_is_none() -> None:
    assert weakest({"data.a": 1}, {}) is None
