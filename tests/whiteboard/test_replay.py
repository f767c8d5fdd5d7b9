from __future__ import annotations

import contextlib
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard.replay import FORMAT, Damaged, Entry, Timeline, pack, unpack

T0 = datetime(2026, 3, 1, 12, tzinfo=UTC)

_whole = st.integers(-(2**53), 2**53)
_values: Any = st.recursive(
    st.none() | st.booleans() | _whole | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
# Few names and few values, so that the same elements and keys change, go and come back.
_elements = st.builds(
    lambda key, rest: {**rest, "id": key},
    st.sampled_from("abc"),
    st.dictionaries(st.sampled_from(["x", "y", "text"]), st.sampled_from([0, 0.0, -0.0, 1, True]) | _values),
)
_entries = st.lists(
    st.builds(
        Entry,
        _whole,
        st.datetimes(timezones=st.just(UTC)),
        st.none() | st.integers(1, 3),
        st.lists(_elements, max_size=3).map(tuple),
    ),
    max_size=8,
)


@given(_entries)
def test_what_is_packed_is_unpacked_to_the_last_bit(entries: list[Entry]) -> None:
    again = unpack(pack(entries))
    assert again == tuple(entries)
    for before, after in zip(entries, again, strict=True):
        assert _exact(before) == _exact(after)


def _exact(entry: Entry) -> bytes:
    """1, 1.0 and true are equal in Python and differ here."""
    return orjson.dumps(entry.elements, option=orjson.OPT_SORT_KEYS)


@given(_entries, st.data())
def test_a_flipped_bit_is_told_or_harmless(entries: list[Entry], data: st.DataObject) -> None:
    packed = bytearray(pack(entries))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= 1 << data.draw(st.integers(0, 7))
    with contextlib.suppress(Damaged):
        assert unpack(bytes(packed)) == tuple(entries)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x02",
        bytes([FORMAT]),
        bytes([FORMAT]) + b"zzzz",
        bytes([FORMAT]) + zlib.compress(b"[]"),
        bytes([FORMAT]) + zlib.compress(b'{"authors": [], "ids": [], "entries": [[1, 0, 0, []]]}'),
        bytes([FORMAT]) + zlib.compress(b'{"authors": [1], "ids": ["a"], "entries": [[1, 0, 0, [[0]]]]}'),
        bytes([FORMAT]) + zlib.compress(b'{"authors": [1], "ids": [], "entries": [[1, 1e30, 0, []]]}'),
    ],
)
def test_what_is_no_recording_has_an_error_of_its_own(packed: bytes) -> None:
    with pytest.raises(Damaged):
        unpack(packed)


def test_a_truncated_recording_is_told() -> None:
    packed = pack([_entry(1, 0, a=1)])
    with pytest.raises(Damaged, match="backup"):
        unpack(packed[:-3])


def test_only_what_changed_is_kept() -> None:
    long = "many words that compress badly: " + "".join(chr(33 + i * 7 % 90) for i in range(900))
    entries = [
        Entry(i + 1, T0 + timedelta(seconds=i), 1, ({"id": "a", "text": long, "x": i},)) for i in range(200)
    ]
    assert len(pack(entries)) < 4_000


def test_the_board_at_a_moment_is_each_elements_last_version_by_then() -> None:
    timeline = Timeline([_entry(1, 0, a=1), _entry(2, 10, b=1), _entry(3, 20, a=2)])
    assert _x(timeline, -1) == {}
    assert _x(timeline, 0) == {"a": 1}
    assert _x(timeline, 19.9) == {"a": 1, "b": 1}
    assert _x(timeline, 20) == {"a": 2, "b": 1}


def test_an_element_appears_with_its_first_version() -> None:
    timeline = Timeline([_entry(1, 0, a=1), _entry(2, 10, b=1), _entry(3, 20, b=2)])
    assert timeline.appeared("b") == T0 + timedelta(seconds=10)
    assert timeline.appeared("c") is None


def test_the_order_of_the_log_holds_where_its_clocks_disagree() -> None:
    timeline = Timeline([_entry(1, 10, a=1), _entry(2, 9, a=2)])
    assert _x(timeline, 9) == {}
    assert _x(timeline, 10) == {"a": 2}


@given(_entries, st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_the_log_played_up_to_it(entries: list[Entry], moment: datetime) -> None:
    scene = {}
    for entry in entries:
        if entry.at > moment:
            break
        scene.update({element["id"]: element for element in entry.elements})
    assert Timeline(entries).at(moment) == scene


def _entry(seq: int, second: float, **x: int) -> Entry:
    elements = tuple({"id": key, "x": value} for key, value in x.items())
    return Entry(seq, T0 + timedelta(seconds=second), 1, elements)


def _x(timeline: Timeline, second: float) -> dict[str, Any]:
    return {key: element["x"] for key, element in timeline.at(T0 + timedelta(seconds=second)).items()}
