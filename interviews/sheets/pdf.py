"""A sheet as PDF of one page, set in a process of its own (typesetter.py)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from interviews.sheets.sheet import Sheet
from interviews.sheets.typesetter import FALLBACKS, FOLDER, FONTS, TEMPLATES

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")
_SECONDS = 30
# Of the width, for the left column: the first unless another makes the page lower.
_SHARES = (0.5, 0.46, 0.54, 0.42, 0.58)
MAX_BYTES = 2_000_000
_BOX = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


class NotSet(Exception):
    """The sheet could not be set within its bounds."""


def data(sheet: Sheet, paper: Paper) -> str:
    """What the typesetter is given: all that the PDF depends on, but for the template and the fonts."""
    made: dict[str, Any] = asdict(sheet)
    for drawing in made["drawings"]:
        drawing["ratio"] = ratio_of(drawing["svg"])
        del drawing["mermaid"]
    made["shares"] = _SHARES if sheet.uneven else _SHARES[:1]
    made |= {"paper": paper, "mark": mark(), "version": version(sheet)}
    return json.dumps(made, ensure_ascii=False, sort_keys=True)


def version(sheet: Sheet) -> str:
    """Eight letters that change with the sheet's content; on paper they say which one this is."""
    return hashlib.sha256(json.dumps(asdict(sheet), sort_keys=True).encode()).hexdigest()[:8]


def key(sheet: Sheet, paper: Paper) -> str:
    """Names the PDF by everything that it is made of."""
    return hashlib.sha256((_engine() + data(sheet, paper)).encode()).hexdigest()


def typeset(sheet: Sheet, paper: Paper) -> bytes:
    """The PDF; NotSet if it takes too long or grows too large."""
    return set_in_a_process("sheet", data(sheet, paper), most=MAX_BYTES)


def set_in_a_process(template: str, given: str, *, most: int) -> bytes:
    """The PDF that a template of typesetter.TEMPLATES makes of what it is given, of at most so many bytes; NotSet
    otherwise."""
    try:
        done = subprocess.run(  # noqa: S603 (a name of ours)
            [sys.executable, "-m", "interviews.sheets.typesetter", template],
            input=given.encode(),
            capture_output=True,
            timeout=_SECONDS,
            cwd=FOLDER.parent.parent,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSet("it took too long") from error
    except subprocess.CalledProcessError as error:
        raise NotSet(error.stderr.decode(errors="replace")[-2_000:]) from error
    if len(done.stdout) > most:
        raise NotSet(f"it has {len(done.stdout):,} bytes")
    return done.stdout


def ratio_of(svg: str) -> float:
    """A drawing's width by its height."""
    found = _BOX.search(svg)
    return float(found[1]) / float(found[2]) if found else 1.0


@cache
def mark() -> str:
    """The product's sign as SVG."""
    return (FOLDER / "mark.svg").read_text(encoding="utf-8")


@cache
def _engine() -> str:
    """The template and the fonts, as a hash: with another font on the system, letters that were boxes may not be."""
    made = hashlib.sha256("\n".join(sorted(typst.Fonts().families())).encode())
    files: list[Path] = [TEMPLATES["sheet"], FALLBACKS, FOLDER / "mark.svg", *sorted(FONTS.glob("*.ttf"))]
    for file in files:
        made.update(file.read_bytes())
    return made.hexdigest()
