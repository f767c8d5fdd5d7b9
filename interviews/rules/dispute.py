"""Disputes: a candidate does not agree with one level, and whoever gave it answers once. Both are kept beside the
level, which stays as it is."""

from __future__ import annotations

LONGEST = 600
# What an interviewer answers for: their own levels, and as an opinion those of the automatic scorer.
DISPUTED = ("automatic", "interviewer")


def words(given: str) -> str:
    """The words as they are kept: without blanks around them and without what no table holds."""
    return given.replace("\0", "").replace("\r\n", "\n").strip()


def fault_in(given: str) -> str:
    """Why these words, as `words` gives them, are not kept; "" where they are."""
    if not given:
        return "Say it in a sentence or two."
    if len(given) > LONGEST:
        return f"At most {LONGEST} characters; these are {len(given):,}."
    return ""


def may_answer(source: str, *, is_own: bool, interviews: bool) -> bool:
    """Whether somebody answers a dispute about a sheet of this source: its author (`is_own`), and for the automatic
    scorer, which answers nothing, whoever interviewed."""
    return is_own if source == "interviewer" else source == "automatic" and interviews
