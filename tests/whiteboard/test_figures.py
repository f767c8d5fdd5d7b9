from __future__ import annotations

import pytest

from whiteboard.figures import figures
from whiteboard.system import Numbers


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (Numbers(), []),
        (Numbers(latency_ms=20, percentile=99), ["20 ms p99"]),
        (Numbers(latency_ms=0.5), ["0.5 ms"]),
        (Numbers(per_second=10_000), ["10k a second"]),
        (Numbers(takes=500, gives=60), ["500 → 60"]),
        (Numbers(gives=400), ["→ 400"]),
        (Numbers(takes=1_500_000), ["1.5M →"]),
        (Numbers(every_s=3_600), ["every hour"]),
        (Numbers(every_s=900), ["every 15 minutes"]),
        (Numbers(every_s=0), ["as it happens"]),
        (Numbers(every_s=0.5), ["every 0.5 seconds"]),
        (Numbers(replicas=3, count=1e8), ["× 3", "100M items"]),
        (Numbers(bytes=2.6e14), ["260 TB"]),
        (Numbers(bytes=12), ["12 B"]),
    ],
)
def test_figures_are_said_as_people_write_them(numbers: Numbers, words: list[str]) -> None:
    assert figures(numbers) == words
