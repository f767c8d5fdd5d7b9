"""Time against the plan in words."""

from __future__ import annotations

from django import template

from interviews.charts import pace

register = template.Library()
register.filter("pace_in_words", pace.in_words)
register.filter("minutes_over", pace.difference)
