"""Reads submissions as people write them in YAML files. Labels that may stand in a file are never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from casebank.checklist import CONTENT
from whiteboard.formats import FormatError, portable

from .submission import STEPS, CaseTerms, Submission

CASES = CONTENT / "cases"
MAX_BYTES = 4_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SampleError(ValueError):
    """A file that is no submission; says which file, which key and why."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        super().__init__(f"{path}: {key}: {reason}")


def files(path: Path) -> Iterator[Path]:
    """The file itself, or all YAML files in a folder, in order. Raises SampleError where there is nothing."""
    if not path.exists():
        raise SampleError(path, "file", "does not exist")
    if path.is_file():
        yield path
        return
    found = sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml"))
    if not found:
        raise SampleError(path, "folder", "holds no .yaml files")
    yield from found


def load(path: Path) -> dict[Any, Any]:
    """The mapping in a file. Raises SampleError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SampleError(
                path, "file", f"is {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB can be judged"
            )
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader either way
    except OSError as error:
        raise SampleError(path, "file", f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SampleError(path, "file", f"is not UTF-8 text (byte {error.start})") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, SampleError):
            raise
        raise SampleError(path, "file", f"is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise SampleError(path, "file", "must hold a mapping with id, case, notes and diagram")
    return data


def parse(path: Path, data: dict[Any, Any]) -> Submission:
    """The submission in a file's mapping, with the words of its case. Raises SampleError."""
    for key in ("id", "case", "notes"):
        if key not in data:
            raise SampleError(path, key, "is missing")
    notes = data["notes"]
    if not isinstance(notes, dict):
        raise SampleError(path, "notes", "must be a mapping from step to text")
    for step, text in notes.items():
        if step not in STEPS:
            raise SampleError(path, f"notes.{step}", f"is not a step; the steps are {', '.join(STEPS)}")
        if text is not None and not isinstance(text, str):
            raise SampleError(path, f"notes.{step}", f"must be text, not {type(text).__name__}")
    try:
        graph = portable.parse(data.get("diagram"))
    except FormatError as error:
        raise SampleError(path, f"diagram.{error.where}", error.reason) from error
    slug = _text(path, data, "case")
    case = terms_of(slug)
    return Submission(_text(path, data, "id"), case, {s: notes.get(s) or "" for s in STEPS}, graph)


def _text(path: Path, data: dict[Any, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not value.strip():
        # Only its type: aliases can make a small file's value too long to print.
        raise SampleError(path, key, f"must be text, not {'empty' if value == '' else type(value).__name__}")
    return value


def terms_of(slug: str) -> CaseTerms:
    """What the case bank's content says of a case; only its slug where there is no such case."""
    guide = CASES / slug / "guide.yaml"
    if not slug.replace("-", "").isalnum() or not guide.is_file():
        return CaseTerms(slug)
    return of_guide(slug, yaml.load(guide.read_text(encoding="utf-8"), Loader=_LOADER))  # noqa: S506 - a safe loader either way


def of_guide(slug: str, guide: Mapping[str, Any]) -> CaseTerms:
    """The words and facts of a case from its guide."""
    facts = (str(fact["answer"]) for fact in guide.get("facts", ()))
    return CaseTerms(slug, tuple(map(str, guide.get("entities", ()))), tuple(facts))
