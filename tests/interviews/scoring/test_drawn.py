"""What the checks of the drawing are worth to the board's items."""

from __future__ import annotations

from interviews.scoring import drawn, segments
from interviews.scoring.evidence import BoardRef
from interviews.scoring.scorer import score
from interviews.scoring.sheet import ItemScore
from interviews.scoring.submission import CaseTerms, Submission
from tests.interviews.scoring.test_drawing import EDGES, PARTS
from whiteboard.graph import Edge, Graph, Part

# Nobody's words: only the stated kinds say what these parts are.
CODED = Graph(
    parts=(Part("a", "Alpha", "client"), Part("b", "Beta", "gateway"), Part("c", "Gamma", "ranker")),
    edges=(Edge("ab", "a", "b"), Edge("bc", "b", "c"), Edge("ca", "c", "a")),
)


def test_a_loop_that_is_closed_counts_whatever_its_parts_are_called() -> None:
    sheet = score(Submission("x", CaseTerms("ad-click-prediction"), {}, CODED))
    online = sheet.items["board.online"]
    assert online.level >= drawn.CONNECTED
    assert {piece.quote for piece in online.evidence if isinstance(piece, BoardRef)} == {
        "Alpha -> Beta",
        "Beta -> Gamma",
        "Gamma -> Alpha",
    }


def test_the_same_parts_without_their_arrows_are_not_a_loop() -> None:
    assert drawn.inspect(Graph(parts=CODED.parts)).shown == {}


def test_monitoring_that_watches_nothing_is_only_mentioned() -> None:
    graph = Graph((*PARTS, Part("m", "Monitoring and alerting, p99")), EDGES)
    found = drawn.inspect(graph)
    pieces = segments.of_board(graph)
    assert found.lacking == {"board.monitoring"}
    assert (
        drawn.settle("board.monitoring", ItemScore(3, 0.8, (pieces[-1].evidence,)), found, pieces).level == 1
    )


def test_what_is_already_worth_more_keeps_its_level_and_evidence() -> None:
    found, pieces = drawn.inspect(CODED), segments.of_board(CODED)
    given = ItemScore(3, 0.8, (pieces[0].evidence,))
    assert drawn.settle("board.online", given, found, pieces) == given


def test_without_anything_to_quote_nothing_is_raised() -> None:
    assert drawn.settle("board.online", ItemScore(0, 0.5), drawn.inspect(CODED), []) == ItemScore(0, 0.5)
