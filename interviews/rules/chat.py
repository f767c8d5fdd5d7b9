"""What may be said in a session's chat."""

from __future__ import annotations

import unicodedata

MAX_CHARACTERS = 2_000
MAX_MESSAGES = 500
"""In one session, of everybody together."""


def clean(text: str) -> str:
    """The text as it is kept: lines end alike, nothing around it, no control characters but tabs and line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return "".join(kept).strip()
