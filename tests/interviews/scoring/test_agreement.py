"""Gates: a change that makes the scorer worse than these bounds is seen.

The model was trained on these samples, so the bounds say nothing of new ones; they only catch a scorer that got
broken. Each bound is looser than the figure of the day by about its interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import isnan
from typing import Any

from interviews.scoring import scorer
from interviews.scoring.measuring import report, stress
from interviews.scoring.measuring.stress import Pair
from tests.interviews.scoring.answers import labelled

Bound = tuple[float, float]
ANY = float("inf")

# (lowest, highest) that a figure may be; names as in the JSON of `evaluate_scorer`.
BOUNDS: Mapping[str, Bound] = {
    "agreement.qwk": (0.75, ANY),
    "agreement.qwk_text": (0.7, ANY),
    "agreement.qwk_board": (0.75, ANY),
    "agreement.within": (0.55, ANY),
    "agreement.verdict_qwk": (0.8, ANY),
    "evidence.precision_any": (0.75, ANY),
}
# One sample of every other case: eight scorings each.
EMPTIED: Bound = (0.85, ANY)
# Each of these is attacked in every way.
DRIFT: Bound = (-ANY, 0.1)
ATTACKED = ("d-ad-click-2", "e-eta-prediction-2")


@cache
def measured() -> report.Report:
    return report.measure(scorer.score, labelled()[::3], quietly)


def quietly(what: str, done: int, of: int) -> None:
    """No progress in tests."""


def scored(*ids: str) -> list[Pair]:
    return [(s, scorer.score(s.submission)) for s in labelled() if s.submission.id in ids]


def missed(found: report.Report, bounds: Mapping[str, Bound]) -> dict[str, float]:
    """The figures that are out of their bounds, or undefined."""
    values = {path: figure(found, path) for path in bounds}
    return {path: value for path, value in values.items() if not within(value, bounds[path])}


def figure(found: report.Report, path: str) -> float:
    value: Any = report.as_json(found)
    for name in path.split("."):
        value = value[name]
    return float("nan") if value is None else float(value)


def within(value: float, bound: Bound) -> bool:
    return not isnan(value) and bound[0] <= value <= bound[1]


def test_agreement_with_the_samples_stays() -> None:
    assert missed(measured(), BOUNDS) == {}


def test_levels_stay_bound_to_where_their_evidence_stands() -> None:
    first = {s.submission.case.slug: s.submission.id for s in reversed(labelled())}
    found = stress.emptied(scorer.score, scored(*list(first.values())[::2]), quietly)
    assert within(found.field_to_zero, EMPTIED)


def test_attacks_stay_worth_little() -> None:
    found, by_attack = stress.drift(scorer.score, scored(*ATTACKED), quietly)
    assert within(found.mean, DRIFT), by_attack


def test_a_bound_that_is_missed_is_named() -> None:
    found = measured()
    for bound in ((1.01, ANY), (-ANY, 0.01)):
        assert missed(found, {"agreement.qwk": bound}) == {"agreement.qwk": figure(found, "agreement.qwk")}
    assert not within(float("nan"), (-ANY, ANY))
