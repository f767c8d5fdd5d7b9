"""Making, running and closing a session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from casebank import frameworks
from casebank.actions import seen
from casebank.models import CaseVersion
from interviews.actions import consents, submissions, webhook_events
from interviews.actions.nudges import nudge
from interviews.actions.record import log, tell_clock
from interviews.errors import Refused
from interviews.models import Assignment, EndReason, Mode, Note, Role, Seat, Session, State, Swap
from interviews.queries.clock import clock_of
from interviews.queries.people import name_of
from interviews.rules import notes as note_rules
from interviews.rules import seats
from interviews.rules.swap import half_the_minutes
from whiteboard.models import Board


@transaction.atomic
def create(
    *,
    by: AbstractBaseUser,
    version: CaseVersion,
    mode: Mode,
    role: Role,
    framework: str,
    level: str,
    now: datetime,
    interviewer_draws: bool = True,
    panel: bool = False,
    part: str = "",
    others: Iterable[tuple[Role, AbstractBaseUser]] = (),
    agreed_start: datetime | None = None,
    swap: Swap | None = None,
    follows: Session | None = None,
) -> Session:
    """A session in the lobby, with its maker in the seat of `role` and `others` in theirs. It keeps this case version
    and plan. In a `panel` the maker may lead a `part`; others fill the free parts in their order. Where all have agreed
    to be there at `agreed_start`, who does not come is noted (actions.attendance). With `swap` a second half is agreed
    on; with `follows` this is that half, on the same plan."""
    chosen = frameworks.load().get(framework)
    if chosen is None:
        raise Refused("unknown_framework", f"There is no framework called {framework}.", status=400)
    if mode == Mode.SOLO and role != Role.CANDIDATE:
        raise Refused("solo_is_for_candidates", "Alone, you can only sit as the candidate.", status=400)
    session = Session.objects.create(
        mode=mode,
        case_version=version,
        framework=chosen.slug,
        plan=follows.plan if follows else plan_of(chosen, halved=swap == Swap.HALF),
        level=level,
        interviewer_draws=interviewer_draws,
        swap=swap or "",
        follows=follows,
        panel=panel and mode == Mode.PEER,
        board=Board.objects.create(),
        created_by_id=by.pk,
        created_at=now,
        agreed_start=agreed_start,
    )
    Note.objects.bulk_create(Note(session=session, step=step, updated_at=now) for step in note_rules.STEPS)
    free = {place: list(seats.parts_of(place, panel=session.panel)) for place in Role.values}
    if part in free[role]:
        free[role] = [part, *(one for one in free[role] if one != part)]
    for number, (place, user) in enumerate([(role, by), *others]):
        part = free[place].pop(0) if free[place] else ""
        seat = Seat.objects.create(session=session, user_id=user.pk, role=place, part=part, joined_at=now)
        if number:
            log(session, "joined", by=seat, now=now, role=place)
        else:
            log(session, "created", by=seat, now=now)
    return session


def plan_of(chosen: frameworks.Framework, *, halved: bool = False) -> list[dict[str, Any]]:
    """The phases of a framework as a session keeps them: [{id, name, minutes}]."""
    return [
        {
            "id": step.id,
            "name": step.name,
            "minutes": half_the_minutes(step.minutes) if halved else step.minutes,
        }
        for step in chosen.phases
    ]


@transaction.atomic
def start(*, session: Session, by: Seat, now: datetime) -> Session:
    """Start the clock and open the board. Starting twice changes nothing."""
    session = _locked(session.pk)
    _must_run_the_clock(session, by)
    if session.state == State.LIVE:
        return session
    if session.state == State.ENDED:
        raise Refused("session_ended", "This session has ended; its clock cannot start again.")
    taken = set(session.seats.filter(left_at=None).values_list("role", "part"))
    if seats.missing(taken, alone=session.mode == Mode.SOLO, panel=session.panel):
        who = "Not everybody has" if session.panel else "Your partner has not"
        raise Refused("partner_missing", f"{who} taken a seat yet. Send the invite link first.")
    _must_have_come(session)
    session.state, session.started_at = State.LIVE, now
    session.deadline_at = clock_of(session).deadline()
    session.save(update_fields=["state", "started_at", "deadline_at"])
    try:
        with transaction.atomic():
            session.seats.filter(left_at=None).update(is_live=True)
    except IntegrityError as error:
        raise Refused(
            "already_in_a_session",
            "One of you is in another running session. End that one first; nothing here has changed.",
        ) from error
    _open_board(session)
    seated = dict(session.seats.filter(left_at=None).values_list("user_id", "role"))
    seen.mark(case_id=session.case_version.case_id, ways=seated, now=now)
    consents.agree_by_starting(seat=by, now=now)
    log(session, "started", by=by, now=now)
    tell_clock(session, now)
    return session


@transaction.atomic
def pause(*, session: Session, by: Seat, now: datetime, reason: str = "") -> Session:
    """Stop the clock and close the board until `resume`. Pausing twice changes nothing."""
    session = _running(session, by, now)
    if session.paused_at:
        return session
    session.paused_at = now
    session.save(update_fields=["paused_at"])
    _open_board(session)
    log(session, "paused", by=by, now=now, reason=reason[:200])
    tell_clock(session, now)
    return session


@transaction.atomic
def resume(*, session: Session, by: Seat, now: datetime) -> Session:
    """Let the clock run on; the deadline moves by the length of the pause."""
    session = _running(session, by, now)
    if session.paused_at is None:
        return session
    session.paused_seconds += (now - session.paused_at).total_seconds()
    session.paused_at = None
    session.deadline_at = clock_of(session).deadline()
    session.save(update_fields=["paused_seconds", "paused_at", "deadline_at"])
    _open_board(session)
    log(session, "resumed", by=by, now=now)
    tell_clock(session, now)
    return session


def lengthen(session: Session, *, seconds: int, now: datetime) -> None:
    """Add time to a session that runs. Whoever calls this holds the session's lock."""
    session.extended_seconds += seconds
    session.deadline_at = clock_of(session).deadline()
    session.save(update_fields=["extended_seconds", "deadline_at"])
    _open_board(session)
    tell_clock(session, now)


@transaction.atomic
def submit(*, session: Session, by: Seat, now: datetime) -> Session:
    """End the session by the candidate's word. Once the time is up the clock has ended it, and `end_reason`
    says so: what was saved by then is the submission, and nothing is added to it."""
    if by.role != Role.CANDIDATE:
        raise Refused("not_yours_to_submit", "Only the candidate submits.", status=403)
    session = _locked(session.pk)
    if session.state == State.LOBBY:
        raise Refused("not_started", "The clock has not started, so there is nothing to submit yet.")
    if session.state == State.LIVE:
        reason = EndReason.DEADLINE if _is_over(session, now) else EndReason.SUBMITTED
        _close(session, reason=reason, by=by, now=now)
    return session


@transaction.atomic
def abandon(*, session: Session, by: Seat | None, now: datetime) -> Session:
    """Give up a session that never started; `by` nobody where nobody came."""
    session = _locked(session.pk)
    if session.state == State.LOBBY:
        session.state, session.ended_at, session.end_reason = State.ENDED, now, EndReason.ABANDONED
        session.save(update_fields=["state", "ended_at", "end_reason"])
        session.invites.filter(used_at=None, revoked_at=None).update(revoked_at=now)
        log(session, "abandoned", by=by, now=now)
        tell_clock(session, now)
    return session


def close_overdue(*, now: datetime) -> int:
    """Close every session whose time is up; returns how many. Two sweeps at once close each session once."""
    overdue = Session.objects.filter(state=State.LIVE, paused_at=None, deadline_at__lte=now)
    return sum(close_if_over(pk=pk, now=now) for pk in list(overdue.values_list("pk", flat=True)[:200]))


@transaction.atomic
def close_if_over(*, pk: UUID, now: datetime) -> bool:
    """Close one session if its time is up; whoever takes the lock first does it."""
    session = (
        Session.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, state=State.LIVE, paused_at=None, deadline_at__lte=now)
        .first()
    )
    if session is None:
        return False
    _close(session, reason=EndReason.DEADLINE, by=None, now=now)
    return True


def _close(session: Session, *, reason: EndReason, by: Seat | None, now: datetime) -> None:
    """The single way to end a running session: state, seats, board, snapshot and score job in one transaction."""
    at = session.deadline_at if reason == EndReason.DEADLINE else now
    session.state, session.ended_at, session.end_reason = State.ENDED, at, reason
    if session.paused_at:
        session.paused_seconds += (now - session.paused_at).total_seconds()
    session.paused_at = None
    session.save(update_fields=["state", "ended_at", "end_reason", "paused_at", "paused_seconds"])
    session.seats.update(is_live=False)
    _open_board(session)
    log(session, "ended", by=by, now=now, reason=reason.value)
    submissions.take(session=session, now=now)
    webhook_events.session_ended(session, now=now)
    transaction.on_commit(lambda: nudge("record_board", str(session.board_id)))
    tell_clock(session, now)


def _must_have_come(session: Session) -> None:
    """A mentor set this interview and a partner opened its room, so the candidate may know of neither; started, it
    would be held, the case known to them, and another session refused."""
    if not Assignment.objects.filter(session=session).exists():
        return
    absent = session.seats.filter(role=Role.CANDIDATE, came_at=None).select_related("user").first()
    if absent:
        raise Refused(
            "candidate_absent",
            f"{name_of(absent.user)} has not opened this room yet. The clock can start once they have.",
        )


def _open_board(session: Session) -> None:
    """Let the board take edits exactly while the clock runs. The UPDATE waits for a commit in flight."""
    runs = session.state == State.LIVE and session.paused_at is None
    Board.objects.filter(pk=session.board_id).update(open_until=session.deadline_at if runs else None)


def _locked(pk: UUID) -> Session:
    return Session.objects.select_for_update(of=("self",)).get(pk=pk)


def _running(session: Session, by: Seat, now: datetime) -> Session:
    session = _locked(session.pk)
    _must_run_the_clock(session, by)
    if session.state != State.LIVE or _is_over(session, now):
        raise Refused("not_running", "The clock is not running, so it cannot be paused or resumed.")
    return session


def _is_over(session: Session, now: datetime) -> bool:
    return session.paused_at is None and session.deadline_at is not None and session.deadline_at <= now


def _must_run_the_clock(session: Session, by: Seat) -> None:
    if not seats.runs_the_clock(by.role, alone=session.mode == Mode.SOLO):
        raise Refused("not_your_clock", "Only the interviewer runs the clock.", status=403)
