"""Finding a time with somebody, answering, moving, cancelling, and entering the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank.limits import spend
from interviews import access
from interviews.actions import booking_rooms, bookings
from interviews.booking_forms import Answer, Proposal, Start, Taking
from interviews.errors import Refused
from interviews.limits import AGREE, FIND
from interviews.models import Booking, Listing
from interviews.queries import bookings as queries
from interviews.queries.people import level_of, name_of, zone_of
from interviews.queries.reliability import reliability_of
from interviews.rules import slots
from interviews.rules.languages import NAMES
from interviews.views.request import UserRequest

# So many days are shown at first.
_DAYS = 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: UserRequest, pk: int) -> HttpResponse:
    """The times that somebody offers; POST takes one of them."""
    listing, now = access.listing_for(request.user, pk), timezone.now()
    offered = bookings.seats_offered(listing)
    form = Taking(request.POST if request.method == "POST" else None, seats=offered)
    error = ""
    if request.method == "POST" and form.is_valid():
        spend(AGREE, by=request.user.pk, now=now)
        given = form.cleaned_data
        try:
            booking = bookings.take(by=request.user, listing=listing, now=now, **given)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            error, status = refusal.message, refusal.status
        else:
            messages.success(request, "It is agreed. The appointment goes to both of you by mail.")
            return redirect("interviews:booking", booking.pk)
    else:
        status = 422 if form.errors else 200
    return render(
        request, "interviews/booking/person.html", _person(request, listing, form, error, now), status=status
    )


def _person(
    request: UserRequest, listing: Listing, form: Taking, error: str, now: datetime
) -> dict[str, object]:
    minutes = _minutes(request)
    starts = queries.open_starts(listing.user, request.user, minutes=minutes, now=now)
    mine = queries.free(request.user, since=now, until=now + slots.HORIZON)
    days, everything = list(_by_day(starts, request)), "all" in request.GET or request.method == "POST"
    picked = form.cleaned_data.get("start") if form.is_bound else None
    suits = {at for at in starts if slots.fits(at, timedelta(minutes=minutes), mine)}
    return {
        "listing": listing,
        "name": name_of(listing.user),
        "level": level_of(listing.user),
        "language": NAMES.get(listing.language, listing.language),
        "reliability": reliability_of(listing.user_id),
        "form": form,
        "minutes": minutes,
        "chosen": str(int(picked.timestamp())) if picked else request.GET.get("at", ""),
        "days": days if everything else days[:_DAYS],
        "more": len(days) > _DAYS and not everything,
        "suits": suits,
        "error": error or " ".join(map(str, form.errors.get("start", []))),
        "zone": zone_of(request.user).key.replace("_", " "),
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: UserRequest) -> HttpResponse:
    """Ask somebody by name or address for an interview at any time."""
    now, zone = timezone.now(), zone_of(request.user)
    if request.method != "POST":
        start = {"partner": request.GET.get("to", "")[:254], "level": level_of(request.user)}
        form = Proposal(initial=start, zone=zone)
        return render(request, "interviews/booking/propose.html", {"form": form, "zone": zone.key})
    form = Proposal(request.POST, zone=zone)
    if form.is_valid():
        spend(FIND, by=request.user.pk, now=now)
        given = {
            key: form.cleaned_data[key]
            for key in ("role", "minutes", "framework", "level", "note", "swap", "start")
        }
        try:
            partner = queries.find(form.cleaned_data["partner"], reader=request.user)
            booking = bookings.propose(by=request.user, to=partner, now=now, **given)
        except Refused as refusal:
            form.add_error(
                "partner" if refusal.code in ("nobody", "several", "yourself") else None, refusal.message
            )
        else:
            messages.success(request, "Your proposal is on its way; nothing is booked before they accept.")
            return redirect("interviews:booking", booking.pk)
    return render(request, "interviews/booking/propose.html", {"form": form, "zone": zone.key}, status=422)


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """One booking, and what can be done about it."""
    return _show(request, pk)


@login_required
@require_POST
def accept(request: UserRequest, pk: UUID) -> HttpResponse:
    """Agree to the time that was proposed."""
    seat, now = access.booking_of(request.user, pk), timezone.now()
    form = Answer(request.POST)
    if not form.is_valid():
        raise Refused("changed", "Say to which time you agree: open the booking again.", status=422)
    spend(AGREE, by=request.user.pk, now=now)
    booking = bookings.accept(
        booking=seat.booking, by=request.user, start=form.cleaned_data["start"], now=now
    )
    if booking.asked_at is None:
        messages.success(request, "It is agreed. The appointment goes to all of you by mail.")
    else:
        messages.success(request, "You have accepted. Nothing is booked before all of you have.")
    return redirect("interviews:booking", pk)


@login_required
@require_POST
def decline(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say no to the proposed time, or withdraw it."""
    seat, now = access.booking_of(request.user, pk), timezone.now()
    spend(AGREE, by=request.user.pk, now=now)
    bookings.decline(booking=seat.booking, by=request.user, now=now)
    return redirect("interviews:booking", pk)


@login_required
@require_POST
def counter(request: UserRequest, pk: UUID) -> HttpResponse:
    """Propose another time."""
    seat, now = access.booking_of(request.user, pk), timezone.now()
    form = Start(request.POST, zone=zone_of(request.user))
    if form.is_valid():
        spend(AGREE, by=request.user.pk, now=now)
        try:
            bookings.counter(booking=seat.booking, by=request.user, start=form.cleaned_data["start"], now=now)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "The other time is proposed.")
            return redirect("interviews:booking", pk)
    return _show(request, pk, form=form, status=422)


@login_required
@require_POST
def cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    """Call it off."""
    seat, now = access.booking_of(request.user, pk), timezone.now()
    spend(AGREE, by=request.user.pk, now=now)
    bookings.cancel(booking=seat.booking, by=request.user, now=now)
    return redirect("interviews:booking", pk)


@login_required
@require_POST
def open_room(request: UserRequest, pk: UUID) -> HttpResponse:
    """Into the room, which the first of the two makes."""
    seat = access.booking_of(request.user, pk)
    session = booking_rooms.open_room(booking=seat.booking, now=timezone.now())
    return redirect("interviews:room", session.pk)


def _show(request: UserRequest, pk: UUID, *, form: Start | None = None, status: int = 200) -> HttpResponse:
    seat, now = access.booking_of(request.user, pk), timezone.now()
    appointment = queries.seen_by(seat, now)
    start = seat.booking.starts_at
    page = {
        "one": appointment,
        "booking": seat.booking,
        "form": form or Start(zone=zone_of(request.user)),
        "late": bool(start) and slots.is_late(start, now),  # type: ignore[arg-type]
        "zone": zone_of(request.user).key.replace("_", " "),
        "open": seat.booking.state in (Booking.State.PROPOSED, Booking.State.CONFIRMED),
        "begun": bool(start) and start <= now,  # type: ignore[operator]
    }
    return render(request, "interviews/booking/booking.html", page, status=status)


def _minutes(request: UserRequest) -> int:
    given = request.POST.get("minutes") or request.GET.get("minutes") or ""
    return int(given) if given in map(str, slots.LENGTHS) else 45


def _by_day(starts: Iterable[datetime], request: UserRequest) -> Iterable[tuple[date, list[datetime]]]:
    """The starts of each day, by the reader's clock."""
    zone = zone_of(request.user)
    local = (at.astimezone(zone) for at in starts)
    return ((day, list(those)) for day, those in groupby(local, key=lambda at: at.date()))
