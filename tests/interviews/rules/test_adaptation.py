from __future__ import annotations

from interviews.rules.adaptation import NoteChange, adaptation
from whiteboard.graph import Edge, Graph, Part

RANKER, STORE = Part("r", "Ranker"), Part("s", "Feature\nstore")


def test_nothing_changed() -> None:
    same = Graph((RANKER,))
    assert adaptation(({"model": "log loss"}, {"model": "log loss"}), (same, same)).nothing


def test_words_that_came_and_went_are_counted_by_step_and_moved_ones_are_not() -> None:
    before = {"model": "trees and log loss", "data": "clicks"}
    after = {"model": "log loss and a network", "data": "clicks", "deploy": "cpu"}
    seen = adaptation((before, after), (Graph(), Graph()))
    assert seen.notes == (NoteChange("model", 2, 1), NoteChange("deploy", 1, 0))
    assert not seen.drawn


def test_parts_are_told_apart_by_their_ids() -> None:
    before = Graph((RANKER, STORE), (Edge("1", "s", "r"),))
    after = Graph((Part("r", "Small ranker"), Part("c", "Cache")), (Edge("2", "c", "r"), Edge("3", "r", "c")))
    seen = adaptation(({}, {}), (before, after), 12)
    assert (seen.added, seen.removed) == (("Cache",), ("Feature store",))
    assert seen.reworded == (("Ranker", "Small ranker"),)
    assert (seen.arrows_added, seen.arrows_removed, seen.first) == (2, 1, 12)
    assert not seen.nothing
