"""Seconds as a clock shows them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def clock(second: float) -> str:
    """Minutes and seconds: 7:05."""
    return f"{int(second) // 60}:{int(second) % 60:02}"
