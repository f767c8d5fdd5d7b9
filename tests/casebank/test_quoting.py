from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casebank.quoting import Piece, Span, pieces

places = st.integers(-5, 60)
spans = st.lists(st.builds(Span, places, places, st.text(min_size=1, max_size=3)), max_size=6)


def test_a_quotation_is_marked() -> None:
    assert pieces("we log clicks", [Span(3, 6, "a")]) == [
        Piece("we ", False),
        Piece("log", True, ("a",)),
        Piece(" clicks", False),
    ]


def test_quotations_may_overlap() -> None:
    assert [p.text for p in pieces("abcdef", [Span(0, 4, "a"), Span(2, 6, "b")]) if p.quoted] == [
        "ab",
        "cd",
        "ef",
    ]


def test_two_quotations_may_begin_together() -> None:
    assert pieces("abc", [Span(0, 2, "a"), Span(0, 3, "b")])[0].anchors == ("a", "b")


def test_an_empty_text_has_no_pieces() -> None:
    assert pieces("", []) == []


@given(st.text(max_size=50), spans)
def test_no_character_is_lost(text: str, given: list[Span]) -> None:
    assert "".join(piece.text for piece in pieces(text, given)) == text


@given(st.text(max_size=50), spans)
def test_each_fitting_quotation_is_marked_and_anchored_once(text: str, given: list[Span]) -> None:
    fitting = [s for s in given if 0 <= s.start < s.end <= len(text)]
    made = pieces(text, given)
    assert sorted(a for p in made for a in p.anchors) == sorted(s.anchor for s in fitting)
    marked = "".join(("x" if p.quoted else "-") * len(p.text) for p in made)
    assert all(set(marked[s.start : s.end]) == {"x"} for s in fitting)
