"""Coming to what was agreed, and what the one who came may do when the other does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from casebank import frameworks
from casebank.actions import seen
from interviews.actions import line, sessions
from interviews.actions.record import log, tell
from interviews.errors import Refused
from interviews.models import PLAYERS, Attendance, Mode, Offer, Role, Seat, Session, State, Swap, Ticket
from interviews.queries.attendance import Awaited, awaited_by
from interviews.queries.practise import last_wish
from interviews.rules import languages, reliability

# A room whose clock has not started so long after the agreed start would keep both from meeting anybody else.
_GIVEN_UP_AFTER = timedelta(hours=1)
_LOOKED_BACK = timedelta(days=7)


def arrive(*, seat: Seat, now: datetime) -> None:
    """Note that this seat has its room open. The first time counts, and not one long before the agreed start."""
    start = seat.session.agreed_start
    if seat.came_at or seat.session.state == State.ENDED or not reliability.counts_as_coming(start, now):
        return
    Seat.objects.filter(pk=seat.pk, came_at=None).update(came_at=now)
    seat.came_at = now


def reckon(*, now: datetime) -> int:
    """Note who came to the sessions of this week whose grace is over, and returns how many. Those to which nobody came
    are given up, and after an hour all that have not begun."""
    done = Attendance.objects.filter(session=OuterRef("pk"))
    agreed = Session.objects.filter(
        agreed_start__gt=now - _LOOKED_BACK, agreed_start__lte=now - reliability.GRACE
    )
    due = agreed.filter(~Exists(done), seats__role__in=PLAYERS).exclude(end_reason="abandoned")
    noted = sum(_reckon(pk, now) for pk in list(due.distinct().values_list("pk", flat=True)[:200]))
    for session in agreed.filter(state=State.LOBBY, agreed_start__lte=now - _GIVEN_UP_AFTER)[:200]:
        sessions.abandon(session=session, by=None, now=now)
    return noted


@transaction.atomic
def find_another(*, seat: Seat, now: datetime) -> Ticket:
    """Give up the session to which the partner did not come, and stand first in the line for another."""
    session, partner = _stood_up(seat, now)
    _write(session)
    sessions.abandon(session=session, by=seat, now=now)
    # The lobby shows the prompt: whoever has read it is asked another case.
    read = session.seats.filter(role=Role.CANDIDATE, came_at__isnull=False).values_list("user_id", "role")
    seen.mark(case_id=session.case_version.case_id, ways=dict(read), now=now)
    own = Offer.objects.filter(match__session=session, ticket__user_id=seat.user_id).select_related("ticket")
    offer, last = own.first(), last_wish(seat.user)
    wish = line.Wish(
        role=offer.ticket.role if offer else seat.role,
        level=offer.ticket.level if offer else session.level,
        language=offer.ticket.language if offer else str(last.get("language", languages.DEFAULT)),
        framework=offer.ticket.framework if offer else str(last.get("framework", session.framework)),
        swap=offer.ticket.swap if offer else Ticket.Swapping.YES if session.swap else Ticket.Swapping.NO,
        again=offer.ticket.again if offer else bool(last.get("again")),
    )
    since = offer.ticket.since if offer else partner.since
    return line.come_back(by=seat.user, wish=wish, since=since, news=Ticket.News.ABSENT, now=now)


@transaction.atomic
def go_alone(*, seat: Seat, now: datetime) -> Session:
    """Make it a session alone, without the partner who did not come; for the candidate. No second half follows, so
    what was halved for its sake has its full minutes again."""
    session, _ = _stood_up(seat, now)
    if seat.role != Role.CANDIDATE:
        raise Refused("solo_is_for_candidates", "Alone, one can only be the candidate.", status=403)
    _write(session)
    session.seats.filter(role=Role.INTERVIEWER, came_at=None).update(left_at=now)
    chosen = frameworks.load().get(session.framework)
    if session.swap == Swap.HALF and chosen is not None:
        session.plan = sessions.plan_of(chosen)
    session.mode = Mode.SOLO
    session.swap = ""
    session.panel = False
    session.save(update_fields=["mode", "swap", "panel", "plan"])
    log(session, "went_alone", by=seat, now=now)
    tell(session, {"t": "seats"})
    return session


def _stood_up(seat: Seat, now: datetime) -> tuple[Session, Awaited]:
    """The session, locked, and the partner who did not come to it; Refused where they may still come, or have."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    seat.session = session
    partner = awaited_by(seat, now)
    if partner is None or not partner.given_up:
        raise Refused(
            "not_stood_up",
            "Your partner has come, or still has time to. Nothing was changed; the room shows how it stands.",
        )
    return session, partner


@transaction.atomic
def _reckon(pk: UUID, now: datetime) -> bool:
    session = Session.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if session is None or not _write(session):
        return False
    if session.state == State.LOBBY and not _somebody_came(session):
        sessions.abandon(session=session, by=None, now=now)
    return True


def _somebody_came(session: Session) -> bool:
    return session.seats.filter(role__in=PLAYERS, came_at__isnull=False).exists()


def _write(session: Session) -> bool:
    """Write down who had come to a locked session; False if that stands already, or nothing was agreed."""
    if session.agreed_start is None or Attendance.objects.filter(session=session).exists():
        return False
    end = reliability.grace_ends(session.agreed_start)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            user_id=user,
            agreed_start=session.agreed_start,
            came=came_at is not None and came_at <= end,
        )
        for user, came_at in session.seats.filter(role__in=PLAYERS, left_at=None).values_list(
            "user_id", "came_at"
        )
    )
    return True
