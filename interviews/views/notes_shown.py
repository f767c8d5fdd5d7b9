"""Notes as people read them: formatted, with the pictures that they name."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from casebank import markup
from casebank.quoting import Span
from interviews.rules.pictures import mentioned


def formatted(
    text: str, session: UUID, *, quoted: Collection[Span] = (), top: int = 1, door: str = "interviews:picture"
) -> SafeString:
    """A note as HTML; its pictures have addresses that only who sits in `session` may open; with
    another `door`, whose address takes its own id in the place of the session's, who goes through that. See
    markup.render."""
    pictures = {f"note:{id}": reverse(door, args=[session, id]) for _, id in mentioned(text)}
    return markup.render(text, breaks=True, pictures=pictures, quoted=quoted, top=top)
