"""Reads the marked form of a labelled answer: marks stand in the text, around the words that earned an item.

    [[deploy.feedback, data.labels|every decision is logged with its outcome]]

Marks may stand inside one another. The form is easy to write and to check by eye; `read` gives the plain form that
samples have (tests/data/submissions/README.md), so that everything else knows one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from interviews.scoring import samples
from interviews.scoring.samples import SampleError
from interviews.scoring.segments import BOARD
from interviews.scoring.submission import STEPS

KEYS = ("id", "case", "profile", "notes", "diagram", "board", "scores", "overall")
LEVELS = (0, 1, 2, 3)
_OPEN = re.compile(r"\[\[([a-z_., ]+)\|")
_CLOSE = "]]"
_EDGE = re.compile(r"\s*(\S+)\s*->\s*([^\s:]+)\s*(?::\s*(.*))?$", re.DOTALL)

Places = dict[str, list[dict[str, str]]]


def read(path: Path, items: Sequence[str]) -> dict[str, Any]:
    """The plain form: id, case, profile, notes, diagram, gold and evidence. `items` are the checklist's ids.

    Raises SampleError with file and key.
    """
    data = samples.load(path)
    for key in KEYS:
        if key not in data:
            raise SampleError(path, key, "is missing")
    for key in data:
        if key not in KEYS:
            raise SampleError(path, str(key)[:60], f"is not known; the keys are {', '.join(KEYS)}")
    marks: Places = {item: [] for item in items}
    notes = dict(_notes(path, data["notes"], marks))
    diagram = _diagram(path, data["diagram"], marks)
    _board(path, data["board"], {node["id"]: node["label"] for node in diagram["nodes"]}, marks)
    levels = dict(_levels(path, data["scores"], items))
    for item, level in levels.items():
        if level and not marks[item]:
            raise SampleError(path, item, f"has level {level}, but no words are marked for it")
        if marks[item] and not level:
            raise SampleError(
                path, item, f"has level 0, but {marks[item][0]['quote'][:60]!r} is marked for it"
            )
    return {
        "id": data["id"],
        "case": data["case"],
        "profile": data["profile"],
        "notes": notes,
        "diagram": diagram,
        "gold": {"scores": levels, "overall": data["overall"]},
        "evidence": {item: found for item, found in marks.items() if found},
    }


def unmark(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, and each mark as item, start and end in it. Raises ValueError for marks that do not
    close, or brackets that open none."""
    kept: list[str] = []
    found: list[tuple[str, int, int]] = []
    inside: list[tuple[list[str], int]] = []
    at, length = 0, 0
    while at < len(text):
        opening = _OPEN.match(text, at)
        if opening:
            inside.append(([item.strip() for item in opening[1].split(",") if item.strip()], length))
            at = opening.end()
        elif inside and text.startswith(_CLOSE, at):
            items, start = inside.pop()
            found += [(item, start, length) for item in items]
            at += len(_CLOSE)
        elif text.startswith("[[", at):
            raise ValueError(f"opens no mark: {text[at : at + 40]!r}")
        else:
            kept.append(text[at])
            at, length = at + 1, length + 1
    if inside:
        raise ValueError(f"never closes the mark of {', '.join(inside[-1][0])}")
    return "".join(kept), found


def _unmarked(path: Path, key: str, raw: object, marks: Places, where: str) -> str:
    """The text under a key; its marks go to `marks`. What is drawn is quoted as a whole."""
    if not isinstance(raw, str | int | float):
        raise SampleError(path, key, f"must be text, not {type(raw).__name__}")
    try:
        text, found = unmark(str(raw))
    except ValueError as error:
        raise SampleError(path, key, str(error)) from error
    for item, start, end in found:
        if item not in marks:
            raise SampleError(path, key, f"marks {item!r}, which is no item of the checklist")
        quote = (text if where == BOARD else text[start:end]).strip()
        if not text[start:end].strip():
            raise SampleError(path, key, f"marks no words for {item}")
        entry = {"where": where, "quote": quote}
        if entry not in marks[item]:
            marks[item].append(entry)
    return text


def _notes(path: Path, raw: object, marks: Places) -> Iterator[tuple[str, str]]:
    notes = _mapping(path, "notes", raw)
    for step in notes:
        if step not in STEPS:
            raise SampleError(path, f"notes.{step}", f"is not a step; the steps are {', '.join(STEPS)}")
    for step in STEPS:
        yield step, _unmarked(path, f"notes.{step}", notes.get(step) or "", marks, step)


def _diagram(path: Path, raw: object, marks: Places) -> dict[str, Any]:
    diagram = _mapping(path, "diagram", raw)
    for key in diagram:
        if key not in ("nodes", "edges", "frames"):
            raise SampleError(
                path, f"diagram.{str(key)[:60]}", "is not known; the keys are nodes, edges, frames"
            )
    nodes = {
        str(node): _unmarked(path, f"diagram.nodes.{node}", label, marks, BOARD)
        for node, label in _mapping(path, "diagram.nodes", diagram.get("nodes")).items()
    }
    edges = [
        _edge(path, f"diagram.edges[{i}]", edge, nodes, marks)
        for i, edge in enumerate(diagram.get("edges") or ())
    ]
    frames = [
        {"name": str(name), "nodes": _known(path, f"diagram.frames.{name}", inside, nodes)}
        for name, inside in _mapping(path, "diagram.frames", diagram.get("frames")).items()
    ]
    return {
        "nodes": [{"id": id, "label": label} for id, label in nodes.items()],
        "edges": edges,
        "frames": frames,
    }


def _edge(path: Path, key: str, raw: object, nodes: Mapping[str, str], marks: Places) -> list[str]:
    """`raw` is "a -> b: label"; YAML reads a label behind a colon as a mapping, which says the same."""
    if isinstance(raw, Mapping):
        raw = ": ".join(f"{name}: {label}" for name, label in raw.items())
    parts = _EDGE.match(raw) if isinstance(raw, str) else None
    if parts is None:
        raise SampleError(path, key, 'must be "from -> to: label"')
    ends = _known(path, key, [parts[1], parts[2]], nodes)
    return [*ends, _unmarked(path, key, parts[3] or "", marks, BOARD)]


def _board(path: Path, raw: object, nodes: Mapping[str, str], marks: Places) -> None:
    """The parts that earned each item of the board."""
    for item, inside in _mapping(path, "board", raw).items():
        key = f"board.{str(item)[:60]}"
        if item not in marks or not item.startswith("board."):
            raise SampleError(path, key, "is no item of the board")
        marks[item] += [
            {"where": BOARD, "quote": nodes[node].strip()} for node in _known(path, key, inside, nodes)
        ]


def _known(path: Path, key: str, raw: object, nodes: Mapping[str, str]) -> list[str]:
    if not isinstance(raw, list):
        raise SampleError(path, key, "must be a list of nodes")
    for node in map(str, raw):
        if node not in nodes:
            raise SampleError(path, key, f"names {node[:60]!r}, which is no node")
    return list(map(str, raw))


def _levels(path: Path, raw: object, items: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The levels of each step, given in the checklist's order."""
    scores = _mapping(path, "scores", raw)
    steps = list(dict.fromkeys(item.split(".")[0] for item in items))
    for step in scores:
        if step not in steps:
            raise SampleError(
                path, f"scores.{str(step)[:60]}", f"is not known; the keys are {', '.join(steps)}"
            )
    for step in steps:
        mine = [item for item in items if item.split(".")[0] == step]
        row = scores.get(step)
        if not isinstance(row, list) or len(row) != len(mine):
            raise SampleError(path, f"scores.{step}", f"must have {len(mine)} levels: {', '.join(mine)}")
        for item, level in zip(mine, row, strict=True):
            if level not in LEVELS or type(level) is not int:
                raise SampleError(
                    path, f"scores.{step}", f"gives {item} the level {level!r}; levels are 0 to 3"
                )
            yield item, level


def _mapping(path: Path, key: str, raw: object) -> Mapping[Any, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise SampleError(path, key, f"must be a mapping, not {type(raw).__name__}")
    return raw
