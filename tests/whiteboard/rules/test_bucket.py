from __future__ import annotations

from whiteboard.rules.bucket import Bucket


def test_a_burst_is_let_through_and_then_no_more() -> None:
    bucket = Bucket(rate=30, burst=90)
    assert [bucket.take(0.0) for _ in range(91)] == [True] * 90 + [False]


def test_tokens_come_back_with_time() -> None:
    bucket = Bucket(rate=30, burst=90)
    for _ in range(90):
        bucket.take(0.0)
    assert [bucket.take(0.1) for _ in range(4)] == [True, True, True, False]


def test_a_long_silence_saves_up_no_more_than_a_burst() -> None:
    bucket = Bucket(rate=30, burst=2)
    bucket.take(0.0)
    assert [bucket.take(1_000.0) for _ in range(3)] == [True, True, False]
