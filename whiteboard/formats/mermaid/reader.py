"""From a flowchart to a graph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from whiteboard import catalogue
from whiteboard.formats.faults import FormatError
from whiteboard.formats.mermaid.labels import plain
from whiteboard.graph import Edge, Flow, Frame, Graph, Part

MAX_PARTS = 2_000
# Nobody's line is longer, and looking for the end of a label must not take long.
MAX_LINE = 5_000
_FLOWS: dict[str, Flow] = {"-": "", ".": "batch", "=": "stream"}


def loads(text: str) -> Graph:
    """The graph of a flowchart. Raises FormatError with the line."""
    return _Reader(text).graph()


_ID = re.compile(r"(?:[^\W]|[.$*!?/\\'+](?!-)|-(?![-.>]))+")
_SHAPES = (
    ("(((", (")))",)),
    ("((", ("))",)),
    ("([", ("])",)),
    ("[[", ("]]",)),
    ("[(", (")]",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("{{", ("}}",)),
    ("(", (")",)),
    ("[", ("]",)),
    ("{", ("}",)),
    (">", ("]",)),
)
_LINK = re.compile(
    r"(?:[\w-]+@)?(?P<head>[<xo])?"
    r"(?:(?P<sort>-)-+(?P<end>[->xo])|(?P<thick>=)=+(?P<thick_end>[=>xo])|-(?P<dot>\.)+-(?P<dot_end>[>xo]?)|(?P<hidden>~~~+))"
)
_SPOKEN = re.compile(
    r"(?P<head>[<xo])?(?:-(?P<dot>\.)|(?P<sort>[-=])(?P=sort))\s*"
    r"(?P<label>\"[^\"\n]*\"|[^\n]+?)\s*(?:--+(?P<end>[->xo])|==+(?P<thick_end>[=>xo])|\.+-(?P<dot_end>[>xo]?))"
)
_ASIDE = re.compile(r"(?:direction|style|classDef|class|linkStyle|click|accTitle|accDescr)\b[^\n]*")
_BLANK = re.compile(r"(?:[ \t\r\n;]|%%[^\n]*)*")
_SPACE = re.compile(r"[ \t\r]*")
_HEADER = re.compile(r"(?:flowchart-elk|flowchart|graph)\b[ \t]*(?:TB|TD|BT|RL|LR)?[ \t]*(?=[\n;%]|$)")


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    areas: list[tuple[str, str, list[str]]] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)

    def graph(self) -> Graph:
        for number, line in enumerate(self.text.split("\n"), start=1):
            if len(line) > MAX_LINE:
                raise FormatError(f"line {number}", f"is longer than {MAX_LINE:,} characters")
        self._header()
        while self._skip(_BLANK) < len(self.text):
            self._statement()
        if self.inside:
            self._fail("a subgraph has no end")
        areas = {id for id, _, _ in self.areas}
        for end in (end for edge in self.edges for end in (edge.source, edge.target)):
            if end in areas:
                where = f"the arrow to or from {end[:60]!r}"
                raise FormatError(where, "ends at a subgraph; let it end at a part")
        parts = tuple(
            Part(id, label, self.kinds.get(id, "")) for id, label in self.labels.items() if id not in areas
        )
        frames = tuple(
            Frame(f"frame-{number}", name, tuple(inside))
            for number, (_, name, inside) in enumerate(self.areas)
            if inside
        )
        return Graph(parts, tuple(self.edges), frames)

    def _header(self) -> None:
        body = re.match(r"\s*```(?:mermaid)?[ \t]*\n(.*?)\n\s*```\s*$", self.text, re.S)
        self.text = body[1] if body else self.text
        front = re.match(r"\s*---[ \t]*\n.*?\n---[ \t]*\n", self.text, re.S)
        self.at = front.end() if front else 0
        self._skip(_BLANK)
        if not (header := _HEADER.match(self.text, self.at)):
            begins = self.text[self.at : self.at + 30].split("\n")[0].strip()
            self._fail(
                f"only flowcharts can be read; this begins with {begins!r}" if begins else "there is nothing"
            )
        else:
            self.at = header.end()

    def _statement(self) -> None:
        if self._word("subgraph"):
            self._open()
        elif self._word("end"):
            if not self.inside:
                self._fail("this end closes no subgraph")
            self.inside.pop()
        elif (aside := _ASIDE.match(self.text, self.at)) and not self._is_node(aside[0]):
            self.at = aside.end()
        else:
            self._chain()

    def _is_node(self, line: str) -> bool:
        """Whether a line that begins as `style` or `click` does is one about a node of that name."""
        return bool(re.match(r"\w+\s*(?:[\[({>]|--|==|-\.|&)", line))

    def _word(self, word: str) -> bool:
        found = re.compile(rf"{word}(?=[ \t\r\n;]|$)").match(self.text, self.at)
        self.at = found.end() if found else self.at
        return bool(found)

    def _open(self) -> None:
        """`subgraph id [Title]`, `subgraph "Title"` or `subgraph some words`."""
        self._skip(_SPACE)
        named = re.compile(r'([^\s\["();]+)[ \t]*(?=\[)').match(self.text, self.at)
        self.at = named.end() if named else self.at
        if named or self.text.startswith('"', self.at):
            quoted = self._until(self.at + 1, ("]",)) if named else self._quoted()
            id, name = (named[1] if named else quoted), quoted
        else:
            words = re.compile(r"[^\n;]*").match(self.text, self.at)
            id = name = plain(words[0]) if words else ""
            self.at = words.end() if words else self.at
        self.areas.append((id, name, []))
        self.inside.append(len(self.areas) - 1)
        if len(self.areas) > MAX_PARTS:
            self._fail(f"there may be at most {MAX_PARTS:,} subgraphs")

    def _chain(self) -> None:
        sources = self._nodes()
        while link := self._link():
            targets = self._nodes()
            flow, directed, backwards, label, hidden = link
            for source in sources:
                for target in targets:
                    one, other = (target, source) if backwards else (source, target)
                    if not hidden:
                        id = f"edge-{len(self.edges)}"
                        self.edges.append(Edge(id, one, other, label, directed, flow))
                if len(self.edges) > MAX_PARTS:
                    self._fail(f"there may be at most {MAX_PARTS:,} arrows")
            sources = targets
        self._skip(_SPACE)
        if self.at < len(self.text) and self.text[self.at] not in "\n;%":
            self._fail(f"{self.text[self.at : self.at + 20].split(chr(10))[0]!r} was not expected here")

    def _nodes(self) -> list[str]:
        found = [self._node()]
        while self._skip(_SPACE) < len(self.text) and self.text[self.at] == "&":
            self.at += 1
            found.append(self._node())
        return found

    def _node(self) -> str:
        self._skip(_BLANK)
        if not (name := _ID.match(self.text, self.at)):
            self._fail("a node was expected here")
        id = name[0]
        self.at = name.end()
        label = self._label()
        if label is not None or id not in self.labels:
            self.labels[id] = id if label is None else label
        if style := re.compile(r":::([\w-]+)").match(self.text, self.at):
            self.at = style.end()
            if style[1] in catalogue.kinds():
                self.kinds[id] = style[1]
        if self.inside and id not in self.placed:
            self.areas[self.inside[-1]][2].append(id)
            self.placed.add(id)
        if len(self.labels) > MAX_PARTS:
            self._fail(f"there may be at most {MAX_PARTS:,} nodes")
        return id

    def _label(self) -> str | None:
        if said := re.compile(r"@\{([^}\n]*)\}").match(self.text, self.at):
            self.at = said.end()
            named = re.search(r"label:\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]+))", said[1])
            return plain(next(filter(None, named.groups()), "")) if named else None
        for opened, closings in _SHAPES:
            if self.text.startswith(opened, self.at):
                return self._until(self.at + len(opened), closings)
        return None

    def _until(self, start: int, closings: tuple[str, ...]) -> str:
        quoted = re.compile(r'\s*"([^"]*)"\s*').match(self.text, start)
        if quoted and self.text.startswith(closings, quoted.end()):
            self.at = quoted.end() + len(closings[0])
            return plain(quoted[1])
        line_end = self.text.find("\n", start)
        line = self.text[start : line_end if line_end >= 0 else len(self.text)]
        ends = [line.find(one) for one in closings if one in line]
        if not ends:
            self._fail(f"this label is not closed; {' or '.join(closings)} is missing")
        self.at = start + min(ends) + len(closings[0])
        return plain(line[: min(ends)].strip('"'))

    def _quoted(self) -> str:
        found = re.compile(r'"([^"]*)"').match(self.text, self.at)
        if not found:
            self._fail('this title is not closed; " is missing')
        self.at = found.end()
        return plain(found[1])

    def _link(self) -> tuple[Flow, bool, bool, str, bool] | None:
        """(flow, directed, backwards, label, hidden)"""
        self._skip(_SPACE)
        found = _LINK.match(self.text, self.at) or _SPOKEN.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        said = found.groupdict()
        label = plain((said.get("label") or "").strip('"'))
        if piped := re.compile(r"[ \t]*\|\s*(\"[^\"]*\"|[^|\n]*)\s*\|").match(self.text, self.at):
            self.at = piped.end()
            label = plain(piped[1].strip('"'))
        end = (said["end"] or said["thick_end"] or said["dot_end"] or "").strip("-=")
        forward, backward = bool(end), said["head"] == "<"
        sort = said["dot"] or said.get("thick") or said["sort"] or "-"
        return (
            _FLOWS[sort],
            forward != backward,
            backward and not forward,
            label,
            bool(said.get("hidden")),
        )

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _fail(self, reason: str) -> NoReturn:
        raise FormatError(f"line {self.text.count(chr(10), 0, self.at) + 1}", reason)
