"""What a person who deletes their account takes along besides their sessions: calendar, groups, invitations, mails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from interviews.actions import bookings, groups, line, rota_mail
from interviews.actions.leaving import REMOVED
from interviews.errors import Refused
from interviews.models import (
    NOT_BEGUN,
    Assignment,
    Attendance,
    Block,
    Booking,
    BookingSeat,
    CalendarFeed,
    CalibrationDraft,
    CalibrationRating,
    Complaint,
    Group,
    GroupInvite,
    Invite,
    Listing,
    Membership,
    OutgoingMail,
    ShareLink,
    Slot,
    Ticket,
    Weekly,
)

_AHEAD = (Booking.State.PROPOSED, Booking.State.CONFIRMED)


def partners_ahead(user: AbstractBaseUser) -> set[int]:
    """The ids of those with whom something is agreed or proposed; whoever changes a booking holds both accounts."""
    ahead = Booking.objects.filter(state__in=_AHEAD, seats__user_id=user.pk)
    return set(BookingSeat.objects.filter(booking__in=ahead).values_list("user_id", flat=True))


def leave(*, user: AbstractBaseUser, addresses: Collection[str], now: datetime) -> None:
    """Call off what is ahead, and delete what is this person's. The caller has taken the name off the account: the
    mails that tell partners name somebody who left."""
    line.leave(by=user, now=now)
    _calendar(user, now)
    _invitations(user, addresses)  # before the groups, which take theirs along
    _groups(user, now)
    Ticket.objects.filter(user_id=user.pk).delete()
    Attendance.objects.filter(user_id=user.pk).delete()
    ShareLink.objects.filter(by=user.pk).delete()
    CalibrationDraft.objects.filter(rater=user.pk).delete()
    CalibrationRating.objects.filter(rater=user.pk).delete()
    Block.objects.filter(Q(by=user.pk) | Q(of=user.pk)).delete()
    _complaints(user)
    OutgoingMail.objects.filter(_is_one_of("to", addresses)).delete()


def leave_assignments(*, user: AbstractBaseUser, now: datetime) -> None:
    """Delete what groups have set for this person and has no session, or none any more, and tell the others of it as
    on any other day. Called once sessions are gone."""
    part = Q(candidate=user.pk) | Q(interviewer=user.pk) | Q(second=user.pk)
    gone: dict[UUID, list[Assignment]] = {}
    for one in Assignment.objects.filter(part, NOT_BEGUN).select_related("group"):
        gone.setdefault(one.group_id, []).append(one)
    for group, theirs in gone.items():
        Assignment.objects.filter(pk__in=[one.pk for one in theirs]).delete()
        # What got stuck keeps its text, and names this person.
        mails = OutgoingMail.objects.filter(key__startswith=f"rota:{group}:")
        _take_words(mails.exclude(state__in=[OutgoingMail.State.SENT, OutgoingMail.State.QUEUED]))
        rota_mail.has_taken_back(theirs[0].group, theirs, by=user.pk, now=now)


def _calendar(user: AbstractBaseUser, now: datetime) -> None:
    for table in (Weekly, Slot, Listing, CalendarFeed):
        table._default_manager.filter(user_id=user.pk).delete()
    mine = Booking.objects.filter(seats__user_id=user.pk)
    # Before the partners are told: the older mails name the person, the newer ones do not any more.
    _blank(f"booking:{pk}:" for pk in mine.values_list("pk", flat=True))
    for booking in mine.filter(state__in=_AHEAD):
        with suppress(Refused):  # its time has come: it stays in the partner's past
            if booking.state == Booking.State.PROPOSED:
                bookings.decline(booking=booking, by=user, now=now)
            else:
                bookings.cancel(booking=booking, by=user, now=now)
    ids = list(mine.values_list("pk", flat=True))
    Booking.objects.filter(pk__in=ids, asked_by=user.pk).update(asked_at=None, asked_by=None)
    Booking.objects.filter(pk__in=ids).update(note="")
    BookingSeat.objects.filter(user_id=user.pk).delete()
    Booking.objects.filter(pk__in=ids, seats=None).delete()


def _groups(user: AbstractBaseUser, now: datetime) -> None:
    """Out of each group. One that loses its only mentor is closed, for nobody is made a mentor unasked; one that loses
    its last person is deleted."""
    for mine in Membership.objects.filter(user_id=user.pk).select_related("group"):
        group = mine.group
        mine.delete()
        left = group.memberships.filter(left_at=None)
        if not left.filter(role=Membership.Role.MENTOR).exists():
            groups.close(group=group, now=now)
        if not left.exists():
            Group.objects.filter(pk=group.pk).delete()


def _invitations(user: AbstractBaseUser, addresses: Collection[str]) -> None:
    """Those that this person made, those that came to their addresses, and the mails that told of the former."""
    theirs = Q(created_by=user.pk)
    for table, key in ((Invite, "invite"), (GroupInvite, "group-invite")):
        made = table._default_manager.filter(theirs)
        _blank(f"{key}:{pk}:" for pk in made.values_list("pk", flat=True))
        table._default_manager.filter(theirs | _is_one_of("email", addresses)).delete()


def _blank(keys: Iterable[str]) -> None:
    """Take the words out of the mails whose keys begin so. What has not left is not sent any more."""
    for key in keys:
        _take_words(OutgoingMail.objects.filter(key__startswith=key))


def _take_words(mails: QuerySet[OutgoingMail]) -> None:
    mails.exclude(state=OutgoingMail.State.SENT).update(
        state=OutgoingMail.State.STALE, next_at=None, error=""
    )
    mails.update(subject=REMOVED, body="", attachments=[])


def _complaints(user: AbstractBaseUser) -> None:
    """A report that the admins have not handled stays, without the account, so that nobody gets out of one by leaving
    and nobody who left has asked in vain; its words go when it is handled (actions.people.handle)."""
    about = Complaint.objects.filter(Q(by=user.pk) | Q(of=user.pk))
    about.filter(state=Complaint.State.HANDLED).update(words="")
    Complaint.objects.filter(by=user.pk).update(by=None)
    Complaint.objects.filter(of=user.pk).update(of=None)


def _is_one_of(field: str, addresses: Collection[str]) -> Q:
    found = Q(pk=None)
    for address in addresses:
        found |= Q(**{f"{field}__iexact": address})
    return found
