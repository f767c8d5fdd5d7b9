"""Scores in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings

from casebank import checklist
from interviews.models import ScoreSheet
from interviews.queries.depth.gains import Gains
from interviews.queries.report import LEVELS, OVERALL, Report
from interviews.rules.feedback import OF_INTERVIEWER
from interviews.views.steps import names

register = template.Library()


@register.filter
def verdict(overall: int | None) -> str:
    """The overall verdict 1-4 in words; empty where there is none."""
    return OVERALL.get(overall or 0, "")


@register.filter
def why(sheet: ScoreSheet) -> str:
    """The reason that an interviewer gave for their verdict."""
    return str(sheet.arithmetic["reasons"].get("", ""))


@register.filter
def anchored(value: int, name: str) -> str:
    """A rating of an interviewer with its anchor in words."""
    question = next(one for one in OF_INTERVIEWER if one.name == name)
    return f"{value} of {len(question.scale)}: {dict(question.scale)[value]}"


@register.simple_tag
def judge_host() -> dict[str, Any] | None:
    """Where a judge would read designs (`name`), and whether it reads every one (`always`); None without a judge."""
    endpoint = settings.JUDGE
    return {"name": endpoint.host, "always": endpoint.when == "always"} if endpoint else None


@register.filter
def share(value: float) -> str:
    """A share as a percentage."""
    return f"{100 * value:.0f} %"


@register.filter
def signed(value: float) -> str:
    """A difference in levels with its sign: +0.25, −0.10, 0.00."""
    said = f"{abs(value):.2f}"
    if float(said) == 0:
        return said
    return ("+" if value > 0 else "−") + said


@register.filter
def leaning(bias: float) -> str:
    """Which way a scorer leans beside people, in levels."""
    if abs(bias) < 0.05:
        return "even"
    return f"{abs(bias):.2f} {'kinder' if bias > 0 else 'stricter'}"


@register.filter
def in_words(report: Report) -> str:
    """The arithmetic of a scored report as a sentence."""
    levels = [item.level for step in report.steps for item in step.items]
    if not levels:
        return ""
    counts = ", ".join(f"{levels.count(level)} {LEVELS[level].lower()}" for level in (3, 2, 1, 0))
    mean = f"The mean level is {sum(levels) / len(levels):.2f} of 3"
    return f"Of {len(levels)} points: {counts}. {mean}{_bounds(report.sheet)}."


def _bounds(sheet: ScoreSheet | None) -> str:
    """Where the better verdicts begin, as far as the sheet says it (`bound_2` to `bound_4`)."""
    known = sheet.arithmetic if sheet else {}
    bounds = [(name, known[f"bound_{at}"]) for at, name in OVERALL.items() if f"bound_{at}" in known]
    said = ", ".join(f"“{name}” at {bound:.2f}" for name, bound in bounds)
    return f"; the verdicts begin so: {said}" if said else ""


@register.filter
def point(item: str) -> str:
    """The text of a point of the checklist, by its id."""
    return checklist.texts().get(item, item)


@register.filter
def whose(name: str) -> str:
    """Whose levels something goes by; the automatic sheet's without a name."""
    return f"the sheet of {name}" if name else "the automatic sheet"


@register.filter
def outlook(gains: Gains) -> str:
    """What the changes together would have done to the mean, and to the verdict where the sheet parts it by bounds."""
    seen = gains.outlook
    together = "It" if len(gains.found) == 1 else "Together they"
    said = f"{together} would have raised the mean level from {seen.before:.2f} to {seen.after:.2f} of 3"
    if seen.verdict is None or seen.verdict_after is None:
        return f"{said}."
    if seen.verdict != seen.verdict_after:
        return f"{said}, and the verdict from “{verdict(seen.verdict)}” to “{verdict(seen.verdict_after)}”."
    said += f"; the verdict would still have been “{verdict(seen.verdict)}”"
    if seen.lacking is None:
        return f"{said}, the best."
    levels = "1 level" if seen.lacking == 1 else f"{seen.lacking} levels"
    return f"{said}, {levels} short of “{verdict(seen.verdict + 1)}”."


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key; None where it has none."""
    return found.get(key) if found else None


@register.filter
def step_name(step: str) -> str:
    """What a step of the notes is called."""
    return names().get(step, step)
