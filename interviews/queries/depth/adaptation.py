"""How the candidate took up each changed constraint, from the recording of notes and board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from interviews.models import Submission
from interviews.queries.aftermath import Flip
from interviews.queries.film import Film
from interviews.queries.notes_then import notes_at
from interviews.rules.adaptation import Adaptation, adaptation
from whiteboard import scene
from whiteboard.graph import Graph


@dataclass(frozen=True, slots=True)
class Adapted:
    """A changed constraint, and what changed until the next one or the end."""

    flip: Flip
    change: Adaptation


def adapted(submission: Submission, film: Film, flips: list[Flip]) -> list[Adapted]:
    """In their order. What an interviewer drew is left out."""
    return [Adapted(flip, _change(submission, film, flip)) for flip in flips]


def _change(submission: Submission, film: Film, flip: Flip) -> Adaptation:
    moments = [film.start + timedelta(seconds=second) for second in (flip.before, flip.after)]
    before, after = (notes_at(film.saves, moment) for moment in moments)
    return adaptation(
        (before, after),
        (_drawing(submission, film, flip.before), _drawing(submission, film, flip.after)),
        _first(submission, film, flip),
    )


def _first(submission: Submission, film: Film, flip: Flip) -> int | None:
    theirs = submission.annotations
    drawn = (
        entry.at
        for entry in film.timeline.entries
        if any(element["id"] not in theirs for element in entry.elements)
    )
    seconds = (film.since(at) for at in (*(save.at for save in film.saves), *drawn))
    later = [second for second in seconds if flip.before < second <= flip.after]
    return round(min(later)) - flip.before if later else None


def _drawing(submission: Submission, film: Film, second: int) -> Graph:
    theirs = submission.annotations
    return scene.read([one for one in film.standing(second) if one["id"] not in theirs])
