"""Calibration in words."""

from __future__ import annotations

from django import template

from casebank import frameworks
from interviews.calibration.keys import DIAGRAM, Quote
from interviews.queries.report import LEVELS

register = template.Library()


@register.filter
def level(value: int) -> str:
    """A level 0-3 in words."""
    return LEVELS[value]


@register.filter
def figure(value: float) -> str:
    """A coefficient with two decimals and a real minus; no minus zero."""
    return f"{value:z.2f}".replace("-", "−")


@register.filter
def apart(gap: int) -> str:
    """How far one's level is from the key's, in words."""
    return f"{abs(gap)} {'above' if gap > 0 else 'below'} the key"


@register.filter
def place(quote: Quote) -> str:
    """Where the words stand."""
    if quote.where == DIAGRAM:
        return "the drawing"
    return next((step.name for step in frameworks.default().steps if step.id == quote.where), quote.where)
