"""Gates on the labelled samples. They are in-sample, so they only catch a scorer that got broken."""

from __future__ import annotations

from functools import cache

import pytest

from interviews.scoring import model, scorer
from interviews.scoring.training import measuring
from tests.interviews.scoring.answers import labelled


@cache
def figures() -> dict[str, float]:
    sheets = [scorer.score(sample.submission) for sample in labelled()]
    items = [sheet.items for sheet in sheets]
    fell = [
        fallen
        for sample, sheet in zip(labelled(), items, strict=True)
        for fallen in measuring.emptied(sample, sheet, model.load(), foreign=False)
    ]
    found = measuring.figures(labelled(), items, [sheet.overall for sheet in sheets])
    return found | {"emptied": sum(fell) / len(fell)}


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("pooled QWK", 0.75),
        ("QWK of text items", 0.7),
        ("QWK of board items", 0.75),
        ("rank correlation within a submission", 0.55),
        ("QWK of the overall verdict", 0.8),
        ("evidence precision (any quotation marked)", 0.75),
        ("emptied", 0.85),
    ],
)
def test_agreement_with_the_samples_stays(figure: str, least: float) -> None:
    assert figures()[figure] >= least


def test_kappa_is_one_for_perfect_and_zero_for_constant_answers() -> None:
    assert measuring.kappa([0, 1, 2, 3], [0, 1, 2, 3]) == 1
    assert measuring.kappa([0, 1, 2, 3], [1, 1, 1, 1]) == pytest.approx(0)


def test_ties_share_a_rank() -> None:
    assert measuring.rank_correlation([1, 2, 2, 3], [1, 2, 2, 3]) == pytest.approx(1)
    assert measuring.rank_correlation([1, 1], [1, 2]) == 0
