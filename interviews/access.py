"""The doors to sessions and groups. Nobody else looks one up by its id.

A session that is missing and one that is somebody else's look the same: 404. The wrong role gets 403.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from interviews.calibration import works
from interviews.calibration.works import Work
from interviews.models import (
    BookingSeat,
    CalibrationRating,
    Listing,
    Membership,
    Offer,
    Role,
    Seat,
    SecondRating,
    ShareLink,
    State,
    Webhook,
    WebhookDelivery,
)
from interviews.queries.blocks import blocked_with
from interviews.queries.clock import overtime_of
from interviews.queries.gaps import Discussion, discussed
from interviews.queries.people import level_of
from interviews.queries.second import held_by
from interviews.rules import seats
from interviews.rules.next_case import levels_near
from interviews.rules.shares import hash_of

M = TypeVar("M", bound=Model)


def seat_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """The seat that this user holds in the session `pk`."""
    held = Seat.objects.select_related("session__case_version__case", "session__board", "user")
    own = held.filter(session_id=pk, user_id=_id(user), left_at=None)
    return _first(own, "There is no such session, or it is not yours.")


def candidate_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """The candidate's seat; 403 to whoever sits elsewhere."""
    return _with_role(seat_in(user, pk), Role.CANDIDATE)


def interviewer_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """The interviewer's seat; 403 to whoever sits elsewhere."""
    return _with_role(seat_in(user, pk), Role.INTERVIEWER)


def drawer_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """A seat that may draw while the board is open."""
    seat = seat_in(user, pk)
    if not seats.may_draw(seat.role, interviewer_draws=seat.session.interviewer_draws):
        raise PermissionDenied("This seat does not draw on the board.")
    return seat


def player_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """The candidate's seat or an interviewer's; 403 to who watches."""
    seat = seat_in(user, pk)
    if seat.role == Role.OBSERVER:
        raise PermissionDenied("Who watches cannot do this.")
    return seat


def clock_keeper_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """A seat that may start, pause and resume."""
    seat = seat_in(user, pk)
    if not seats.runs_the_clock(seat.role, alone=seat.session.mode == "solo"):
        raise PermissionDenied("Only the interviewer runs the clock.")
    return seat


def scoring_keeper_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Seat:
    """A seat that may have a submission scored again, or by the judge."""
    seat = seat_in(user, pk)
    if not seats.has_it_scored(seat.role, alone=seat.session.mode == "solo"):
        raise PermissionDenied("Only the interviewer has a design scored again.")
    return seat


def member_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Membership:
    """This person's place in the group `pk`; a group that is missing and one that is somebody else's look the same."""
    held = Membership.objects.select_related("group")
    own = held.filter(group_id=pk, user_id=_id(user), left_at=None)
    return _first(own, "There is no such group, or you are not in it.")


def mentor_in(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> Membership:
    """A mentor's place in the group; 403 to its other members."""
    found = member_in(user, pk)
    if not found.is_mentor:
        raise PermissionDenied("Only a mentor of this group may do this.")
    return found


def talker(seat: Seat, now: datetime) -> Seat:
    """This seat, where it may call now; 403 to who watches or is alone, and to everybody an hour after the end."""
    session = seat.session
    if not seats.may_call(seat.role, alone=session.mode == "solo", overtime=overtime_of(session, now)):
        raise PermissionDenied(
            "Only candidate and interviewer call each other here, until an hour after the end."
        )
    return seat


def offer_of(user: AbstractBaseUser | AnonymousUser, match: UUID) -> Offer:
    """This user's side of the match, open or over."""
    own = Offer.objects.select_related("match", "ticket").filter(match_id=match, ticket__user_id=_id(user))
    return _first(own, "There is no such offer, or it is not yours.")


def booking_of(user: AbstractBaseUser | AnonymousUser, pk: UUID) -> BookingSeat:
    """The part that this user has in the booking `pk`."""
    held = BookingSeat.objects.select_related("booking__session", "user").prefetch_related(
        "booking__seats__user"
    )
    own = held.filter(booking_id=pk, user_id=_id(user))
    return _first(own, "There is no such booking, or it is not yours.")


def listing_for(user: AbstractBaseUser, pk: int) -> Listing:
    """Somebody else who lets themselves be found; one of a blocked pair, or more than a level away,
    looks like nobody."""
    people = Listing.objects.select_related("user").filter(user__is_active=True)
    people = people.filter(user__target_level__in=levels_near(level_of(user)))
    listing = people.exclude(user__in=[user.pk, *blocked_with(user.pk)]).filter(pk=pk).first()
    if listing is None:
        raise Http404("There is nobody here who offers times.")
    return listing


def other_in(user: AbstractBaseUser | AnonymousUser, pk: UUID, seat_id: int) -> tuple[Seat, Seat]:
    """One's own seat and that of somebody one sat with, whether or not they have left; 404 for anybody else's."""
    own = seat_in(user, pk)
    other = own.session.seats.select_related("user").filter(pk=seat_id).exclude(pk=own.pk).first()
    if other is None:
        raise Http404("There is no such person in this session.")
    return own, other


def share_of(user: AbstractBaseUser | AnonymousUser, pk: UUID, share_id: int) -> ShareLink:
    """A link that this candidate made to the report of the session `pk`, open or over."""
    own = ShareLink.objects.filter(session=candidate_in(user, pk).session, by_id=_id(user), pk=share_id)
    return _first(own, "There is no such link, or it is not yours.")


def shared_report(token: str, now: datetime) -> tuple[ShareLink, Seat]:
    """What a link opens to everybody who has it: the link, and the seat of the candidate whose report it shows. One
    that has expired, was revoked or never was looks the same, and so does one whose maker may no longer log in."""
    links = ShareLink.objects.filter(
        token_hash=hash_of(token), revoked_at=None, expires_at__gt=now, by__is_active=True
    )
    link = _first(links, "This link opens nothing.")
    held = Seat.objects.select_related("session__case_version__case", "user")
    ran = Q(session__state=State.ENDED, session__started_at__isnull=False)
    own = held.filter(ran, session=link.session_id, user=link.by_id, role=Role.CANDIDATE, left_at=None)
    return link, _first(own, "This link opens nothing.")


def calibration_work(slug: str) -> Work:
    """The work of a calibration session, which everybody who is logged in may rate. Its key has a door of its own."""
    work = works.load().get(slug)
    if work is None:
        raise Http404("There is no such calibration session.")
    return work


def sealed_rating(user: AbstractBaseUser | AnonymousUser, slug: str, round: int | None) -> CalibrationRating:
    """What this user has sealed of a work, the last time or in that round: the door to its key."""
    own = CalibrationRating.objects.filter(rater_id=_id(user), work=slug).order_by("-round")
    return _first(
        own if round is None else own.filter(round=round), "There is no such rating, or it is not yours."
    )


def second_rating(user: AbstractBaseUser, pk: UUID) -> SecondRating:
    """The session that this user has taken for a second rating; 404 too once its replay is shut, or somebody in it and
    this user are blocked."""
    return _first(held_by(user).filter(pk=pk), "There is no such session to rate, or it is not yours.")


def discussion_for(user: AbstractBaseUser, pk: UUID) -> Discussion:
    """What the raters of a session have to talk about; 404 to everybody else, its candidate too."""
    rows = SecondRating.objects.select_related("rater", "sheet__submission", "session__case_version")
    talk = discussed(_first(rows.filter(pk=pk), "There is no such discussion, or it is not yours."))
    if talk is None or user.pk not in {one.pk for one in talk.users}:
        raise Http404("There is no such discussion, or it is not yours.")
    return talk


def webhook_of(user: AbstractBaseUser | AnonymousUser, pk: int) -> Webhook:
    """This user's webhook."""
    return _first(
        Webhook.objects.filter(pk=pk, user_id=_id(user)), "There is no such webhook, or it is not yours."
    )


def delivery_of(user: AbstractBaseUser | AnonymousUser, pk: int, delivery_id: UUID) -> WebhookDelivery:
    """A message to this user's webhook."""
    own = webhook_of(user, pk).deliveries.select_related("webhook").filter(pk=delivery_id)
    return _first(own, "There is no such message.")


def _id(user: AbstractBaseUser | AnonymousUser) -> int:
    """This user's id; 0, which is nobody's, for who is not logged in or may not be."""
    return user.pk if user.is_authenticated and user.is_active else 0


def _first(own: QuerySet[M], otherwise: str) -> M:
    found = own.first()
    if found is None:
        raise Http404(otherwise)
    return found


def _with_role(seat: Seat, role: Role) -> Seat:
    if seat.role != role:
        raise PermissionDenied(f"Only the {role.label.lower()} may do this.")
    return seat
