"""A drawing as text that a person reads aloud and edits: one line for each part, its arrows beneath it.

    # Online loop                       an area; "#" alone ends it
    Gateway (5 ms)                      a part
      -> Ranker: request                an arrow to another part, with its label
    Ranker [Model server]               a part that says its kind
      batch -> Data lake: impressions   online, batch or stream
      -- Cache                          a line without a direction
    > Ask about the budget              loose text

Parts with the same label are told apart as "Cache" and "Cache #2". A backslash begins a label that would read as
something else, and "[]" ends one whose own last words look like a kind or a number.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from whiteboard import catalogue
from whiteboard.formats.faults import FormatError
from whiteboard.graph import Edge, Flow, Frame, Graph, Note, Part

MAX_TEXT = 200_000
NO_LABEL = "(no label)"
_ARROW = re.compile(r"\s*(?:(online|batch|stream)\s+)?(->|--)\s+(\S.*)")
_KIND = re.compile(r"(.*?)\s*\[([^\[\]]*)\]")
_NUMBERED = re.compile(r"(.+) #([2-9]|[1-9]\d+)")
_SPECIAL = re.compile(r"[#>\\]|(?:(?:online|batch|stream)\s+)?(?:->|--)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Outline:
    """The text, and for each of its lines the id of what it speaks of; empty for a line that ends an area."""

    text: str
    ids: tuple[str, ...]


def write(graph: Graph) -> Outline:
    """The outline of a graph; `read(text, ids)` gives the graph back, less loose arrows, and less the kind of parts
    that are called just so."""
    by_id = {part.id: part for part in graph.parts}
    framed = [(frame, [by_id.pop(id) for id in frame.parts if id in by_id]) for frame in graph.frames]
    areas: list[tuple[Frame | None, list[Part]]] = [(None, list(by_id.values())), *framed]
    names = _names([part for _, parts in areas for part in parts])
    lines: list[tuple[str, str]] = []
    for area, parts in areas:
        if area:
            lines.append((f"# {_one_line(area.name) or NO_LABEL}", area.id))
        for part in parts:
            lines += _of_part(part, graph, names)
    lines += [(f"> {_one_line(note.text)}", note.id) for note in graph.notes]
    return Outline("\n".join(line for line, _ in lines), tuple(id for _, id in lines))


def read(text: str, ids: Sequence[str] = ()) -> Graph:
    """The graph that an outline says. Ids are those given line by line, else "line-N". Raises FormatError."""
    if len(text) > MAX_TEXT:
        raise FormatError("the outline", f"may hold at most {MAX_TEXT:,} characters")
    reader = _Reader(ids)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    return reader.graph()


def _of_part(part: Part, graph: Graph, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kind = catalogue.kinds().get(part.kind)
    name = names[part.id]
    shown = f"\\{name}" if _SPECIAL.match(name) or (part.label and name.startswith(NO_LABEL)) else name
    shown += " []" * _ends_like_a_mark(name, part.label)
    if kind and _kind(part.label) != kind.id:  # "Cache [Cache]" would be noise
        shown += f" [{kind.name}]"
    yield shown, part.id
    for edge in graph.edges:
        if edge.source == part.id:
            line = f"{edge.flow} " * bool(edge.flow) + ("->" if edge.directed else "--")
            target, label = names[edge.target], _one_line(edge.label)
            said = f": {label}" if label else ""
            if _target(target + said, names.values()) != (target, label):
                target = f'"{target}"'
            yield f"  {line} {target}{said}", edge.id


def _ends_like_a_mark(name: str, label: str) -> bool:
    """Whether a label ends as a kind or a number would; a number that we gave is one."""
    if name != _one_line(label):
        return False
    bracketed = _KIND.fullmatch(name)
    return bool((bracketed and (not bracketed[2] or _kind(bracketed[2]))) or _NUMBERED.fullmatch(name))


def _names(parts: Sequence[Part]) -> dict[str, str]:
    """{part id: what it is called}, no two alike."""
    labels = {_one_line(part.label) or NO_LABEL for part in parts}
    names: dict[str, str] = {}
    taken: set[str] = set()
    for part in parts:
        label = name = _one_line(part.label) or NO_LABEL
        number = 1
        while name in taken or (number > 1 and name in labels):
            number += 1
            name = f"{label} #{number}"
        taken.add(name)
        names[part.id] = name
    return names


def _target(rest: str, names: Collection[str]) -> tuple[str, str] | None:
    """(the part that an arrow's words begin with, its label); the longest name counts, unless one is in quotes."""
    for name in sorted(names, key=len, reverse=True):
        for form in (f'"{name}"', name):
            if f"{rest}:".startswith(f"{form}:"):
                return name, rest[len(form) + 1 :].strip()
    return None


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _kind(name: str) -> str:
    """The kind with this name or id, whichever case; empty if there is none."""
    wanted = name.strip().lower()
    return next((id for id, kind in catalogue.kinds().items() if wanted in (id, kind.name.lower())), "")


@dataclass(slots=True)
class _Reader:
    ids: Sequence[str]
    parts: dict[str, Part] = field(default_factory=dict)  # by what they are called
    arrows: list[tuple[int, str, re.Match[str]]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    here: str = ""
    inside: bool = False

    def take(self, number: int, line: str) -> None:
        stripped = _one_line(line)
        if not stripped:
            return
        if stripped.startswith("#"):
            self._area(number, stripped[1:].strip())
        elif stripped.startswith(">"):
            self.notes.append(Note(self._id(number), stripped[1:].strip()))
        elif arrow := _ARROW.fullmatch(stripped):
            if not self.here:
                raise FormatError(f"line {number}", "an arrow needs a part above it")
            self.arrows.append((number, self.here, arrow))
        else:
            self._part(number, stripped)

    def graph(self) -> Graph:
        edges = tuple(self._edge(*arrow) for arrow in self.arrows)
        return Graph(tuple(self.parts.values()), edges, tuple(self.frames), tuple(self.notes))

    def _id(self, number: int) -> str:
        return self.ids[number - 1] if number <= len(self.ids) else f"line-{number}"

    def _area(self, number: int, name: str) -> None:
        self.inside = bool(name)
        self.here = ""
        if name:
            self.frames.append(Frame(self._id(number), "" if name == NO_LABEL else name))

    def _part(self, number: int, said: str) -> None:
        kind = ""
        if (found := _KIND.fullmatch(said)) and (kind := _kind(found[2])):
            said = found[1]
        marked = said.endswith(" []")
        said = said.removesuffix(" []")
        name = said.removeprefix("\\")
        if name in self.parts:
            raise FormatError(
                f"line {number}", f"there are two parts called {name!r}; call this one “{name} #2”"
            )
        label = "" if said.startswith(NO_LABEL) and not marked else name
        numbered = None if marked else _NUMBERED.fullmatch(name)
        if numbered and numbered[1] in self.parts and label:
            label = numbered[1]
        part = Part(self._id(number), label, kind)
        self.parts[name] = part
        self.here = name
        if self.inside:
            self.frames[-1] = replace(self.frames[-1], parts=(*self.frames[-1].parts, part.id))

    def _edge(self, number: int, source: str, arrow: re.Match[str]) -> Edge:
        flow, line, rest = arrow.groups()
        found = _target(rest, self.parts)
        if found is None:
            wanted = rest.split(": ")[0]
            near = difflib.get_close_matches(wanted, self.parts, n=1)
            hint = f"; did you mean “{near[0]}”?" if near else "; write it on a line of its own"
            raise FormatError(f"line {number}", f"there is no part called “{wanted[:60]}”{hint}")
        target, label = found
        one, other = self.parts[source].id, self.parts[target].id
        return Edge(self._id(number), one, other, label, line == "->", cast(Flow, flow or ""))
