"""What each file of a case holds. `extra="forbid"`: a misspelt key is a fault, not a silence.

The docstrings below classes and fields are what an editor shows beside the key (casebank/schema/jsonschema.py).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=6_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
End = Annotated[str, StringConstraints(max_length=120)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
Milliseconds = Annotated[float, Field(allow_inf_nan=False, gt=0, le=86_400_000)]
Level = Literal["mid", "senior", "staff"]
Step = Literal["clarify", "frame", "data", "features", "model", "evaluate", "deploy"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Node(Part):
    id: Name
    label: Short


class FrameOfNodes(Part):
    name: Short
    nodes: list[Name]


class Diagram(Part):
    """The portable form of a drawing."""

    nodes: Annotated[list[Node], Field(max_length=60)]
    """Each with an id of its own."""
    edges: Annotated[list[Annotated[list[End], Field(min_length=2, max_length=3)]], Field(max_length=150)]
    """[from, to] or [from, to, label]."""
    frames: Annotated[list[FrameOfNodes], Field(max_length=12)]
    """Areas, such as the offline and the online loop."""


class CaseFile(Part):
    """case.yaml: what a candidate may see."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
    """The name of the case in lists."""
    summary: Short
    """One sentence for the list of cases; nothing that the candidate should have to ask for."""
    level: Level
    """The seniority that the case is written for."""
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
    """The kind of task."""
    tags: Annotated[list[Short], Field(min_length=1, max_length=10)]
    """Words to find the case by."""
    minutes: Annotated[int, Field(ge=15, le=120)]
    """How long the interview takes."""
    prompt: Text
    """Markdown, as an interviewer would say it: short and open."""
    starter: Diagram | None = None
    """A drawing for the board to begin with: what stands already."""


class Fact(Part):
    """What to answer when the candidate asks for it."""

    ask: Short
    answer: Text


class Quantity(Part):
    """A number of the case. With `formula` it follows from earlier ones, and is checked."""

    name: Name
    value: Number
    """The figure, rounded as people would say it."""
    unit: Annotated[str, StringConstraints(max_length=40)]
    formula: Annotated[str, StringConstraints(max_length=200)] | None = None
    """+ - * / ( ) over numbers and names that stand above; within 5 % of `value`."""
    say: Short
    """What the number is, in words."""


class Expects(Part):
    """What a drawing is held against; each a number, or the name of one in `capacity`."""

    requests_per_second: Number | Name | None = None
    """Requests a second at peak."""
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
    """How to begin."""
    closing: Text
    """How to end."""
    entities: Annotated[list[Short], Field(min_length=8, max_length=60)]
    """Words of this case; the scorer tells by them whether an answer belongs to it."""
    facts: Annotated[list[Fact], Field(min_length=12)]
    """What to tell, but only when asked."""
    capacity: Annotated[list[Quantity], Field(min_length=5)]
    """The arithmetic of the case, worked out; each formula uses names above it."""
    expects: Expects = Expects()
    """What a drawing is held against."""
    items: dict[str, ItemNote]
    """What items of the checklist mean here, by their id; at least 25."""
    ladders: dict[Level, Annotated[list[Probe], Field(min_length=3)]]
    """Probes by level, each harder than the one before."""
    hints: dict[Step, Annotated[list[Text], Field(min_length=2)]]
    """Hints by step, from a nudge to nearly the answer."""
    flips: Annotated[list[Flip], Field(min_length=2)]
    """Constraints that change in the middle."""
    red_flags: Annotated[list[Text], Field(min_length=3)]
    """What a good candidate for this level would not say."""


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
    """What the whole path may take; the hops together take less."""
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
    """A solution, step by step."""
    decisions: Annotated[list[Decision], Field(min_length=3)]
    """What decides between designs."""
    objective_chain: ObjectiveChain
    diagram: Diagram
    latency: LatencyPath
    alternatives: Annotated[list[Alternative], Field(min_length=3)]
    """Other designs that deserve full marks."""


class OneFile(Part):
    """A whole case as one document (casebank/schema/onefile.py)."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
    """The end of the case's address: lower case, with hyphens."""
    case: CaseFile
    """What a candidate may see."""
    guide: GuideFile
    """For the interviewer only."""
    reference: ReferenceFile
    """A solution, for the interviewer only."""
