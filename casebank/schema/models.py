"""What each file of a case holds. `extra="forbid"`: a misspelt key is a fault, not a silence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=6_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
Milliseconds = Annotated[float, Field(allow_inf_nan=False, gt=0, le=86_400_000)]
Step = Literal["clarify", "frame", "data", "features", "model", "evaluate", "deploy"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Node(Part):
    id: Name
    label: Short


class FrameOfNodes(Part):
    name: Short
    nodes: list[Name]


class Diagram(Part):
    """The portable form of a drawing."""

    nodes: list[Node]
    edges: list[Annotated[list[str], Field(min_length=2, max_length=3)]]
    frames: list[FrameOfNodes]


class CaseFile(Part):
    """case.yaml: what a candidate may see. `starter` is what stands already, for a board to begin with."""

    title: Short
    summary: Short
    level: Literal["mid", "senior", "staff"]
    kind: Literal[
        "ranking",
        "retrieval",
        "recommendation",
        "classification",
        "detection",
        "regression",
        "forecasting",
        "generation",
        "platform",
    ]
    tags: Annotated[list[Short], Field(min_length=1, max_length=10)]
    minutes: Annotated[int, Field(ge=15, le=120)]
    prompt: Text
    starter: Diagram | None = None


class Fact(Part):
    """What to answer when the candidate asks for it."""

    ask: Short
    answer: Text


class Quantity(Part):
    """A number of the case. With `formula` it follows from earlier ones, and is checked."""

    name: Name
    value: Number
    unit: Annotated[str, StringConstraints(max_length=40)]
    formula: Annotated[str, StringConstraints(max_length=200)] | None = None
    say: Short


class Expects(Part):
    """What a drawing is held against; each a number, or the name of one in `capacity`."""

    requests_per_second: Number | Name | None = None
    feature_freshness_s: Number | Name | None = None
    index_freshness_s: Number | Name | None = None


class ItemNote(Part):
    """What an item of the checklist means in this case."""

    earns_2: Text
    earns_3: Text
    typical_wrong: Text


class Probe(Part):
    ask: Short
    listen_for: Text


class Flip(Part):
    """A constraint that changes in the middle of the interview."""

    change: Short
    good_adaptation: Text


class GuideFile(Part):
    """guide.yaml: for the interviewer only."""

    opening: Text
    closing: Text
    entities: Annotated[list[Short], Field(min_length=8, max_length=60)]
    facts: Annotated[list[Fact], Field(min_length=12)]
    capacity: Annotated[list[Quantity], Field(min_length=5)]
    expects: Expects = Expects()
    items: dict[str, ItemNote]
    ladders: dict[Literal["mid", "senior", "staff"], Annotated[list[Probe], Field(min_length=3)]]
    hints: dict[Step, Annotated[list[Text], Field(min_length=2)]]
    flips: Annotated[list[Flip], Field(min_length=2)]
    red_flags: Annotated[list[Text], Field(min_length=3)]


class Decision(Part):
    """A branch of the trade-off tree."""

    when: Short
    pick: Short
    because: Text


class ObjectiveChain(Part):
    business_goal: Text
    ml_objective: Text
    loss: Text
    offline_metric: Text
    online_metric: Text
    guardrail: Text


class Hop(Part):
    part: Name
    ms: Milliseconds


class LatencyPath(Part):
    """The online path, hop by hop (p99, ms), held against the budget."""

    budget_ms: Milliseconds
    path: Annotated[list[Hop], Field(min_length=2)]


class Alternative(Part):
    """Another design that deserves full marks."""

    name: Short
    idea: Text
    choose_when: Text
    costs: Text


class ReferenceFile(Part):
    """reference.yaml: a solution, for the interviewer only."""

    steps: dict[Step, Text]
    decisions: Annotated[list[Decision], Field(min_length=3)]
    objective_chain: ObjectiveChain
    diagram: Diagram
    latency: LatencyPath
    alternatives: Annotated[list[Alternative], Field(min_length=3)]
