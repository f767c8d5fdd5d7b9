"""What people do about each other: block, report to the admins, and tell each other who they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from casebank.limits import Limit, spend
from interviews.actions import bookings
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Block, Complaint, Introduction, Role, Seat, Session, State
from interviews.rules import identity

COMPLAIN = Limit("complain", 5, 3600)
BLOCK = Limit("block", 30, 3600)
LONGEST = 2_000


@transaction.atomic
def block(*, seat: Seat, other: Seat, now: datetime) -> Block:
    """Never be matched with this person again; they do not learn of it. What the two have ahead is called off. Blocking
    twice changes nothing."""
    spend(BLOCK, by=seat.user_id, now=now)
    bookings.part(by=seat.user, other=other.user_id, now=now)
    made, _ = Block.objects.get_or_create(
        by_id=seat.user_id, of_id=other.user_id, defaults={"created_at": now}
    )
    return made


def unblock(*, by: int, block: int) -> None:
    """Take back one's own block; anybody else's is left, and nothing tells whether it is there."""
    Block.objects.filter(pk=block, by=by).delete()


def complain(*, seat: Seat, other: Seat, reason: str, words: str, now: datetime) -> Complaint:
    """Tell the admins of somebody one sat with. One of a pair and session is open at a time."""
    spend(COMPLAIN, by=seat.user_id, now=now)
    words = words.replace("\0", "").strip()
    if reason not in Complaint.Reason.values:
        raise Refused("no_reason", "Choose what it is about. Nothing was sent.", status=422)
    if len(words) > LONGEST:
        raise Refused(
            "too_long", f"At most {LONGEST:,} characters. Nothing was sent; shorten it.", status=422
        )
    try:
        with transaction.atomic():
            return Complaint.objects.create(
                by_id=seat.user_id,
                of_id=other.user_id,
                session_id=seat.session_id,
                reason=reason,
                words=words,
                created_at=now,
            )
    except IntegrityError as error:
        raise Refused(
            "reported", "You have reported this already, and the admins have it. Nothing new was sent."
        ) from error


@transaction.atomic
def handle(*, complaints: Iterable[int], by: int | None, now: datetime) -> int:
    """Close those that are open; returns how many. The words of one whose author or subject has deleted their account
    were kept for this alone, and go."""
    asked = Complaint.objects.filter(pk__in=list(complaints))
    still = asked.filter(state=Complaint.State.OPEN)
    record(
        *(
            Deed(Verb.COMPLAINT_HANDLED, Kind.COMPLAINT, pk, by)
            for pk in still.select_for_update().values_list("pk", flat=True)
        ),
        now=now,
    )
    closed = still.update(state=Complaint.State.HANDLED, handled_at=now, handled_by=by)
    asked.filter(Q(by=None) | Q(of=None), state=Complaint.State.HANDLED).update(words="")
    return closed


@transaction.atomic
def introduce(*, seat: Seat, other: Seat, now: datetime) -> Introduction:
    """Agree to show this person who one is; nothing is shown before they agree too. Twice is once."""
    _held(seat, other)
    if other.left_at is not None:
        raise Refused("left", f"{other.user} has left this session, so there is nobody to agree to it.")
    user = seat.user
    if not (getattr(user, "real_name", "") or getattr(user, "contact", "")):
        raise Refused(
            "nothing_to_share",
            "Your profile has neither a name nor a contact. Add one there first.",
            status=422,
        )
    made, _ = Introduction.objects.get_or_create(by=seat, to=other, defaults={"at": now})
    return made


@transaction.atomic
def withdraw(*, seat: Seat, other: Seat) -> None:
    """Take it back, as long as the other has not agreed."""
    _held(seat, other)
    shared = introduced(seat, other)
    if identity.is_mutual(seat.pk, other.pk, shared):
        raise Refused("seen", "You have both agreed and seen each other's, so it cannot be taken back.")
    if identity.may_withdraw(seat.pk, other.pk, shared):
        Introduction.objects.filter(by=seat, to=other).delete()


def introduced(seat: Seat, other: Seat) -> set[identity.Pair]:
    """Which of the two have agreed."""
    pair = [seat.pk, other.pk]
    return set(Introduction.objects.filter(by__in=pair, to__in=pair).values_list("by", "to"))


def _held(seat: Seat, other: Seat) -> None:
    """After the end, between those who were interviewed and who interviewed; both take turns at the session's row."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    if session.state != State.ENDED or session.started_at is None:
        raise Refused("not_ended", "This can be done when the session has ended.")
    if Role.OBSERVER in (seat.role, other.role):
        raise Refused(
            "observer", "Only those who were interviewed and who interviewed can do this.", status=403
        )
