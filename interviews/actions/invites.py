"""Inviting to a seat, taking it, and leaving it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from casebank.actions import seen
from interviews.actions import mail
from interviews.actions.record import log, tell
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Assignment, Invite, Mode, Role, Seat, Session, State
from interviews.queries.invites import addresses_of
from interviews.queries.panel import absent_from
from interviews.rules import invites as rules
from interviews.rules import seats

_REASONS = {
    "expired": "This invite has expired. Ask your partner for a new link.",
    "used": "This invite was already used. If it was not you, ask your partner for a new link.",
    "revoked": "Your partner replaced or withdrew this invite. Ask for the newest link.",
}


FOR_ANOTHER = (
    "This invitation was sent to an address that your account does not have. Log out and open the link in the mail "
    "again with the account that has it, or add the address to this account, confirm it, and come back. The seat is "
    "kept."
)


@transaction.atomic
def create(
    *, session: Session, by: Seat, role: str, now: datetime, part: str = "", email: str = ""
) -> tuple[Invite, str]:
    """A link to a seat: the invite and its token (128 bits or more, shown this once). It replaces an older open
    one to a seat of this role, in a panel of this part. With an `email` it opens for the account with that address."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    _must_invite_to(session, by, role, part)
    if session.state == State.ENDED:
        raise Refused("session_ended", "This session has ended, so nobody can join it.")
    _must_have_room(session, role, part)
    _call_back(session.invites.filter(role=role, part=part), now)
    token = secrets.token_urlsafe(24)
    invite = Invite.objects.create(
        session=session,
        role=role,
        part=part,
        email=email,
        token_hash=_hash(token),
        created_by_id=by.user_id,
        created_at=now,
        expires_at=now + rules.LIFETIME,
    )
    return invite, token


@transaction.atomic
def revoke(*, session: Session, by: Seat, role: str, now: datetime, part: str = "") -> int:
    """Withdraw the open invites to seats of this role and part; returns how many there were."""
    _must_invite_to(session, by, role, part)
    return _call_back(session.invites.filter(role=role, part=part), now)


@transaction.atomic
def go_on_with_one(*, session: Session, by: Seat, now: datetime) -> Session:
    """Where one of a panel's interviewers does not come: the one who is there leads the whole interview, and links to
    the free seat open nothing any more. Refused once both have come, or the clock has started."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    seated = list(session.seats.select_for_update().filter(role=Role.INTERVIEWER, left_at=None))
    absent = absent_from(session)
    too_late = not session.panel or session.state != State.LOBBY or (len(seated) > 1 and absent is None)
    if too_late or by.role == Role.OBSERVER or by == absent:
        raise Refused("no_free_seat", "There is no free interviewer's seat to give up. Nothing was changed.")
    _call_back(session.invites.filter(role=Role.INTERVIEWER), now)
    session.panel = False
    session.save(update_fields=["panel"])
    if absent:
        session.seats.filter(pk=absent.pk).update(left_at=now)
        _leave_to_one(session, absent)
    session.seats.filter(role=Role.INTERVIEWER, left_at=None).update(part="")
    log(session, "panel_given_up", by=by, now=now)
    tell(session, {"t": "seats"})
    return session


@transaction.atomic
def dismiss(*, session: Session, seat_id: int, by: Seat, now: datetime) -> Seat:
    """End a watcher's seat, by themselves or by those who are watched; its sockets close within seconds."""
    seat = session.seats.select_for_update(of=("self",)).filter(pk=seat_id, left_at=None).first()
    if seat is None or not seats.may_dismiss(by.role, seat.role, own=seat.pk == by.pk):
        raise Refused("no_such_seat", "There is nobody there whom you could send away.", status=404)
    seat.left_at, seat.is_live = now, False
    seat.save(update_fields=["left_at", "is_live"])
    log(session, "left", by=seat, now=now, role=seat.role)
    if seat.pk != by.pk:
        record(Deed(Verb.WATCHER_DISMISSED, Kind.SESSION, session.pk, by.user_id, seat.user_id), now=now)
    tell(session, {"t": "seats"})
    return seat


def look(*, token: str, now: datetime, by: AbstractBaseUser | None = None) -> Invite:
    """The invite that this token opens; Refused, with the reason, if it opens nothing any more, or not for `by`."""
    invite = (
        Invite.objects.select_related("session__case_version__case", "created_by")
        .filter(token_hash=_hash(token))
        .first()
    )
    if invite is None:
        raise Refused(
            "invite_unknown", "This invite link is not valid. Check that you copied all of it.", status=404
        )
    if by and not rules.opens_for(invite.email, addresses_of(by)):
        raise Refused("invite_for_another", FOR_ANOTHER, status=403)
    _must_be_open(invite, now)
    return invite


@transaction.atomic
def redeem(*, token: str, by: AbstractBaseUser, now: datetime) -> Seat:
    """Take the seat. Whoever comes second, even in the same instant, is told that it is taken."""
    invite = look(token=token, now=now, by=by)
    session = Session.objects.select_for_update(of=("self",)).get(pk=invite.session_id)
    invite = Invite.objects.select_for_update(of=("self",)).get(pk=invite.pk)
    mine = session.seats.filter(user_id=by.pk).first()
    if mine and mine.left_at:
        raise Refused("seat_left", "You have left this session; its links are for other people.")
    if mine:
        raise Refused("already_seated", "You already sit in this session. Send the link to your partner.")
    _must_be_open(invite, now)
    if session.state == State.ENDED:
        raise Refused("session_ended", "This session has already ended.", status=410)
    _must_have_room(session, invite.role, invite.part)
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                session=session,
                user_id=by.pk,
                role=invite.role,
                part=invite.part,
                joined_at=now,
                is_live=session.state == State.LIVE,
            )
    except IntegrityError as error:
        if "one_live_session" in str(error):
            raise Refused(
                "already_in_a_session", "You are in another running session. End that one first."
            ) from error
        raise Refused("seat_taken", "Somebody else has taken this seat.") from error
    invite.used_at, invite.used_by_id = now, by.pk
    invite.save(update_fields=["used_at", "used_by"])
    if seat.is_live:
        seen.mark(case_id=invite.session.case_version.case_id, ways={by.pk: seat.role}, now=now)
    log(session, "joined", by=seat, now=now, role=seat.role)
    tell(session, {"t": "seats"})
    return seat


def _call_back(invites: QuerySet[Invite], now: datetime) -> int:
    """Let those of these that are open open nothing any more, and stop their mails that have not left; how many."""
    still = invites.filter(used_at=None, revoked_at=None)
    for pk in list(still.values_list("pk", flat=True)):
        mail.withdraw(f"invite:{pk}:")
    return still.update(revoked_at=now)


def _leave_to_one(session: Session, absent: Seat) -> None:
    """What a group has set says who does it."""
    found = Assignment.objects.select_for_update(of=("self",)).get(session=session)
    if found.interviewer_id == absent.user_id and found.second_id:
        found.interviewer_id = found.second_id
    found.second = None
    found.save(update_fields=["interviewer", "second"])


def _must_invite_to(session: Session, by: Seat, role: str, part: str) -> None:
    may = role in seats.invites_to(by.role, alone=session.mode == Mode.SOLO, panel=session.panel)
    if not may or part not in seats.parts_of(role, panel=session.panel):
        raise Refused("no_invites", "This session has no such seat to invite to.")


def _must_have_room(session: Session, role: str, part: str) -> None:
    taken = session.seats.filter(role=role, left_at=None).count()
    if role == Role.OBSERVER and taken >= rules.MAX_OBSERVERS:
        raise Refused("full", f"{rules.MAX_OBSERVERS} people watch this session; no more fit.")
    if role != Role.OBSERVER and session.seats.filter(role=role, part=part).exists():
        raise Refused("seat_taken", "This seat is already taken.")


def _must_be_open(invite: Invite, now: datetime) -> None:
    facts = rules.InviteFacts(invite.expires_at, invite.used_at, invite.revoked_at)
    standing = rules.standing(facts, now)
    if standing != "open":
        raise Refused(f"invite_{standing}", _REASONS[standing], status=410)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
