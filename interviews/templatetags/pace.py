"""Time against the plan in words."""

from __future__ import annotations

from django import template

from interviews.charts.pace import NEAR, Pace

register = template.Library()


@register.filter
def pace_in_words(pace: Pace) -> str:
    """The phases that were farthest from the plan, and those that nobody worked on."""
    said = []
    if pace.most_over:
        said.append(f"Longest over its time: {pace.most_over.name}, by {pace.most_over.over:.0f} min.")
    idle = [bar.name for bar in pace.bars if not bar.worked and bar.planned]
    under = pace.most_under
    if idle:
        said.append(f"No work can be seen on {_listed(idle)}.")
    elif under:
        said.append(f"Most under it: {under.name}, by {-under.over:.0f} min.")
    return " ".join(said) or "Every phase was within a minute of its plan."


@register.filter
def minutes_over(over: float) -> str:
    """Minutes over (+) or under (−) the plan."""
    if abs(over) < NEAR:
        return "on it"
    return f"{'+' if over > 0 else '−'}{abs(over):.0f}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
