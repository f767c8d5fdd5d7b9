from __future__ import annotations

from interviews.charts.pace import pace


def test_all_bars_have_one_scale_and_the_farthest_are_named() -> None:
    found = pace([("Clarify", 5, 10), ("Model", 8, 2), ("Deploy", 5, 5.5)])
    assert [(bar.due, bar.done) for bar in found.bars] == [(50, 100), (80, 20), (50, 55)]
    assert found.most_over is not None
    assert found.most_under is not None
    assert (found.most_over.name, found.most_under.name) == ("Clarify", "Model")


def test_within_a_minute_is_on_the_plan_and_nothing_is_no_division_by_zero() -> None:
    found = pace([("Clarify", 5, 5.9)])
    assert found.most_over is None
    assert found.most_under is None
    assert pace([("Clarify", 0, 0)]).bars[0].done == 0
    assert pace([]).bars == ()
