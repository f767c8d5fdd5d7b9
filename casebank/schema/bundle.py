"""Many cases in one zip, each in the files that its folder holds (docs/exchange.md).

    cases/<slug>/case.yaml, guide.yaml, reference.yaml              what the case says now
    versions/<slug>/<number>/case.yaml, guide.yaml, reference.yaml  what it said before

`read` checks each as a folder is checked; `write` goes the other way.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from casebank import unpacking
from casebank.spooled import put
from casebank.unpacking import Archive, Bounds

from . import documents, onefile
from .content import FILES, PARTS, SLUG, Content, Faulty, assemble
from .faults import Fault

MOST = 100
BOUNDS = Bounds(packed=4_000_000, entries=MOST * len(PARTS), each=onefile.MAX_BYTES, unpacked=40_000_000)
# After every number that an earlier version may have.
_NOW = 1_000_000
_FILE = "|".join(map(re.escape, FILES))
_FITS = re.compile(rf"(cases/{SLUG}|versions/{SLUG}/[1-9]\d{{0,5}})/({_FILE})")


@dataclass(frozen=True, slots=True)
class Bundled:
    """A case: what it said before, the oldest first, and what it says now."""

    slug: str
    contents: tuple[Content, ...]


def read(file: IO[bytes], *, name: str) -> tuple[list[Bundled], list[Fault]]:
    """The cases in an archive, by slug, and every fault; `name` is what faults of the archive itself are said to be
    in. A case is among them only if all of it is without faults."""
    try:
        with unpacking.opened(file, BOUNDS, fits=_FITS, name=name) as archive:
            return _read(archive, name)
    except Faulty as faulty:
        return [], faulty.faults


def _read(archive: Archive, name: str) -> tuple[list[Bundled], list[Fault]]:
    # {slug: {number of an earlier version, or None for what it says now: folder}}
    held: dict[str, dict[int | None, str]] = {}
    for one in archive.names:
        folder = one.rpartition("/")[0]
        _, slug, *number = folder.split("/")
        held.setdefault(slug, {})[int(number[0]) if number else None] = folder
    faults = [] if held else [Fault(name, 0, "", "holds no cases")]
    cases = []
    for slug in sorted(held):
        folders = held[slug]
        if len(slug) > onefile.MAX_SLUG:
            faults.append(Fault(slug[:60], 0, "", f"a case's name has at most {onefile.MAX_SLUG} characters"))
        if None not in folders:
            faults.append(Fault(f"cases/{slug}", 0, "", "is missing: only earlier versions are there"))
        order = sorted(folders, key=lambda number: number or _NOW)
        contents = [_content(slug, folders[one], archive, faults) for one in order]
        whole = tuple(one for one in contents if one)
        if None in folders and len(whole) == len(contents):
            cases.append(Bundled(slug, whole))
    return cases, faults


def _content(slug: str, folder: str, archive: Archive, faults: list[Fault]) -> Content | None:
    sources = {part: _document(f"{folder}/{part}.yaml", archive) for part in PARTS}
    reading = assemble(slug, sources, [])
    faults += reading.faults
    return reading.content


def _document(name: str, archive: Archive) -> documents.Document:
    document = documents.Document(name)
    if name not in archive.names:
        document.faults.append(Fault(name, 0, "", "is missing"))
        return document
    try:
        return documents.parse(archive.read(name).decode("utf-8-sig"), file=name)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        document.faults.append(Fault(name, line, "", "is not UTF-8 text"))
    except Faulty as faulty:
        document.faults += faulty.faults
    return document


def write(file: IO[bytes], cases: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
    """Write cases as (slug, the parts of each version as `onefile.parts_from` has them, the oldest first)."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip:
        for slug, versions in cases:
            for number, parts in enumerate(versions, 1):
                folder = f"cases/{slug}" if number == len(versions) else f"versions/{slug}/{number}"
                for part in PARTS:
                    put(zip, f"{folder}/{part}.yaml", onefile.write_part(parts[part]))
