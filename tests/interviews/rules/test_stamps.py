"""Times in notes are found, and nothing is lost around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.rules.stamps import pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("no time", [("no time", None)]),
        ("[12:34] slow", [("[12:34]", 754), (" slow", None)]),
        ("a [0:05][100:00]", [("a ", None), ("[0:05]", 5), ("[100:00]", 6000)]),
        ("[12:61] [1234:00] [1:2] [١:٠٠]", [("[12:61] [1234:00] [1:2] [١:٠٠]", None)]),
    ],
)
def test_a_time_is_a_piece_of_its_own(text: str, found: list[tuple[str, int | None]]) -> None:
    assert [(piece.text, piece.second) for piece in pieces(text)] == found


@given(st.text(alphabet="[]:0123456789a \n"))
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
