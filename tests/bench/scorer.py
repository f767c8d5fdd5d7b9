"""How long a submission takes to score, as seconds and as a ratio to reading its file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from interviews.scoring import samples
from interviews.scoring.scorer import score
from tests.bench.timing import seconds

FOLDER = Path(__file__).parent.parent / "data" / "submissions"


def run() -> Iterator[str]:
    paths = sorted(FOLDER.glob("*.yaml"))[:30]
    read = [seconds(lambda: samples.load(path)) for path in paths]  # noqa: B023
    submissions = [samples.parse(path, samples.load(path)) for path in paths]
    score(submissions[0])  # the lexicon and the model are read once per process
    before = time.process_time()
    scored = [seconds(lambda: score(submission)) for submission in submissions]  # noqa: B023
    used = (time.process_time() - before) / len(scored)
    yield f"median {median(scored):.3f} s, slowest {max(scored):.3f} s, over {len(paths)} submissions"
    yield f"{used:.2f} s of a core for each, which others on the machine change less"
    yield f"{median(s / r for s, r in zip(scored, read, strict=True)):.1f} x reading the file"
