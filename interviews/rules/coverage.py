"""Which points of the checklist an interview has come to, from what can be seen without judging it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

Coverage = Literal["ticked", "written", "untouched"]


def coverage(
    items: Iterable[str], *, ticked: Collection[str], notes: Mapping[str, str]
) -> dict[str, Coverage]:
    """Of each item (`step.name`): ticked by an interviewer; else written, where the notes of its step hold any word;
    else untouched. `notes` is {step: text}. What is written is not read: that would be a level."""
    return {
        item: "ticked"
        if item in ticked
        else "written"
        if notes.get(item.partition(".")[0], "").strip()
        else "untouched"
        for item in items
    }
