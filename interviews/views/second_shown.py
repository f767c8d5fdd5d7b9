"""A session as a second rater is shown it: board and notes alone. Who was in it, what they said and what the
interviewer drew are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from interviews.models import SecondRating, Submission
from interviews.queries.film import Film
from interviews.queries.replay import foreign_to, replay, without
from interviews.queries.scorer_input import own_drawing
from interviews.queries.second import Form
from interviews.templatetags.clock import clock
from interviews.views.calibration_shown import Note, ShownRating, shown
from interviews.views.notes_shown import formatted
from interviews.views.steps import names
from whiteboard import render


@dataclass(frozen=True, slots=True)
class Work:
    """What was handed in, the notes step by step and the drawing."""

    notes: tuple[Note, ...]
    picture: SafeString


def form(asked: Form, **typed: Any) -> ShownRating:
    """The form with its draft in it; see calibration_shown.shown."""
    pk = asked.rating.pk
    save_to, page_at = (
        reverse("interviews:second_save", args=[pk]),
        reverse("interviews:second_rate", args=[pk]),
    )
    return shown(asked, save_to=save_to, page_at=page_at, **typed)


def work(rating: SecondRating) -> Work:
    """As it was handed in."""
    handed_in = Submission.objects.get(session=rating.session_id)
    notes = tuple(Note(id, name, _note(rating, handed_in.notes.get(id, ""))) for id, name in names().items())
    # render escapes all that it writes
    return Work(notes, mark_safe(render.svg(own_drawing(handed_in), title="The whiteboard as handed in")))


def moment(rating: SecondRating, film: Film, second: int) -> dict[str, Any]:
    """What changes with the second."""
    foreign = foreign_to(rating.session)
    then = without(foreign, replay(rating.session, film, second))
    around = [one for one in film.handed_in if one["id"] not in foreign]
    picture = render.svg(
        then.elements, title=f"The whiteboard at {clock(then.second)}", marked=then.fresh, around=around
    )
    return {
        "second": rating,
        "case": rating.session.case_version,
        "then": then,
        "picture": mark_safe(picture),  # render escapes all that it writes
        "notes": [
            (name, _note(rating, then.notes[id])) for id, name in names().items() if then.notes.get(id)
        ],
    }


def _note(rating: SecondRating, text: str) -> SafeString:
    return formatted(text, rating.pk, top=4, door="interviews:second_picture")
