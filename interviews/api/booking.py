"""The calendar over REST: when one is free, who offers times, and what is agreed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks
from casebank.api.asked import Paged, Strict, queried, query, sent
from casebank.api.drafts import person
from casebank.api.paging import page_of, paged
from casebank.limits import spend
from interviews import access
from interviews.actions import booking_rooms, bookings
from interviews.api.lobby import SessionMadeShape
from interviews.forms import LEVELS
from interviews.limits import AGREE, FIND
from interviews.models import Booking, Role
from interviews.queries import bookings as queries
from interviews.rules import slots

_LENGTHS = list(slots.LENGTHS)
_SEATS = [Role.CANDIDATE.value, Role.INTERVIEWER.value]


class MinutesQuery(Strict):
    minutes = serializers.ChoiceField(choices=_LENGTHS, default=45)


class OffersQuery(Paged, MinutesQuery):
    pass


class OfferShape(serializers.Serializer[Any]):
    """Somebody whose times you may take; `starts` are the next ones, which suit you too where `suits`."""

    id = serializers.IntegerField(source="listing.pk")
    name = serializers.CharField()
    level = serializers.CharField()
    language = serializers.CharField()
    starts = serializers.ListField(child=serializers.DateTimeField())
    suits = serializers.BooleanField()


class StartsShape(serializers.Serializer[Any]):
    """Every start that you could take, and the seats that are offered to you."""

    starts = serializers.ListField(child=serializers.DateTimeField())
    seats = serializers.ListField(child=serializers.CharField())


class PlanWrite(Strict):
    start = serializers.DateTimeField()
    minutes = serializers.ChoiceField(choices=_LENGTHS)
    role = serializers.ChoiceField(choices=_SEATS, help_text="Your seat.")
    framework = serializers.ChoiceField(choices=list(frameworks.load()))
    swap = serializers.BooleanField(default=False)


class ProposalWrite(PlanWrite):
    """`partner` is a display name or the address of an account; they must let themselves be found."""

    partner = serializers.CharField(max_length=254)
    level = serializers.ChoiceField(choices=[value for value, _ in LEVELS])
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class StartWrite(Strict):
    start = serializers.DateTimeField()


class BookingShape(serializers.Serializer[Any]):
    """`asked_at` is a start that waits for an answer, of you where `asked_me`, of the others in `waiting_for`.
    `partner` names all `partners`, two in a panel. `session` is its room, once open."""

    id = serializers.UUIDField(source="booking.id")
    state = serializers.CharField(source="booking.state")
    partner = serializers.CharField()
    partners = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField()
    starts_at = serializers.DateTimeField(source="booking.starts_at", allow_null=True)
    ends_at = serializers.DateTimeField(source="booking.ends_at", allow_null=True)
    asked_at = serializers.DateTimeField(source="booking.asked_at", allow_null=True)
    asked_me = serializers.BooleanField()
    waiting_for = serializers.ListField(child=serializers.CharField())
    minutes = serializers.IntegerField(source="booking.minutes")
    framework = serializers.CharField(source="booking.framework")
    level = serializers.CharField(source="booking.level")
    note = serializers.CharField(source="booking.note")
    swap = serializers.BooleanField(source="booking.swap")
    doors_open = serializers.BooleanField()
    session = serializers.UUIDField(source="booking.session_id", allow_null=True)


@extend_schema(operation_id="offers_list", responses=page_of(OfferShape))
@query(OffersQuery)
@never_cache
@api_view(["GET"])
def offers(request: Request) -> Response:
    """Who offers times in the next weeks."""
    minutes = queried(request, OffersQuery)["minutes"]
    found = queries.offers_for(person(request), now=timezone.now(), minutes=minutes)
    return paged(request, found, OfferShape, OffersQuery)


@extend_schema(methods=["GET"], responses=StartsShape)
@extend_schema(methods=["POST"], request=PlanWrite, responses={201: BookingShape})
@query(MinutesQuery)
@never_cache
@api_view(["GET", "POST"])
def offer(request: Request, pk: int) -> Response:
    """The starts that somebody offers you; POST takes one, which is agreed with that."""
    listing, now = access.listing_for(person(request), pk), timezone.now()
    if request.method == "GET":
        minutes = queried(request, MinutesQuery)["minutes"]
        starts = queries.open_starts(listing.user, person(request), minutes=minutes, now=now)
        return Response(StartsShape({"starts": starts, "seats": bookings.seats_offered(listing)}).data)
    said = sent(request, PlanWrite)
    spend(AGREE, by=person(request).pk, now=now)
    return booked(request, bookings.take(by=person(request), listing=listing, now=now, **said), status=201)


@extend_schema(methods=["GET"], operation_id="bookings_list", responses=page_of(BookingShape))
@extend_schema(methods=["POST"], request=ProposalWrite, responses={201: BookingShape})
@query(Paged)
@never_cache
@api_view(["GET", "POST"])
def booking_list(request: Request) -> Response:
    """What is agreed or proposed and not over; POST proposes a time to somebody, which is agreed once they accept."""
    now = timezone.now()
    if request.method == "GET":
        return paged(request, queries.upcoming(person(request), now), BookingShape)
    said = sent(request, ProposalWrite)
    spend(FIND, by=person(request).pk, now=now)
    partner = queries.find(said.pop("partner"), reader=person(request))
    return booked(request, bookings.propose(by=person(request), to=partner, now=now, **said), status=201)


@extend_schema(responses=BookingShape)
@never_cache
@api_view(["GET"])
def booking(request: Request, pk: UUID) -> Response:
    """One booking of yours."""
    return booked(request, access.booking_of(request.user, pk).booking)


@extend_schema(request=StartWrite, responses=BookingShape)
@api_view(["POST"])
def accept(request: Request, pk: UUID) -> Response:
    """Agree to the start that was proposed, which you name; it is agreed once all have."""
    found, start, now = _agreeing(request, pk)
    return booked(request, bookings.accept(booking=found, by=person(request), start=start, now=now))


@extend_schema(request=StartWrite, responses=BookingShape)
@api_view(["POST"])
def counter(request: Request, pk: UUID) -> Response:
    """Propose another start."""
    found, start, now = _agreeing(request, pk)
    return booked(request, bookings.counter(booking=found, by=person(request), start=start, now=now))


@extend_schema(request=None, responses=BookingShape)
@api_view(["POST"])
def decline(request: Request, pk: UUID) -> Response:
    """Say no to the proposed start, or withdraw it."""
    found, now = access.booking_of(request.user, pk).booking, timezone.now()
    spend(AGREE, by=person(request).pk, now=now)
    return booked(request, bookings.decline(booking=found, by=person(request), now=now))


@extend_schema(request=None, responses=BookingShape)
@api_view(["POST"])
def cancel(request: Request, pk: UUID) -> Response:
    """Call it off."""
    found, now = access.booking_of(request.user, pk).booking, timezone.now()
    spend(AGREE, by=person(request).pk, now=now)
    return booked(request, bookings.cancel(booking=found, by=person(request), now=now))


@extend_schema(request=None, responses=SessionMadeShape)
@api_view(["POST"])
def open_room(request: Request, pk: UUID) -> Response:
    """The booking's session, which the first of the two makes; from a little before its start."""
    seat = access.booking_of(request.user, pk)
    return Response(SessionMadeShape(booking_rooms.open_room(booking=seat.booking, now=timezone.now())).data)


def _agreeing(request: Request, pk: UUID) -> tuple[Booking, datetime, datetime]:
    found, now = access.booking_of(request.user, pk).booking, timezone.now()
    start = sent(request, StartWrite)["start"]
    spend(AGREE, by=person(request).pk, now=now)
    return found, start, now


def booked(request: Request, found: Booking, *, status: int = 200) -> Response:
    """A booking as this person sees it."""
    seat = access.booking_of(request.user, found.pk)
    return Response(BookingShape(queries.seen_by(seat, timezone.now())).data, status=status)
