"""The notes as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from interviews.models import NoteRevision, Session
from interviews.rules.splices import Splice, apply


@dataclass(frozen=True, slots=True)
class Save:
    """A save of a step's notes."""

    at: datetime
    step: str
    splice: Splice


def saves_of(session: Session) -> tuple[Save, ...]:
    """The session's saves, step by step, each step's in the order of its versions.

    A save counts from its time on, but never earlier than one with a lower version: two processes' clocks may
    differ, the order of the versions does not.
    """
    rows = NoteRevision.objects.filter(note__session=session).order_by("note", "version")
    found: list[Save] = []
    for step, made in groupby(
        rows.values_list("note__step", "at", "start", "removed", "inserted"), key=lambda row: row[0]
    ):
        latest: datetime | None = None
        for _, at, start, removed, inserted in made:
            latest = max(latest or at, at)
            found.append(Save(latest, step, Splice(start, removed, inserted)))
    return tuple(found)


def notes_at(saves: Iterable[Save], moment: datetime) -> dict[str, str]:
    """{step: text} as saved by `moment`, every step in it that was ever written in."""
    made: dict[str, list[Splice]] = {}
    for save in saves:
        before = made.setdefault(save.step, [])
        if save.at <= moment:
            before.append(save.splice)
    return {step: apply("", splices) for step, splices in made.items()}


def notes_then(session: Session, moment: datetime) -> dict[str, str]:
    """{step: text} as saved by `moment`, every step of the session in it."""
    steps = session.notes.values_list("step", flat=True)
    return {**dict.fromkeys(steps, ""), **notes_at(saves_of(session), moment)}
