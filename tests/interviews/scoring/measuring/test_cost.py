"""What scoring costs, counted without the warm-up."""

from __future__ import annotations

from interviews.scoring.measuring import cost
from interviews.scoring.sheet import Sheet
from interviews.scoring.submission import Submission
from tests.interviews.scoring.measuring.small import WordScorer, sample


def test_the_median_the_slowest_and_the_height_of_memory() -> None:
    found = cost.of([0.1, 0.4, 0.2])
    assert (found.seconds_median, found.seconds_slowest) == (0.2, 0.4)
    assert 10 < found.peak_memory_mb < 100_000


def test_the_first_submission_warms_up_and_is_counted_once() -> None:
    asked: list[str] = []

    def score(submission: Submission) -> Sheet:
        asked.append(submission.id)
        return WordScorer({})(submission)

    some = [sample([0, 0, 0], id=id).submission for id in "ab"]
    assert len(list(cost.scored(score, some))) == 2
    assert asked == ["a", "a", "b"]
