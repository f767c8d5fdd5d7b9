"""Figures of sheets that were written by hand."""

from __future__ import annotations

from math import isnan

import pytest

from interviews.scoring.evidence import BoardRef, Evidence, NoteSpan
from interviews.scoring.measuring import figures
from interviews.scoring.sheet import ItemScore, Sheet
from tests.interviews.scoring.measuring.small import ITEMS, sample
from whiteboard.graph import Edge, Graph, Part

BOARD = Graph(parts=(Part("m", "Model"), Part("l", "Log")), edges=(Edge("e", "m", "l"),))


def sheet(levels: tuple[int, int, int], overall: int = 2, confidence: float = 0.5) -> Sheet:
    scores = {item: ItemScore(level, confidence) for item, level in zip(ITEMS, levels, strict=True)}
    return Sheet(scores, overall, {}, "by-hand")


def quoting(**evidence: tuple[Evidence, ...]) -> Sheet:
    quoted = {name.replace("_", "."): pieces for name, pieces in evidence.items()}
    return Sheet(
        {i: ItemScore(1, 0.5, quoted[i]) if i in quoted else ItemScore(0, 0.5) for i in ITEMS}, 2, {}, "x"
    )


def test_levels_and_verdicts_are_counted() -> None:
    found = figures.agreement(
        [sample([0, 2, 1], 2), sample([3, 0, 1], 3, profile="wrong")],
        [sheet((1, 2, 1), 2), sheet((3, 1, 1), 4)],
    )
    assert found.confusion == [[0, 2, 0, 0], [0, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert found.verdicts == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert found.exact == pytest.approx(4 / 6)
    assert found.verdict_exact == 0.5
    assert found.signed_error_by_profile == pytest.approx({"plain": 1 / 3, "wrong": 1 / 3})
    assert found.step_mae == pytest.approx({"clarify": 0.5, "deploy": 0.5, "board": 0})


def test_a_step_may_be_right_on_the_whole_and_wrong_item_by_item() -> None:
    levels = {"clarify.goal": 0, "clarify.scale": 2}
    gold = sample([0, 0, 0])
    gold = type(gold)(gold.submission, gold.profile, levels, 2, None)
    given = Sheet({"clarify.goal": ItemScore(2, 0.5), "clarify.scale": ItemScore(0, 0.5)}, 2, {}, "x")
    found = figures.agreement([gold], [given])
    assert (found.step_mae["clarify"], found.item_mae["clarify"]) == (0, 2)


def test_a_scorer_that_tells_nothing_apart_has_no_correlation_within() -> None:
    found = figures.agreement([sample([0, 1, 2]), sample([1, 1, 1])], [sheet((1, 1, 1)), sheet((0, 1, 2))])
    assert (found.within, found.within_of) == (0, 1)


def test_presence_orders_from_a_sure_no_to_a_sure_three() -> None:
    scores = [ItemScore(0, 0.9), ItemScore(0, 0.4), ItemScore(1, 0.3), ItemScore(1, 0.9), ItemScore(3, 0.9)]
    values = [figures.presence(score) for score in scores]
    assert values == sorted(values)


def test_auc_is_taken_where_an_item_is_shown_by_some_only() -> None:
    found = figures.agreement([sample([0, 0, 0]), sample([0, 2, 0])], [sheet((0, 0, 0)), sheet((0, 1, 0))])
    assert (found.auc, found.auc_items) == (1, 1)
    assert isnan(figures.agreement([sample([0, 0, 0])], [sheet((0, 0, 0))]).auc)


def test_quotations_are_held_against_marks() -> None:
    gold = sample(
        [1, 2, 1],
        graph=BOARD,
        clarify="We earn per click. Ads are shown.",
        deploy="Watch clicks hourly.",
        marks={
            "clarify.goal": [("clarify", "earn per click"), ("clarify", "Ads are shown")],
            "deploy.monitoring": [("deploy", "Watch clicks")],
            "board.online": [("diagram", "Model -> Log")],
        },
    )
    given = quoting(
        clarify_goal=(NoteSpan("clarify", 3, 7, "earn"), NoteSpan("deploy", 0, 5, "Watch")),
        board_online=(BoardRef(("m",), "Model"),),
    )
    found = figures.evidence([gold], [given])
    assert found is not None
    assert (found.precision_any, found.precision_each) == pytest.approx((1 / 2, 1 / 3))
    assert (found.recall_marks, found.recall_items) == pytest.approx((1 / 4, 1 / 3))


def test_without_marks_there_are_no_figures_of_evidence() -> None:
    assert figures.evidence([sample([0, 0, 0])], [sheet((0, 0, 0))]) is None


def test_words_that_only_touch_do_not_meet() -> None:
    gold = sample([1, 0, 0], clarify="one two", marks={"clarify.goal": [("clarify", "one")]})
    found = figures.evidence([gold], [quoting(clarify_goal=(NoteSpan("clarify", 3, 7, " two"),))])
    assert found is not None
    assert found.precision_any == 0
