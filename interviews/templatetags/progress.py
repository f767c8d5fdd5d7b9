"""Levels and what they rest on, in words."""

from __future__ import annotations

from django import template

from interviews.queries.progress import CALLED
from interviews.rules.feedback import LEVELS
from interviews.rules.standing import MANY, Standing

register = template.Library()


@register.filter
def called(source: str) -> str:
    """A source as it is called in a sentence about many sessions."""
    return CALLED[source]


@register.filter
def stated(standing: Standing) -> str:
    """A level with its margin: "2.1 ± 0.4"."""
    return f"{standing.level:.1f} ± {standing.margin:.1f}"


@register.filter
def seniorities(standing: Standing) -> str:
    """What the interval touches: "senior", or "mid to staff"."""
    names = standing.seniorities
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


@register.filter
def rests_on(standing: Standing) -> str:
    """What a level rests on: "3 sessions, 2 raters"."""
    sessions = f"{standing.sessions} session{'s' if standing.sessions > 1 else ''}"
    return f"{sessions}, {standing.raters} rater{'s' if standing.raters > 1 else ''}"


@register.filter
def to_halve(sessions: int | None) -> str:
    """What would make a level twice as sure."""
    if sessions is None:
        return f"More than {MANY} sessions with other raters would halve the margin."
    if sessions == 1:
        return "One session with another rater would halve the margin."
    return f"{sessions} sessions with other raters would halve the margin."


@register.filter
def level(value: float | None) -> str:
    """A mean level with one decimal; a dash where nothing was said."""
    return "–" if value is None else f"{value:.1f}"


@register.filter
def level_name(value: int) -> str:
    """What a level is called: 2 is "applied"."""
    return dict(LEVELS)[value].lower()


@register.filter
def shade(value: float | None) -> int | str:
    """How dark a level's cell is, 0-6; "none" where nothing was said."""
    return "none" if value is None else round(2 * value)
