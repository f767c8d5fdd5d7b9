"""A sheet as plain values; JSON of it is what the typesetter reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["", "strong", "em", "code"]
Marker = Literal["point", "number", "box"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style."""

    text: str
    style: Style = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Points:
    """A list; a `box` is there to be ticked."""

    items: tuple[Words, ...]
    marker: Marker = "point"
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Table:
    """`align` has l, c or r for each column; `widths` are the columns' parts of the whole, 0 for as wide as it is.
    `total`: the last row sums up."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    align: str
    widths: tuple[int, ...]
    total: bool = False
    kind: Literal["table"] = "table"


Block = Paragraph | Points | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said beside it (minutes, for example), and what stands under it. `loop` colours it."""

    title: str
    blocks: tuple[Block, ...]
    beside: str = ""
    loop: Literal["", "offline", "online", "bridge"] = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG and as Mermaid (empty where it is no graph); `share` of the page's height is its most."""

    svg: str
    alt: str
    caption: str
    mermaid: str = ""
    share: float = 0.3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `kind` says what it is, `facts` are short and stand above the title; `uneven`: on paper
    one column may be wider than the other."""

    title: str
    kind: str
    lead: Words
    drawings: tuple[Drawing, ...]
    sections: tuple[Section, ...]
    facts: tuple[str, ...] = ()
    note: str = ""
    uneven: bool = False
