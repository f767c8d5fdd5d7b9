from __future__ import annotations

import random

import pytest

from whiteboard.rules import indices


@pytest.mark.parametrize("key", ["a0", "a1", "az", "b00", "Zz", "a0V", "a0G1", "Yzz", "z" + "z" * 26])
def test_what_browsers_make_is_valid(key: str) -> None:
    assert indices.is_valid(key)


@pytest.mark.parametrize(
    "key", ["", "a", "0a", "zz-bad", "zz", "a00", "b0", "a0V0", "A" + "0" * 26, "a0\n", "ä0", "a" + "1" * 300]
)
def test_what_would_make_a_browser_throw_is_not(key: str) -> None:
    assert not indices.is_valid(key)


def test_there_is_room_between_any_two_keys() -> None:
    chance = random.Random(7)
    keys = ["a0", "a1"]
    for _ in range(60):
        at = chance.randrange(len(keys) - 1)
        keys.insert(at + 1, indices.after(keys[at], keys[at + 1]))
    assert keys == sorted(set(keys))
    assert all(map(indices.is_valid, keys))


def test_there_is_always_room_just_above_the_same_key() -> None:
    above = "a1"
    for _ in range(50):
        above = indices.after("a0", above)
        assert "a0" < above < "a1"
        assert indices.is_valid(above)


def test_keys_at_the_top_stay_short() -> None:
    key = "Yzz"
    for _ in range(10_000):
        following = indices.above(key)
        assert following > key
        key = following
    assert indices.is_valid(key)
    assert len(key) <= 4
