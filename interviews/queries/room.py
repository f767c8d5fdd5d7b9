"""What a room shows when it opens."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from interviews.models import Part, PrivateNote, Role, Seat, Session
from interviews.queries.cast import Cast
from interviews.rules import panel
from whiteboard.models import Element

# Told apart by more than colour: each person's name is always beside it. Contrast 4.5:1 on white.
COLORS = {Role.CANDIDATE: "#1d4ed8", Role.INTERVIEWER: "#b45309", Role.OBSERVER: "#6b21a8"}
SECOND_INTERVIEWER = "#0f766e"


def person(seat: Seat) -> dict[str, Any]:
    """A seat as everybody in the room may see it."""
    return {
        "seat": seat.pk,
        "role": seat.role,
        "called": panel.called(seat.role, seat.part),
        "name": str(seat.user),
        "color": SECOND_INTERVIEWER if seat.part == Part.SECOND else COLORS[Role(seat.role)],
    }


def people(cast: Cast) -> list[dict[str, Any]]:
    """Everybody who holds a seat, in the cast's order."""
    return [person(seat) for seat in cast.held]


def notes(session: Session) -> dict[str, dict[str, Any]]:
    """{step: {text, version}}"""
    return {
        step: {"text": text, "version": version}
        for step, text, version in session.notes.values_list("step", "text", "version")
    }


def drawn(session: Session) -> list[dict[str, Any]]:
    """The elements of the board as they stand."""
    found = Element.objects.filter(board_id=session.board_id, is_deleted=False)
    return list(found.values_list("data", flat=True))


def drawn_by_candidate(session: Session) -> list[dict[str, Any]]:
    """The elements of the board as they stand, less what others than the candidate drew first."""
    candidate = session.seats.filter(role=Role.CANDIDATE).values_list("user_id", flat=True)
    found = Element.objects.filter(board_id=session.board_id, is_deleted=False)
    own = found.filter(Q(author=None) | Q(author__in=candidate))
    return list(own.values_list("data", flat=True))


def private_note(seat: Seat) -> dict[str, Any]:
    """The seat's own notes, {text, version}."""
    note = PrivateNote.objects.filter(seat=seat).first()
    return {"text": note.text, "version": note.version} if note else {"text": "", "version": 0}
