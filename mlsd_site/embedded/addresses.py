"""Servers that somebody named: those are used, and none is started in their place."""

from __future__ import annotations

import os
import re
from pathlib import Path

from .places import CHECKOUT


def is_named(name: str, *, read_file: bool) -> bool:
    """Whether the environment holds NAME. Settings read .env too, but only after us: its word is passed on here."""
    if read_file and name not in os.environ:
        value = _in_file(CHECKOUT / ".env", name)
        if value:
            os.environ[name] = value
    return bool(os.environ.get(name))


def _in_file(path: Path, name: str) -> str:
    try:
        text = path.read_text()
    except OSError:
        return ""
    found = re.findall(
        rf"^\s*(?:export\s+)?{name}\s*=\s*(\"[^\"\n]*\"|'[^'\n]*'|[^\s#]*)", text, re.MULTILINE
    )
    return str(found[-1]).strip("\"'") if found else ""
