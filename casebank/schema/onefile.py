"""A whole case as one YAML document, for carrying it from one place to another and for writing it in the browser.

    slug: my-case
    case: {...}         # what case.yaml holds
    guide: {...}        # guide.yaml
    reference: {...}    # reference.yaml

reading = read(text, file="my-case.yaml")   # Reading: the content, or every fault with its line and key
text = write("my-case", {"case": {...}})    # the other way
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from casebank import checklist

from . import documents
from .content import PARTS, SLUG, Content, Reading, assemble
from .documents import Document
from .faults import Fault
from .models import GuideFile, Level, ReferenceFile, Step

# A case of ours has 45 kB; a form's body may have 1 MB.
MAX_BYTES = 400_000
MAX_SLUG = 48
WIDTH = 110


def read(text: str, *, file: str) -> Reading:
    """The case in a text, checked as a folder is; faults say `file`, line, key (such as guide.facts[3].ask), reason."""
    size = len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        return _nothing(Fault(file, 0, "", f"is larger than {MAX_BYTES // 1000} kB"))
    return _assembled(documents.parse(text, file=file))


def read_path(path: Path) -> Reading:
    """The case in a file."""
    return _assembled(documents.read(path, root=path.parent, most=MAX_BYTES))


def _assembled(document: Document) -> Reading:
    if document.value is None or not isinstance(document.value, dict):
        reason = document.faults or [
            document.fault((), "must be a mapping with slug, case, guide and reference")
        ]
        return _nothing(*reason)
    faults = [*document.faults, *_outline(document)]
    slug = document.value.get("slug")
    sources = {part: document.under(part) for part in PARTS if part in document.value}
    return assemble(slug if isinstance(slug, str) else "", sources, faults)


def write(slug: str, parts: dict[str, Any], *, head: str = "") -> str:
    """The parts as text that `read` takes; `head` is put before them, and keys without a value are left out."""
    body = write_part({"slug": slug, **parts})
    # A blank line between the parts: it is read by people.
    return head + re.sub(r"^(case|guide|reference):", r"\n\1:", body, flags=re.MULTILINE)


def write_part(value: dict[str, Any]) -> str:
    """One part as the text of its file."""
    return yaml.dump(_plain(value), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)


def parts_of(content: Content) -> dict[str, Any]:
    """The parts of a case, as `write` takes them."""
    return {part: getattr(content, part).model_dump() for part in PARTS}


def parts_from(case: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """The parts from the candidate's half and the guide as it is stored (`Content.guide_body`), in the order in which
    people write them: the database keeps none. A guide of an older schema comes as it is."""
    guide = {key: value for key, value in body.items() if key != "reference"}
    reference = body.get("reference", {})
    try:
        guide = GuideFile.model_validate(guide).model_dump()
        reference = ReferenceFile.model_validate(reference).model_dump()
    except ValidationError:
        return {"case": case, "guide": guide, "reference": reference}
    items = [item.id for item in checklist.load().items]
    for owner, key, order in (
        (guide, "items", items),
        (guide, "hints", get_args(Step)),
        (guide, "ladders", get_args(Level)),
        (reference, "steps", get_args(Step)),
    ):
        owner[key] = {name: owner[key][name] for name in order if name in owner[key]}
    return {"case": case, "guide": guide, "reference": reference}


def _outline(document: Document) -> Iterator[Fault]:
    slug = document.value.get("slug")
    if not isinstance(slug, str) or not re.fullmatch(SLUG, slug) or len(slug) > MAX_SLUG:
        yield document.fault(("slug",), f"must be lower case with hyphens, at most {MAX_SLUG} characters")
    for part in PARTS:
        if part not in document.value:
            yield document.fault((), f"has no {part}")
    for key in document.value:
        if key not in ("slug", *PARTS):
            yield document.fault((key,), "is not a known key")


def _nothing(*faults: Fault) -> Reading:
    return Reading("", None, None, None, None, list(faults))


def _plain(value: Any) -> Any:
    """Without empty keys, and whole numbers without their `.0`."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


class _Writer(yaml.SafeDumper):
    """Long texts as blocks, and never an anchor, which `read` refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)
