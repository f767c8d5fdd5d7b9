"""What the checks of the drawing say of the board's items: a loop that is closed need not be guessed from words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whiteboard.findings import findings
from whiteboard.graph import Graph
from whiteboard.understanding import understand

from .evidence import BoardRef
from .segments import Segment
from .sheet import ItemScore

QUOTES = 3
# "There and connected the right way round" is what these checks look at; that is level 2.
CONNECTED = 2
_SURE = 0.75
_ITEMS = {
    "online-loop": "board.online",
    "offline-loop": "board.offline",
    "bridge": "board.bridge",
    "feedback": "board.feedback",
    "monitoring": "board.monitoring",
}
# Of the samples whose monitoring is loose or not there, none earned more than a mention.
_CAPPED = frozenset({"board.monitoring"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """`shown`: {item: ids of the elements that show it}; `lacking`: items that cannot be more than mentioned."""

    shown: Mapping[str, frozenset[str]]
    lacking: frozenset[str]


def inspect(graph: Graph) -> Drawn:
    """What the drawing's findings mean for the items of the board."""
    found = [one for one in findings(understand(graph)) if one.check in _ITEMS]
    shown: dict[str, frozenset[str]] = {}
    for one in found:
        if one.kind == "good":
            shown.setdefault(_ITEMS[one.check], frozenset(one.elements))
    lacking = {_ITEMS[one.check] for one in found if one.kind == "missing"}
    return Drawn(shown, frozenset(lacking & _CAPPED - shown.keys()))


def settle(item: str, score: ItemScore, drawn: Drawn, pieces: Sequence[Segment]) -> ItemScore:
    """The score of an item, held against the drawing. `pieces` are what may be quoted."""
    if item in drawn.lacking and score.level > 1:
        return ItemScore(1, score.confidence, score.evidence)
    if item not in drawn.shown or score.level >= CONNECTED:
        return score
    quoted = [
        piece
        for piece in pieces
        if isinstance(piece.evidence, BoardRef) and drawn.shown[item].issuperset(piece.evidence.elements)
    ]
    if not quoted:
        return score
    arrows_first = sorted(quoted, key=lambda piece: piece.kind != "arrow")
    evidence = tuple(piece.evidence for piece in arrows_first[:QUOTES])
    return ItemScore(CONNECTED, _SURE, evidence)
