"""What it costs to score: processor time and memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from interviews.scoring.sheet import Sheet
from interviews.scoring.submission import Submission

Score = Callable[[Submission], Sheet]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time per submission, over all threads, so that it is what one core needs whatever else the
    machine does. `peak_memory_mb` is the whole process's at its height, Django and the labels included."""

    seconds_median: float
    seconds_slowest: float
    peak_memory_mb: float


def scored(score: Score, submissions: Iterable[Submission]) -> Iterator[tuple[Sheet, float]]:
    """Sheets, each with its seconds. The first submission is scored once before, for what is read once per process."""
    for i, submission in enumerate(submissions):
        if i == 0:
            score(submission)
        begin = time.process_time()
        sheet = score(submission)
        yield sheet, time.process_time() - begin


def of(seconds: Iterable[float]) -> Cost:
    """The cost so far. Raises StatisticsError where nothing was scored."""
    taken = list(seconds)
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return Cost(median(taken), max(taken), peak)
