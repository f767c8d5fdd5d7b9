"""{% load primer %}: an item's cards, and numbers as people write them."""

from __future__ import annotations

from django import template

from casebank import primer

register = template.Library()
register.filter("figure", primer.figure)
register.filter("formula", primer.spell)
register.filter("cards", primer.of_item)
