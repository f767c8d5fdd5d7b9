"""Nothing is judged by what has seen its case, its kind of writer or its set."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from interviews.scoring.measuring import labels
from interviews.scoring.training import examples, folds
from interviews.scoring.training.examples import Example

from .test_augmenting import FOLDER, IDS, ITEMS, mine


@cache
def samples() -> list[Example]:
    """One example under the names of all samples: folds look at nothing else."""
    return [replace(mine(), sample=sample) for sample in labels.load(FOLDER, IDS)]


@cache
def corpus() -> list[Example]:
    return [replace(mine(), sample=sample) for sample in examples.corpus(ITEMS)]


def test_the_grader_learns_from_unseen_writers_and_sets() -> None:
    left_out: Counter[str] = Counter()
    for outside, inside in folds.unseen(samples(), corpus()):
        assert not {e.id for e in outside} & {e.id for e in inside}
        assert len(outside) + len(inside) == len(samples()) + len(corpus())
        known = {e.id for e in samples()}
        if outside[0].id in known:
            assert not {e.sample.profile for e in outside} & {
                e.sample.profile for e in inside if e.id in known
            }
        else:
            assert not {folds.set_of(e) for e in outside} & {
                folds.set_of(e) for e in inside if e.id not in known
            }
        left_out.update(e.id for e in outside)
    assert left_out == Counter(e.id for e in (*samples(), *corpus()))


@pytest.mark.parametrize("kind", ["case", "profile", "both"])
def test_figures_are_of_groups_that_were_left_out_of_everything(kind: str) -> None:
    groups = folds.GROUPS if kind == "both" else {kind: folds.GROUPS[kind]}
    judged: Counter[str] = Counter()
    for outside, rest, answers in folds.apart(kind, samples(), corpus()):
        assert rest
        assert answers
        for group in groups.values():
            assert not {group(e) for e in outside} & {group(e) for e in (*rest, *answers)}
        judged.update(e.id for e in outside)
    assert judged == Counter(e.id for e in samples())
