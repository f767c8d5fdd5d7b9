"""The styles of a sheet's page, for a file that must bring its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from interviews.sheets.pdf import Paper

_FOLDER = Path(__file__).parent.parent / "static" / "sheets"


@cache
def stylesheet(paper: Paper) -> str:
    """CSS for this paper; it names no other file."""
    return "\n".join((_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in ("sheet", paper))
