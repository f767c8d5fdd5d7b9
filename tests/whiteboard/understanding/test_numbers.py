from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard.system import Numbers
from whiteboard.understanding.numbers import numbers

DAY = 86_400.0


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Ranker", Numbers()),
        ("", Numbers()),
        ("rank svc (20ms p99)", Numbers(latency_ms=20, percentile=99)),
        ("batch get + incr, p99 6ms", Numbers(latency_ms=6, percentile=99)),
        ("scorer 1.5s p95", Numbers(latency_ms=1_500, percentile=95)),
        ("API (2.3M rps)", Numbers(per_second=2.3e6)),
        ("10k QPS", Numbers(per_second=10_000)),
        ("restaurant list (120k pred/s)", Numbers(per_second=120_000)),
        ("uploads 864k/day", Numbers(per_second=10)),
        ("10,000 requests per second", Numbers(per_second=10_000)),
        ("L1 light ranker 1500→200, 30ms", Numbers(latency_ms=30, takes=1_500, gives=200)),
        ("500 -> 60", Numbers(takes=500, gives=60)),
        ("targeting 10k→500", Numbers(takes=10_000, gives=500)),
        ("Targeting + pacing -> ~300 ads", Numbers(gives=300)),
        ("hourly", Numbers(every_s=3_600)),
        ("training each 30 min", Numbers(every_s=1_800)),
        ("Learn again each night", Numbers(every_s=DAY)),
        ("Counter job (per minute)", Numbers(every_s=60)),
        ("live counters per post (Flink, 30s lag)", Numbers(every_s=30)),
        ("stream counters <1min", Numbers(every_s=60)),
        ("ETA svc (60 pods, 50ms p95)", Numbers(latency_ms=50, percentile=95, replicas=60)),
        ("Scorer pods x20 (treelite)", Numbers(replicas=20)),
        ("Gateway x3 replicas", Numbers(replicas=3)),
        ("Postgres 1B image rows", Numbers(count=1e9)),
        ("2GB", Numbers(bytes=2e9)),
    ],
)
def test_what_a_label_says(label: str, said: Numbers) -> None:
    assert numbers(label) == said


@pytest.mark.parametrize(
    "label",
    [
        "DCN-v2 scorer, int8",
        "70B LLM rerank",
        "OTA waves 0.5→100%",
        "A/B 2% -> 20%, 2 wks",
        "text+image encoder at post time → 128d",
        "Data lake, 90 days",
        "train 14 days",
        "gRPC 25ms timeout",
        "if heavy >90ms",
        "saves ~300ms on 4G",
        "assembler, budget 200ms",
        "REST API (<10ms)",
        "< 100 ms",
        "p99 ≤ 100 ms",
        "<=50ms p95",
        "answers under 100 ms",
        "within 1.5s p95",
        "at most 80 ms",
        "sub-100ms",
        "100 ms max",
        "SLO: 200ms",
        "Driver GPS 4s",
        "label maker: wait 30 min",
        "Redis, 90% hit",
        "recall@50 ~0.94",
        "p95",
    ],
)
def test_what_is_no_figure_says_nothing(label: str) -> None:
    assert numbers(label) == Numbers()


@given(st.text(alphabet=st.sampled_from("0123456789 .,kmbs/→->x×p%<≤~hd()dayminpods"), max_size=80))
def test_no_text_is_too_strange(label: str) -> None:
    found = numbers(label)
    assert all(value is None or value >= 0 for value in (found.latency_ms, found.every_s, found.per_second))
