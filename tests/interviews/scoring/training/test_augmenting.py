"""Changed copies of examples keep what the signals and the labels mean."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest

from casebank import checklist
from interviews.scoring import signals
from interviews.scoring.measuring import labels
from interviews.scoring.passages import FIELDS
from interviews.scoring.segments import BOARD
from interviews.scoring.training import augmenting, examples
from interviews.scoring.training.examples import AT_MOST_NAMED, UNKNOWN, Bools, Example

FOLDER = Path(__file__).parents[3] / "data" / "submissions"
ITEMS = checklist.load().items
IDS = [item.id for item in ITEMS]


@cache
def example(name: str) -> Example:
    sample = labels.read(FOLDER / f"{name}.yaml", IDS)
    return examples.of(sample, ITEMS, examples.encoder(), examples.SAMPLE_WEIGHT, examples.SAMPLE_UNMARKED)


def mine() -> Example:
    return example("d-ad-click-1")


def other() -> Example:
    return example("d-news-feed-3")


def of_fields(one: Example, *fields: str) -> Bools:
    return np.array([segment.where in fields for segment in one.reading.segments], dtype=bool)


def test_every_mark_is_found_in_a_segment() -> None:
    one = mine()
    assert one.marked.shape == (len(one.reading.segments), len(ITEMS)) == one.allowed.shape
    assert one.sample.marks is not None
    shown = {item for item, column in zip(IDS, one.marked.T, strict=True) if column.any()}
    assert shown == one.sample.marks.keys()
    board = [item.startswith("board.") for item in IDS]
    assert not one.marked[~of_fields(one, BOARD)][:, board].any()


def test_an_item_that_loses_all_its_marks_is_0_and_one_that_loses_some_is_unknown() -> None:
    one = mine()
    gone = of_fields(one, "data")
    copy = augmenting.dropped(one, gone)
    had, left = one.marked.sum(axis=0), one.marked[~gone].sum(axis=0)
    assert (copy.counts == one.counts & ~gone).all()
    assert (copy.levels[(had > 0) & (left == 0)] == 0).all()
    assert (copy.levels[(left > 0) & (left < had)] == UNKNOWN).all()
    assert (copy.levels[left == had] == one.levels[left == had]).all()
    assert ((had > 0) & (left == 0)).any()
    assert ((left > 0) & (left < had)).any()


def test_a_copy_that_loses_nothing_is_the_example() -> None:
    one = mine()
    assert augmenting.dropped(one, np.zeros(len(one.counts), dtype=bool)) is one


def test_what_was_said_for_another_case_is_at_most_named() -> None:
    one, there = mine(), other()
    copy = augmenting.swapped(one, there)
    assert (copy.levels[one.levels > 0] == AT_MOST_NAMED).all()
    assert (copy.levels[one.levels == 0] == 0).all()
    # The same submission, read for the other case from the start, has the same signals.
    submission = replace(one.sample.submission, case=there.sample.submission.case)
    read = replace(one.reading, own=there.reading.own)
    fresh = signals.of(read, submission.case, examples.encoder())
    assert (copy.signals.own == fresh.own).all()
    assert (copy.signals.owners == fresh.owners).all()
    assert copy.signals.terms == fresh.terms
    assert copy.signals.extra == pytest.approx(fresh.extra, abs=2e-2)
    # It speaks of its own case, and less of the other one.
    assert copy.signals.own.sum() < one.signals.own.sum()


def test_what_loses_evidence_under_another_case_is_still_at_most_named() -> None:
    copy = augmenting.swapped(mine(), other())
    gone = of_fields(copy, "data")
    left = copy.marked[~gone].sum(axis=0)
    levels = augmenting.dropped(copy, gone).levels
    assert set(levels[left > 0]) == {AT_MOST_NAMED}


@pytest.mark.parametrize("seed", range(6))
def test_parts_of_another_answer_stand_behind_and_earn_nothing(seed: int) -> None:
    one, donor = mine(), other()
    copy = augmenting.inserted(one, donor, Random(seed))
    n, total = len(one.reading.segments), len(copy.reading.segments)
    assert copy.reading.segments[:n] == one.reading.segments
    assert total > n
    lent = {segment.where for segment in copy.reading.segments[n:]}
    assert lent <= set(FIELDS)
    assert total - n == of_fields(donor, *lent).sum()
    assert (copy.marked[:n] == one.marked).all()
    assert not copy.marked[n:].any()
    assert (copy.levels == one.levels).all()
    seen = copy.signals
    for column in (seen.fields, seen.kinds, seen.before, seen.behind, seen.terms, copy.counts, copy.allowed):
        assert len(column) == total
    assert len(seen.states) == len(seen.own) == len(seen.owners)
    # Each segment has the pieces that it had in its own answer.
    theirs = [i for i, segment in enumerate(donor.reading.segments) if segment.where in lent]
    for place, index in enumerate(theirs, n):
        assert (
            seen.states[seen.owners == place] == donor.signals.states[donor.signals.owners == index]
        ).all()


def test_the_same_seed_changes_the_same_way() -> None:
    both = [
        [augmenting.changed(mine(), [other()], random) for _ in range(20)]
        for random in (Random(1), Random(1))
    ]
    for first, second in zip(*both, strict=True):
        assert (first.levels == second.levels).all()
        assert (first.counts == second.counts).all()
        assert first.signals.terms == second.signals.terms
    assert any(
        (copy.levels == AT_MOST_NAMED).any() or len(copy.counts) > len(mine().counts) for copy in both[0]
    )
    assert any((~copy.counts).any() for copy in both[0])


def test_answers_to_another_case_are_not_handed_in_for_a_third() -> None:
    sample = replace(mine().sample, profile=augmenting.FOREIGN_PROFILE)
    one = replace(mine(), sample=sample)
    random = Random(2)
    copies = [augmenting.changed(one, [other()], random) for _ in range(60)]
    assert not any((copy.levels == AT_MOST_NAMED).any() for copy in copies)
