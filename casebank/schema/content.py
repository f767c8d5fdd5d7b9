"""A whole case, read from its folder and checked as a whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from casebank import checklist

from . import documents
from .arithmetic import agrees, evaluate
from .documents import Document
from .faults import Fault
from .models import CaseFile, Diagram, GuideFile, Part, Quantity, ReferenceFile

PARTS = ("case", "guide", "reference")
FILES = tuple(f"{part}.yaml" for part in PARTS)
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
MIN_ITEM_NOTES = 25
# A run of this many words in both halves is a leak, not a coincidence.
LEAK_WORDS = 8
M = TypeVar("M", bound=Part)
# The document, or the part of one, that each of PARTS stands in.
Sources = dict[str, Document]


class Faulty(Exception):
    """A case that cannot be loaded; `faults` names every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Content:
    """A case as its files say it: the candidate's half, and the interviewer's."""

    slug: str
    case: CaseFile
    guide: GuideFile
    reference: ReferenceFile

    def guide_body(self) -> dict[str, Any]:
        """The interviewer's half as it is stored: the guide, with the reference solution under `reference`."""
        return {**self.guide.model_dump(), "reference": self.reference.model_dump()}

    def digest(self) -> str:
        """A hash over everything that the case says."""
        said = [self.case.model_dump(), self.guide_body()]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read: each part that is whole in itself, and all that is wrong. There is content only where
    nothing is."""

    slug: str
    case: CaseFile | None
    guide: GuideFile | None
    reference: ReferenceFile | None
    content: Content | None
    faults: list[Fault]


def read_case(folder: Path) -> Content:
    """The case in a folder; Faulty, with every fault, where it is not whole."""
    faults: list[Fault] = []
    if not re.fullmatch(SLUG, folder.name):
        faults.append(Fault(folder.name, 0, "", "a case's folder is named in lower case, with hyphens"))
    if folder.is_symlink():
        raise Faulty([Fault(folder.name, 0, "", "is a link, and links are not followed")])
    others = (
        sorted(path.name for path in folder.iterdir() if path.name not in FILES) if folder.is_dir() else []
    )
    faults += [Fault(f"{folder.name}/{name}", 0, "", "is not a file of a case") for name in others]
    sources = {part: documents.read(folder / f"{part}.yaml", root=folder.parent) for part in PARTS}
    reading = assemble(folder.name, sources, faults)
    if reading.content is None:
        raise Faulty(reading.faults)
    return reading.content


def assemble(slug: str, sources: Sources, faults: list[Fault]) -> Reading:
    """The case that these documents hold. `faults` are those found before, such as that a part is missing; they come
    first."""
    found = list(faults)
    case = parse(sources.get("case"), CaseFile, found)
    guide = parse(sources.get("guide"), GuideFile, found)
    reference = parse(sources.get("reference"), ReferenceFile, found)
    content = None
    if case and guide and reference and not found:
        whole = Content(slug, case, guide, reference)
        found += _check(whole, sources)
        content = None if found else whole
    return Reading(slug, case, guide, reference, content, found)


def parse(document: Document | None, model: type[M], faults: list[Fault]) -> M | None:
    """What a document says, in the form of a model; None, and the reasons in `faults`, where it does not fit."""
    if document is None:
        return None
    faults += document.faults
    if document.faults:
        return None
    if not isinstance(document.value, dict):
        faults.append(document.fault((), "must be a mapping of keys to values"))
        return None
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        faults += _said(error, document)
        return None


def _said(error: ValidationError, document: Document) -> Iterator[Fault]:
    """The problems in plain words; of a key that is not known only that."""
    problems = error.errors()
    unknown = {one["loc"][:-1] for one in problems if one["loc"][-1:] == ("[key]",)}
    yield from (document.fault(where, "is not a known key") for where in sorted(unknown, key=str))
    for problem in problems:
        where = problem["loc"]
        if not any(where[: len(known)] == known for known in unknown):
            yield document.fault(where, _plain(problem["msg"]))


def _plain(message: str) -> str:
    if message.startswith("Extra inputs"):
        return "is not a known key"
    message = re.sub(r"valid dictionary( or instance of \w+)?", "mapping of keys to values", message)
    return message[0].lower() + message[1:].replace(" after validation", "")


def shared_runs(one: Content, other: Content) -> list[str]:
    """The runs of LEAK_WORDS words that two cases share, sorted: text that fits both says little."""
    return sorted(" ".join(run) for run in _all_runs(one) & _all_runs(other))


def _all_runs(content: Content) -> set[tuple[str, ...]]:
    said = [content.case.model_dump(), content.guide_body()]
    return {run for text in _texts(said) for run in _runs(text)}


def _check(content: Content, sources: Sources) -> Iterator[Fault]:
    yield from _check_items(content, sources["guide"])
    yield from _check_capacity(content, sources["guide"])
    yield from _check_diagrams(content, sources["case"], sources["reference"])
    yield from _check_latency(content, sources["reference"])
    yield from _check_leaks(content, sources["case"])


def _check_items(content: Content, guide: Document) -> Iterator[Fault]:
    known = {item.id for item in checklist.load().items}
    for item in content.guide.items:
        if item not in known:
            yield guide.fault(("items", item), "is not an item of the checklist")
    if len(content.guide.items) < MIN_ITEM_NOTES:
        yield guide.fault(
            ("items",), f"explains {len(content.guide.items)} items; at least {MIN_ITEM_NOTES} are needed"
        )


def _check_capacity(content: Content, guide: Document) -> Iterator[Fault]:
    yield from check_quantities(content.guide.capacity, guide, "capacity")
    known = {quantity.name for quantity in content.guide.capacity}
    for key, expected in content.guide.expects:
        if isinstance(expected, str) and expected not in known:
            yield guide.fault(("expects", key), f"there is no {expected} in capacity")


def check_quantities(quantities: list[Quantity], document: Document, key: str) -> Iterator[Fault]:
    """Faults of the numbers under a key: each formula must give the value that stands beside it."""
    known: dict[str, float] = {}
    for i, quantity in enumerate(quantities):
        if quantity.formula is not None:
            try:
                computed = evaluate(quantity.formula, known)
            except ValueError as error:
                yield document.fault((key, i, "formula"), str(error))
            else:
                if not agrees(quantity.value, computed):
                    yield document.fault(
                        (key, i, "value"), f"is {quantity.value:g}, but {quantity.formula} is {computed:g}"
                    )
        known[quantity.name] = float(quantity.value)


def _check_diagrams(content: Content, case: Document, reference: Document) -> Iterator[Fault]:
    yield from _check_ends(content.case.starter, case, "starter")
    yield from _check_ends(content.reference.diagram, reference, "diagram")


def _check_ends(diagram: Diagram | None, document: Document, key: str) -> Iterator[Fault]:
    if diagram is None:
        return
    nodes: set[str] = set()
    for i, node in enumerate(diagram.nodes):
        if node.id in nodes:
            yield document.fault((key, "nodes", i, "id"), f"there are two nodes {node.id}")
        nodes.add(node.id)
    for i, edge in enumerate(diagram.edges):
        for end in edge[:2]:
            if end not in nodes:
                yield document.fault((key, "edges", i), f"there is no node {end}")
    for i, frame in enumerate(diagram.frames):
        for member in frame.nodes:
            if member not in nodes:
                yield document.fault((key, "frames", i, "nodes"), f"there is no node {member}")


def _check_latency(content: Content, reference: Document) -> Iterator[Fault]:
    latency = content.reference.latency
    nodes = {node.id for node in content.reference.diagram.nodes}
    for i, hop in enumerate(latency.path):
        if hop.part not in nodes:
            yield reference.fault(("latency", "path", i, "part"), f"there is no node {hop.part}")
    total = sum(hop.ms for hop in latency.path)
    if total >= latency.budget_ms:
        yield reference.fault(
            ("latency", "budget_ms"), f"is {latency.budget_ms:g} ms, but the path takes {total:g} ms"
        )


def _check_leaks(content: Content, case: Document) -> Iterator[Fault]:
    hidden = {run for text in _texts(content.guide_body()) for run in _runs(text)}
    for key in ("summary", "prompt"):
        for run in _runs(getattr(content.case, key)):
            if run in hidden:
                yield case.fault((key,), f"shares words with the guide: {' '.join(run)!r}")
                break


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[i : i + LEAK_WORDS]) for i in range(len(words) - LEAK_WORDS + 1))
