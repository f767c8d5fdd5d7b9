"""Many running sessions of two, with the cookies to enter them; and what the server kept of them in the end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from interviews.actions import sessions
from interviews.models import (
    ChatMessage,
    Event,
    Mode,
    Note,
    NoteRevision,
    Role,
    ScoreSheet,
    Seat,
    Session,
    Submission,
)
from tests import visitors
from tests.chaos.checkers import Kept, Logged
from tests.chaos.history import Rank, rank
from tests.interviews.stage import published_case
from whiteboard.models import Element
from whiteboard.queries import log_of

STEP = "clarify"


@dataclass(frozen=True, slots=True)
class Place:
    """One seat: who sits there (`who` in histories), and the cookie that lets them in. `secret` stands in what the
    session's interviewer writes for themself."""

    who: str
    session: str
    seat: int
    role: str
    cookie: str
    secret: str


def open_sessions(ends: Sequence[float | None]) -> list[tuple[Place, Place]]:
    """A running session for each of `ends`: its deadline in seconds since 1970, None for its whole time. Returned are
    the candidate's place and the interviewer's."""
    version = published_case()
    users = visitors.people(2 * len(ends))
    cookies = visitors.log_in(users)
    places = []
    for number, end in enumerate(ends):
        one, other = users[2 * number : 2 * number + 2]
        with transaction.atomic():
            session = sessions.create(
                by=one,
                version=version,
                mode=Mode.PEER,
                role=Role.CANDIDATE,
                framework="seven-step",
                level="senior",
                others=[(Role.INTERVIEWER, other)],
                now=timezone.now(),
            )
            whole = timedelta(minutes=sum(phase["minutes"] for phase in session.plan))
            seats = {seat.role: seat for seat in session.seats.all()}
            began = timezone.now() if end is None else datetime.fromtimestamp(end, UTC) - whole
            sessions.start(session=session, by=seats[Role.INTERVIEWER], now=began)
        secret = f"secret{secrets.token_hex(8)}"
        places.append(
            (
                _place(number, seats[Role.CANDIDATE], cookies[2 * number], secret),
                _place(number, seats[Role.INTERVIEWER], cookies[2 * number + 1], secret),
            )
        )
    return places


def _place(number: int, seat: Seat, cookie: str, secret: str) -> Place:
    return Place(f"{seat.role}-{number}", str(seat.session_id), seat.pk, str(seat.role), cookie, secret)


def kept(places: Sequence[tuple[Place, Place]]) -> list[Kept]:
    """What Postgres holds of these sessions now."""
    return [_kept(pair) for pair in places]


def _kept(pair: tuple[Place, Place]) -> Kept:
    session = Session.objects.select_related("board").get(pk=pair[0].session)
    names = {place.seat: place.who for place in pair}
    found = list(Submission.objects.filter(session=session))
    sheets = ScoreSheet.objects.filter(submission__session=session, source="automatic")
    return Kept(
        session=str(session.pk),
        elements=elements_of(session),
        log=[
            Logged(entry.seq, entry.at.timestamp(), {one["id"]: rank(one) for one in entry.elements})
            for entry in log_of(session.board)
        ],
        note=Note.objects.get(session=session, step=STEP).text,
        noted_at=[
            at.timestamp()
            for at in NoteRevision.objects.filter(note__session=session).values_list("at", flat=True)
        ],
        chat=[
            (names[seat], text)
            for seat, text in ChatMessage.objects.filter(session=session).values_list("seat_id", "text")
        ],
        snapshot={one["id"]: rank(one) for one in found[0].board} if found else None,
        handed_in=found[0].notes[STEP] if found else None,
        submissions=len(found),
        sheets=list(sheets.values_list("scorer_version", flat=True)),
        ended_at=session.ended_at.timestamp() if session.ended_at else None,
        deadline_at=session.deadline_at.timestamp() if session.deadline_at else None,
        endings=Event.objects.filter(session=session, kind="ended").count(),
    )


def elements_of(session: Session) -> dict[str, Rank]:
    """The board's rows as they stand."""
    rows = Element.objects.filter(board_id=session.board_id)
    return {
        id: (version, -nonce) for id, version, nonce in rows.values_list("element_id", "version", "nonce")
    }


def live_seats() -> list[tuple[str, str]]:
    """(person, session) of every live seat."""
    return [
        (str(user), str(session))
        for user, session in Seat.objects.filter(is_live=True).values_list("user_id", "session_id")
    ]
