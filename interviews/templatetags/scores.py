"""Scores in words."""

from __future__ import annotations

from django import template

from interviews.queries.report import LEVELS, OVERALL, Report

register = template.Library()


@register.filter
def verdict(overall: int | None) -> str:
    """The overall verdict 1-4 in words; empty where there is none."""
    return OVERALL.get(overall or 0, "")


@register.filter
def in_words(report: Report) -> str:
    """The arithmetic of a scored report as a sentence."""
    levels = [item.level for step in report.steps for item in step.items]
    if not levels:
        return ""
    counts = ", ".join(f"{levels.count(level)} {LEVELS[level].lower()}" for level in (3, 2, 1, 0))
    return f"Of {len(levels)} points: {counts}. The mean level is {sum(levels) / len(levels):.2f} of 3."


@register.filter
def words(name: str) -> str:
    """A name of the code as words."""
    return name.replace("_", " ").replace(".", ": ")
