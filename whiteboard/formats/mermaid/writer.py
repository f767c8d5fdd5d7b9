"""From a graph to a flowchart."""

from __future__ import annotations

from whiteboard import catalogue
from whiteboard.formats.mermaid.labels import escape
from whiteboard.graph import Flow, Graph, Part

_LINES: dict[Flow, tuple[str, str]] = {
    "": ("-->", "---"),
    "online": ("-->", "---"),
    "batch": ("-.->", "-.-"),
    "stream": ("==>", "==="),
}


def dumps(graph: Graph) -> str:
    """The graph as a flowchart; notes become nodes' comments, since a flowchart has no loose text."""
    names = {part.id: f"n{number}" for number, part in enumerate(graph.parts)}
    parts = {part.id: part for part in graph.parts}
    framed: set[str] = set()
    lines = ["flowchart LR"]
    for number, frame in enumerate(graph.frames):
        lines.append(f'  subgraph f{number}["{escape(frame.name)}"]')
        lines += [f"    {_node(names[id], parts[id])}" for id in frame.parts if id not in framed]
        framed.update(frame.parts)
        lines.append("  end")
    lines += [f"  {_node(names[part.id], part)}" for part in graph.parts if part.id not in framed]
    for edge in graph.edges:
        line = _LINES[edge.flow][0 if edge.directed else 1]
        label = f'|"{escape(edge.label)}"|' if edge.label else ""
        lines.append(f"  {names[edge.source]} {line}{label} {names[edge.target]}")
    lines += [f"  %% {' '.join(note.text.split())}" for note in graph.notes]
    return "\n".join(lines) + "\n"


def _node(name: str, part: Part) -> str:
    kind = catalogue.kinds().get(part.kind)
    opened, closed = ("[(", ")]") if kind and kind.look == "store" else ("[", "]")
    return f'{name}{opened}"{escape(part.label)}"{closed}' + (f":::{kind.id}" if kind else "")
