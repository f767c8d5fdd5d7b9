"""Which step was worked on when; seconds since the start."""

from __future__ import annotations

import pytest

from interviews.rules.stretches import Span, Stretch, stretches, without

D, M = "data", "model"


@pytest.mark.parametrize(
    ("saves", "drawn", "pauses", "expected"),
    [
        ([], [5], [], []),
        ([(30, D)], [], [], [(D, 0, 30)]),
        ([(30, D), (90, D)], [], [], [(D, 0, 90)]),
        ([(30, D), (90, M)], [], [], [(D, 0, 30), (M, 30, 90)]),
        # The board belongs to the step that was written in last, before the first to none.
        ([(30, D)], [10, 100, 200], [], [(D, 10, 200)]),
        # Two minutes of stillness are no work, on either side.
        ([(500, D)], [], [], [(D, 500, 500)]),
        ([(30, D), (300, D), (320, D)], [], [], [(D, 0, 30), (D, 300, 320)]),
        # A pause is neither work nor stillness.
        ([(30, D), (400, D)], [], [(60, 360)], [(D, 0, 60), (D, 360, 400)]),
        ([(30, D), (400, M)], [], [(30, 390)], [(D, 0, 30), (M, 390, 400)]),
    ],
)
def test_stretches(
    saves: list[tuple[float, str]],
    drawn: list[float],
    pauses: list[Span],
    expected: list[tuple[str, float, float]],
) -> None:
    assert stretches(saves, drawn, pauses) == tuple(Stretch(*one) for one in expected)


@pytest.mark.parametrize(
    ("span", "pauses", "pieces"),
    [
        ((0, 10), [], [(0, 10)]),
        ((0, 10), [(2, 4), (6, 8)], [(0, 2), (4, 6), (8, 10)]),
        ((0, 10), [(0, 4), (20, 30)], [(4, 10)]),
        ((0, 10), [(8, 12)], [(0, 8), (10, 10)]),
    ],
)
def test_a_span_without_its_pauses(span: Span, pauses: list[Span], pieces: list[Span]) -> None:
    assert list(without(*span, pauses)) == pieces
