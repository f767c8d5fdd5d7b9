"""The calendar page: what is agreed, when I am free, who offers times; and the feed for calendar programs."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form, model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank.limits import Limit, spend
from interviews import calendars
from interviews.actions import availability
from interviews.actions.booking_mail import entry
from interviews.booking_forms import ListingForm, SingleTime, Weekly
from interviews.errors import Refused
from interviews.limits import AVAILABILITY
from interviews.models import CalendarFeed, Listing, Slot
from interviews.models import Weekly as WeeklyRule
from interviews.queries import bookings
from interviews.queries.people import role_wanted, zone_of
from interviews.rules.availability import WEEKDAYS, clock
from interviews.views.request import UserRequest

# A calendar program asks every hour or so; its token is counted, there is no account to count.
READ = Limit("calendar_feed", 30)
# So far back a calendar keeps what was.
PAST = timedelta(days=90)


@never_cache
@login_required
@require_safe
def show(request: UserRequest) -> HttpResponse:
    """The whole page."""
    return _page(request)


@login_required
@require_POST
def add_hours(request: UserRequest) -> HttpResponse:
    """A weekly rule."""
    spend(AVAILABILITY, by=request.user.pk, now=timezone.now())
    form = Weekly(request.POST)
    if form.is_valid():
        try:
            availability.add_hours(by=request.user, hours=form.hours())
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _changed(request, weekly=form)


@login_required
@require_POST
def remove_hours(request: UserRequest, pk: int) -> HttpResponse:
    """Take a weekly rule back."""
    availability.remove_hours(by=request.user, pk=pk)
    return _changed(request)


@login_required
@require_POST
def add_slot(request: UserRequest) -> HttpResponse:
    """A single time."""
    now = timezone.now()
    spend(AVAILABILITY, by=request.user.pk, now=now)
    form = SingleTime(request.POST, zone=zone_of(request.user))
    if form.is_valid():
        given = form.cleaned_data
        try:
            availability.add_slot(
                by=request.user, starts_at=given["starts_at"], ends_at=given["ends_at"], now=now
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _changed(request, single=form)


@login_required
@require_POST
def remove_slot(request: UserRequest, pk: int) -> HttpResponse:
    """Take a single time back."""
    availability.remove_slot(by=request.user, pk=pk)
    return _changed(request)


@login_required
@require_POST
def list_me(request: UserRequest) -> HttpResponse:
    """Be found, or not any more."""
    now = timezone.now()
    spend(AVAILABILITY, by=request.user.pk, now=now)
    if "hide" in request.POST:
        availability.unlist_me(by=request.user)
        return _changed(request)
    form = ListingForm(request.POST)
    if form.is_valid():
        availability.list_me(by=request.user, now=now, **form.cleaned_data)
    return _changed(request, listing_form=form)


@login_required
@require_POST
def make_feed(request: UserRequest) -> HttpResponse:
    """A new address to subscribe to; it is shown this once."""
    spend(AVAILABILITY, by=request.user.pk, now=timezone.now())
    token = availability.make_feed(by=request.user, now=timezone.now())
    address = request.build_absolute_uri(reverse("interviews:feed", args=[token]))
    page = {"address": address, "feed": True}
    template = "interviews/booking/_feed.html" if request.htmx else "interviews/booking/feed.html"
    return render(request, template, page)


@login_required
@require_POST
def revoke_feed(request: UserRequest) -> HttpResponse:
    """The address stops working."""
    availability.revoke_feed(by=request.user)
    if request.htmx:
        return render(request, "interviews/booking/_feed.html", {"feed": False})
    return redirect("interviews:calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What is agreed, as a calendar, for whoever holds the secret address; 404 for any other."""
    now = timezone.now()
    found = availability.feed_of(token[:100])
    if found is None:
        raise Http404
    spend(READ, by=found.user_id, now=now)
    seats = bookings.held_since(found.user, now - PAST)
    entries = [entry(seat.booking, seat, others) for seat, others in seats]
    text = calendars.calendar(entries, method="PUBLISH", now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="two-loops.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _changed(request: UserRequest, **forms: Form) -> HttpResponse:
    """The editor alone for htmx; else the page again with what was typed if it was refused, or a redirect."""
    bad = any(form.errors for form in forms.values())
    if request.htmx:
        page = {**_mine(request), **(forms if bad else {})}
        return render(request, "interviews/booking/_availability.html", page, status=422 if bad else 200)
    if bad:
        return _page(request, status=422, **forms)
    messages.success(request, "Your times are saved.")
    return redirect("interviews:calendar")


def _page(request: UserRequest, *, status: int = 200, **forms: Form) -> HttpResponse:
    now = timezone.now()
    page = {
        **_mine(request),
        "upcoming": bookings.upcoming(request.user, now),
        "offers": bookings.offers_for(request.user, now=now),
        "feed": CalendarFeed.objects.filter(user_id=request.user.pk).exists(),
        **forms,
    }
    return render(request, "interviews/booking/calendar.html", page, status=status)


def _mine(request: UserRequest) -> dict[str, object]:
    """What the editor of one's own times shows."""
    user, now = request.user, timezone.now()
    rules = WeeklyRule.objects.filter(user_id=user.pk)
    days = [
        (name, [(rule.pk, clock(rule.begins), clock(rule.ends)) for rule in rules if rule.weekday == number])
        for number, name in enumerate(WEEKDAYS)
    ]
    listing = Listing.objects.filter(user_id=user.pk).first()
    listed = listing or Listing(wanted=role_wanted(user))
    return {
        "days": [day for day in days if day[1]],
        "slots": Slot.objects.filter(user_id=user.pk, ends_at__gt=now),
        "zone": zone_of(user).key.replace("_", " "),
        "listing": listing,
        "weekly": Weekly(initial={"weekday": 0, "begins": "18:00", "ends": "20:00"}),
        "single": SingleTime(zone=zone_of(user)),
        "listing_form": ListingForm(initial=model_to_dict(listed, ["wanted", "language", "swaps"])),
    }
