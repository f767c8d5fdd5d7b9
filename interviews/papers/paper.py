"""A report as plain values: what every form of it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.charts.pace import Pace


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one source says of the whole. `words` are empty where it says nothing; `remark` is a person's own."""

    source: str
    words: str
    remark: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one source says of a point: its level 0-3, and that in words."""

    source: str
    level: int
    words: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notes or of the drawing that earned a level; `by` is whose quotation it is, empty for the scorer."""

    text: str
    where: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    text: str
    opinions: tuple[Opinion, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`points` are those of which some source says something, `missing` the others. `beside` is a line of figures."""

    name: str
    points: tuple[Point, ...]
    missing: tuple[str, ...]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """Mean levels by step, each source in a column of its own; "" where it says nothing of a step."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What was written under a step, as it was typed."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wrote about another: (what was asked, the answer)."""

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the candidate came to the probes, as `source` marked them: how many of each mark, and (mark, question, level)
    of those whose words may be told."""

    source: str
    counts: tuple[tuple[str, int], ...]
    probes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that is told in points, each with lines of its own below it."""

    title: str
    says: str
    points: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A report. Every part may be empty: there was nothing, it may not be seen, or it was not chosen. `states` say what
    is not here, and why. `board` is SVG. `has_board` and `has_notes` say whether these parts belong to the report, so
    that an empty one is told apart from one that was left out. What a step is `missing` was "not shown" only where a
    scorer has read all of it (`is_scored`). `diagram` is the drawing as Mermaid, where parts were found in it. `ahead`
    are passages before the steps, `course` those on what happened meanwhile. `has_pace`: the times belong to it, even
    where they can be shown no longer."""

    title: str
    facts: tuple[str, ...]
    states: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    means: Means | None = None
    said: tuple[Said, ...] = ()
    ahead: tuple[Passage, ...] = ()
    steps: tuple[Step, ...] = ()
    has_pace: bool = False
    pace: Pace | None = None
    asked: tuple[Asked, ...] = ()
    course: tuple[Passage, ...] = ()
    findings: tuple[str, ...] = ()
    has_board: bool = True
    board: str = ""
    diagram: str = ""
    has_notes: bool = True
    notes: tuple[Note, ...] = ()
    unwritten: tuple[str, ...] = ()
    is_scored: bool = False
    foot: str = ""
