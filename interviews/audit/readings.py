"""Readings of what is hidden, or another's: each page and each endpoint that shows such a thing says so here.

Nobody is shown anything without its row: where the log cannot be written, the page is not sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.models import Group, Role, Seat, SecondRating, ShareLink
from interviews.queries import room
from interviews.queries.aftermath import Own
from interviews.queries.feedback import Revealed
from interviews.queries.identity import Met
from interviews.queries.report import Report


def private_note(seat: Seat, now: datetime) -> dict[str, Any]:
    """An interviewer's private notes for their own eyes, as queries.room.private_note has them."""
    note = room.private_note(seat)
    if note["text"]:
        record(_of_seat(seat, Verb.PRIVATE_NOTES_READ, seat.user_id), now=now)
    return note


def report(
    seat: Seat, found: Report, *, now: datetime, met: Iterable[Met] = (), own: Own | None = None
) -> None:
    """A report, and what of others stands in it; for its own candidate only the latter. `met` and `own` are shown
    beside it."""
    record(
        *_opened(seat, Verb.REPORT_READ),
        *_sheets(seat, found),
        *_said(seat, found.feedback),
        *(
            _of_seat(seat, Verb.IDENTITY_READ, one.seat.user_id)
            for one in met
            if one.real_name or one.contact
        ),
        *([_of_seat(seat, Verb.PRIVATE_NOTES_READ, seat.user_id)] if own and own.notes else ()),
        now=now,
    )


def exported(seat: Seat, found: Report, *, now: datetime) -> None:
    """A report as a file."""
    taken = _of_seat(seat, Verb.REPORT_EXPORTED, _candidate_of(seat))
    record(taken, *_sheets(seat, found), *_said(seat, found.feedback), now=now)


def sessions_taken(user_id: int, *, now: datetime) -> None:
    """Everything of one's own sessions that one may see by now, as a file."""
    record(Deed(Verb.SESSIONS_EXPORTED, Kind.ACCOUNT, user_id, user_id, user_id), now=now)


def feedback(seat: Seat, revealed: Revealed | None, *, now: datetime) -> None:
    """What was written about this seat, once it is revealed."""
    record(*_said(seat, revealed), now=now)


def replay(seat: Seat, *, now: datetime) -> None:
    """Somebody else's board and notes, over time."""
    record(*_opened(seat, Verb.REPLAY_READ), now=now)


def work(rating: SecondRating, *, now: datetime) -> None:
    """What a second rater is shown of a session; whose it is they are not told."""
    seats = Seat.objects.filter(session=rating.session_id, role=Role.CANDIDATE)
    whose = seats.values_list("user", flat=True).first()
    record(Deed(Verb.WORK_READ, Kind.SESSION, rating.session_id, rating.rater_id, whose), now=now)


def second(seat: Seat, *, now: datetime) -> None:
    """A second rater's sheet by itself, as it stands in the report."""
    record(*_opened(seat, Verb.REPORT_READ), now=now)


def levels(group: Group, *, by: int, members: Iterable[int], now: datetime) -> None:
    """The levels of these members of a group, for its mentor."""
    record(*(Deed(Verb.LEVELS_READ, Kind.GROUP, group.pk, by, one) for one in members), now=now)


def link(found: ShareLink, *, now: datetime) -> None:
    """A shared report; who opened it is kept nowhere (docs/adr/0031)."""
    record(Deed(Verb.LINK_OPENED, Kind.SESSION, found.session_id, None, found.by_id), now=now)


def guide(seat: Seat, *, now: datetime) -> None:
    """The guide to this session's case, in the room or after the end; its own author need not be told."""
    version = seat.session.case_version
    if version.case.owner_id != seat.user_id:
        record(Deed(Verb.GUIDE_READ, Kind.VERSION, version.pk, seat.user_id, version.case.owner_id), now=now)


def _opened(seat: Seat, verb: Verb) -> Iterator[Deed]:
    """Opening what is the candidate's; nothing where it is one's own."""
    if seat.role != Role.CANDIDATE:
        yield _of_seat(seat, verb, _candidate_of(seat))


def _sheets(seat: Seat, found: Report) -> Iterator[Deed]:
    """The sheets of interviewers besides this one."""
    for one in (found.people, *found.others):
        if one and one.rater not in (None, seat.user_id):
            yield _of_seat(seat, Verb.MARKS_READ, one.rater)


def _said(seat: Seat, revealed: Revealed | None) -> Iterator[Deed]:
    for one in revealed.about_me if revealed else ():
        if one.feedback:
            yield _of_seat(seat, Verb.FEEDBACK_READ, one.author.user_id)


def _of_seat(seat: Seat, verb: Verb, about: int | None) -> Deed:
    session: UUID = seat.session_id
    return Deed(verb, Kind.SESSION, session, seat.user_id, about)


def _candidate_of(seat: Seat) -> int | None:
    if seat.role == Role.CANDIDATE:
        return seat.user_id
    held = Seat.objects.filter(session=seat.session_id, role=Role.CANDIDATE)
    return held.values_list("user", flat=True).first()
