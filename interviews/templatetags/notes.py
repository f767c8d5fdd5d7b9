"""Notes where they are shown as text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template

from interviews.rules.pictures import mentioned

register = template.Library()


@register.inclusion_tag("interviews/_note_pictures.html")
def note_pictures(session: UUID, text: str) -> dict[str, Any]:
    """The pictures that a note names, below it."""
    return {"session": session, "pictures": mentioned(text)}
