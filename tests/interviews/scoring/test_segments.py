"""Sentences keep the exact place where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.scoring.evidence import NoteSpan
from interviews.scoring.segments import of_board, of_field
from whiteboard.graph import Edge, Graph, Part


def cut(text: str) -> list[str]:
    return [segment.text for segment in of_field("data", text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("a line\nanother", ["a line", "another"]),
        ("- first\n* second\n3. third", ["first", "second", "third"]),
        ("Use trees, e.g. LightGBM, first.", ["Use trees, e.g. LightGBM, first."]),
        ("AUC is 0.78 now. Fine.", ["AUC is 0.78 now.", "Fine."]),
        ("how many ads? say 1 million", ["how many ads? say 1 million"]),
        ("  \n \n", []),
        ("---", []),
    ],
)
def test_text_is_cut_where_a_reader_would(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_every_offset_gives_back_its_quotation(text: str) -> None:
    for segment in of_field("data", text):
        span = segment.evidence
        assert isinstance(span, NoteSpan)
        assert text[span.start : span.end] == span.quote


def test_a_sentence_knows_its_heading() -> None:
    assert of_field("data", "**Labels**\n- a click\n")[1].heading == "Labels"


def test_an_arrow_is_quoted_by_its_label_or_by_its_ends() -> None:
    parts = (Part("a", "App"), Part("b", "Model"))
    graph = Graph(parts, (Edge("1", "a", "b", "request"), Edge("2", "b", "a")))
    assert [s.evidence.quote for s in of_board(graph)] == ["App", "Model", "request", "Model -> App"]
