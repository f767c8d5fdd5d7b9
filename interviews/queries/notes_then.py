"""The notes as they were."""

from __future__ import annotations

from datetime import datetime

from interviews.models import NoteRevision, Session
from interviews.rules.splices import Splice, apply


def notes_then(session: Session, moment: datetime) -> dict[str, str]:
    """{step: text} as saved by `moment`, every step of the session in it."""
    changes: dict[str, list[Splice]] = {step: [] for step in session.notes.values_list("step", flat=True)}
    saved = NoteRevision.objects.filter(note__session=session, at__lte=moment).order_by("version")
    for row in saved.select_related("note").defer("note__text"):
        changes[row.note.step].append(Splice(row.start, row.removed, row.inserted))
    return {step: apply("", made) for step, made in changes.items()}
