from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whiteboard import outline, scene
from whiteboard.geometry import distance, edges, middle
from whiteboard.graph import Edge, Flow, Frame, Graph, Note, Part
from whiteboard.layout import to_elements
from whiteboard.revision import Revision, revise
from whiteboard.rules import Element, indices, validate
from whiteboard.rules.repair import repairs
from whiteboard.rules.scene import Scene

DRAWN = Graph(
    (Part("c", "Client"), Part("g", "Gateway"), Part("r", "Ranker"), Part("l", "Lake"), Part("t", "Trainer")),
    (
        Edge("1", "c", "g", "request"),
        Edge("2", "g", "r"),
        Edge("3", "r", "c", "answer"),
        Edge("4", "l", "t", "nightly", True, "batch"),
    ),
    (Frame("on", "Online", ("g", "r")), Frame("off", "Offline", ("l", "t"))),
    (Note("n", "Ask about the budget"),),
)


def edited(elements: list[Element], *changes: tuple[str, str]) -> Revision:
    """What editing the outline of these elements so does."""
    written = outline.write(scene.read(elements))
    text = written.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return revise(elements, outline.read(written.text, written.ids), outline.read(text), mark="m-")


def applied(elements: list[Element], revision: Revision) -> list[Element]:
    """As a browser does it, which puts what is new on top."""
    top = max((element["index"] for element in elements), default=indices.FIRST)
    new = []
    for element in revision.added:
        top = indices.above(top)
        new.append({**element, "index": top})
    return [
        {**element, **revision.changed.get(element["id"], {}), "isDeleted": element["id"] in revision.removed}
        for element in [*elements, *new]
    ]


def named(graph: Graph) -> dict[str, Any]:
    label = graph.label
    return {
        # An outline does not say the kind of what is called just so.
        "parts": sorted((part.label, "" if part.label == "Cache" else part.kind) for part in graph.parts),
        "edges": sorted((label(e.source), label(e.target), e.label, e.directed, e.flow) for e in graph.edges),
        "frames": sorted((frame.name, sorted(map(label, frame.parts))) for frame in graph.frames),
        "notes": sorted(note.text for note in graph.notes),
    }


def ids_of(elements: list[Element]) -> dict[str, str]:
    return {part.label: part.id for part in scene.read(elements).parts}


def test_an_outline_that_was_not_edited_changes_nothing() -> None:
    assert not edited(to_elements(DRAWN))


def test_a_renamed_part_keeps_its_place_its_arrows_and_its_id() -> None:
    elements = to_elements(DRAWN)
    revision = edited(elements, ("\nRanker\n", "\nRanker (20 ms)\n"), ("-> Ranker", "-> Ranker (20 ms)"))
    assert (revision.added, revision.removed) == ([], [])
    assert list(revision.changed) == [f"{ids_of(elements)['Ranker']}-label"]
    assert ids_of(applied(elements, revision))["Ranker (20 ms)"] == ids_of(elements)["Ranker"]


def test_a_new_part_stands_in_its_area_and_on_nothing() -> None:
    elements = to_elements(DRAWN)
    revision = edited(elements, ("\nRanker\n", "\nCache [Cache]\n  -> Ranker\nRanker\n"))
    after = applied(elements, revision)
    assert named(scene.read(after))["frames"] == [
        *(("Offline", ["Lake", "Trainer"]), ("Online", ["Cache", "Gateway", "Ranker"])),
    ]
    boxes = {e["id"]: e for e in after if e["type"] == "rectangle"}
    new = boxes[ids_of(after)["Cache"]]
    assert new["customData"] == {"part": "cache"}
    assert all(distance(middle(new), other) > 0 for other in boxes.values() if other is not new)
    frame = next(e for e in after if e["type"] == "frame" and e["name"] == "Online")
    assert edges(frame)[2] >= edges(new)[2]


def test_a_part_that_is_taken_away_takes_its_label_and_arrows_along() -> None:
    elements = to_elements(DRAWN)
    revision = edited(elements, ("Gateway\n  -> Ranker\n", ""), ("  -> Gateway: request\n", ""))
    after = named(scene.read(applied(elements, revision)))
    assert ("Gateway", "") not in after["parts"]
    assert [edge[:2] for edge in after["edges"]] == [("Lake", "Trainer"), ("Ranker", "Client")]
    assert after["notes"] == ["Ask about the budget"]


def test_an_arrow_can_be_relabelled_turned_to_a_stream_and_lose_its_direction() -> None:
    elements = to_elements(DRAWN)
    revision = edited(elements, ("batch -> Trainer: nightly", "stream -- Trainer: as they come"))
    assert not revision.added
    assert not revision.removed
    after = scene.read(applied(elements, revision))
    assert [(e.label, e.flow, e.directed) for e in after.edges if after.label(e.source) == "Lake"] == [
        ("as they come", "stream", False)
    ]


def test_a_part_moves_to_another_area_and_its_arrows_follow() -> None:
    elements = to_elements(DRAWN)
    revision = edited(
        elements,
        ("Client\n  -> Gateway: request\n", ""),
        ("# Online\n", "# Online\nClient\n  -> Gateway: request\n"),
    )
    after = applied(elements, revision)
    assert ("Online", ["Client", "Gateway", "Ranker"]) in named(scene.read(after))["frames"]
    assert len(scene.read(after).edges) == 4
    assert not scene.examine(after).guessed
    moved = next(e for e in after if e["id"] == ids_of(after)["Client"])
    for arrow in (e for e in after if e["type"] == "arrow"):
        for side, at in (("startBinding", 0), ("endBinding", -1)):
            if arrow[side]["elementId"] == moved["id"]:
                x, y = arrow["points"][at]
                assert distance((arrow["x"] + x, arrow["y"] + y), moved) < 20


def test_what_others_did_meanwhile_stays() -> None:
    elements = to_elements(DRAWN)
    written = outline.write(scene.read(elements))
    text = written.text.replace("Lake", "Data lake")
    others = [e for e in elements if e["id"] not in (ids_of(elements)["Trainer"], "edge-3", "edge-3-label")]
    others += to_elements(Graph((Part("x", "Dashboard"),)), mark="others-")
    revision = revise(others, outline.read(written.text, written.ids), outline.read(text), mark="m-")
    after = named(scene.read(applied(others, revision)))
    assert {("Dashboard", ""), ("Data lake", "")} <= set(after["parts"])
    assert ("Trainer", "") not in after["parts"]


def test_a_wish_about_what_is_gone_is_skipped_and_counted() -> None:
    elements = to_elements(DRAWN)
    written = outline.write(scene.read(elements))
    text = written.text.replace("Trainer", "Training job")
    others = [e for e in elements if ids_of(elements)["Trainer"] not in (e["id"], e.get("containerId"))]
    revision = revise(others, outline.read(written.text, written.ids), outline.read(text), mark="m-")
    assert revision.skipped == 1
    assert not revision


def test_a_text_that_arrows_point_at_is_a_part_and_can_be_renamed() -> None:
    words = {"type": "text", "text": "Client", "originalText": "Client", "containerId": None}
    elements = [
        {**e, **words} if e["id"] == "part-0" else e for e in to_elements(DRAWN) if e["id"] != "part-0-label"
    ]
    revision = edited(elements, ("Client\n", "Browser\n"), ("-> Client", "-> Browser"))
    assert list(revision.changed) == ["part-0"]
    assert "Browser" in ids_of(applied(elements, revision))


NAMES = ["Client", "Gateway", "Ranker", "Lake", "Trainer", "Cache", "Cache", "Log", "Registry"]
FLOWS: st.SearchStrategy[Flow] = st.sampled_from(["", "online", "batch", "stream"])


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=7))
    parts = tuple(Part(f"p{i}", name, draw(st.sampled_from(["", "cache"]))) for i, name in enumerate(names))
    pairs = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
    edges = tuple(
        Edge(
            f"e{i}", f"p{a}", f"p{b}", draw(st.sampled_from(["", "x", "y"])), draw(st.booleans()), draw(FLOWS)
        )
        for i, (a, b) in enumerate(pairs)
        if a != b and max(a, b) < len(parts)
    )
    split = draw(st.integers(0, len(parts)))
    inside = {"Online": parts[:split], "Offline": parts[split : split + 2]}
    frames = tuple(
        Frame(f"f{name}", name, tuple(p.id for p in members)) for name, members in inside.items() if members
    )
    notes = tuple(
        Note(f"n{i}", text) for i, text in enumerate(draw(st.lists(st.sampled_from("uvw"), max_size=2)))
    )
    return Graph(parts, edges, frames, notes)


@given(graphs(), graphs())
def test_any_drawing_can_be_edited_into_any_other(first: Graph, second: Graph) -> None:
    elements = to_elements(first)
    written = outline.write(scene.read(elements))
    wanted = outline.read(outline.write(second).text)
    revision = revise(elements, outline.read(written.text, written.ids), wanted, mark="m-")
    after = applied(elements, revision)
    assert named(scene.read(after)) == named(second)
    assert revision.skipped == 0
    assert validate.elements(after) == (after, [])
    by_id = {element["id"]: element for element in after}
    assert repairs(Scene(by_id.values()), list(by_id)) == []


@pytest.mark.parametrize("field", ["version", "versionNonce", "index", "id"])
def test_a_change_leaves_to_the_browser_what_is_the_browsers(field: str) -> None:
    revision = edited(to_elements(DRAWN), ("\nRanker\n", "\nRe-ranker\n"), ("-> Ranker", "-> Re-ranker"))
    assert all(field not in changes for changes in revision.changed.values())
