"""What the room's tools put into the notes is evidence like everything that a candidate writes."""

from __future__ import annotations

from casebank.checklist import CONTENT
from casebank.schema import read_case
from interviews.scoring import scorer
from interviews.scoring.samples import of_guide
from interviews.scoring.submission import Submission
from whiteboard import scene

# As static/src/room/tools/capacity.ts writes them (its tests hold it to these words).
ESTIMATE = """\
Requests a day: 120 M users x 20 requests = 2.4 B requests a day.
Average load: 2.4 B / 86,400 s = 27.8 k requests a second.
Peak load: 27.8 k/s x 2.5 = 69.4 k requests a second.
Predictions at peak: 69.4 k/s x 100 = 6.94 M predictions a second.
"""
# As static/src/room/tools/decisions.ts writes them.
DECISION = """\
Decision: logistic regression with hashed crosses first, then a small embedding network
Alternatives: gradient boosted trees, which cannot hold 1.5 million ad ids
Cost: 12 ms more for each request, and a second model to keep calibrated
Would reverse it: a normalised entropy gain below 0.3 % on last week's auctions
"""
SLUG = "ad-click-prediction"


def levels(**notes: str) -> dict[str, int]:
    case = of_guide(SLUG, read_case(CONTENT / "cases" / SLUG).guide_body())
    goal = "Ads are ranked for a feed; we earn per click through an auction.\n"
    notes["clarify"] = goal + notes.get("clarify", "")
    sheet = scorer.score(Submission("x", case, notes, scene.read([])))
    return {id: item.level for id, item in sheet.items.items()}


def test_an_estimate_is_evidence_of_scale() -> None:
    assert levels().get("clarify.scale", 0) == 0
    assert levels(clarify=ESTIMATE)["clarify.scale"] >= 2


def test_a_decision_is_evidence_of_a_trade_off() -> None:
    assert levels().get("model.tradeoffs", 0) == 0
    assert levels(model=DECISION)["model.tradeoffs"] >= 2
