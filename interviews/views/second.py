"""Second ratings: offering a session, the list of those that one may take, and rating one blind on its replay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from casebank import limits
from interviews import access
from interviews.actions import second
from interviews.actions.drafts import Incomplete, Stale
from interviews.audit import readings
from interviews.models import SecondRating
from interviews.queries import second as queries
from interviews.queries.film import film_of
from interviews.queries.gaps import discussed
from interviews.rules import second as rules
from interviews.views import second_shown
from interviews.views.calibration_shown import ShownRating
from interviews.views.desk import picture_in
from interviews.views.forms_shown import base_of, given_in
from interviews.views.replay import player
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def index(request: UserRequest) -> HttpResponse:
    """What one has taken and what one may take."""
    now = timezone.now()
    held = [(row, queries.progress_of(row)) for row in queries.held_by(request.user)[: queries.MOST]]
    page = {
        "open": queries.open_to(request.user, now)[: queries.MOST],
        "unknown": queries.unread_by(request.user, now),
        "held": [one for one in held if one[0].sheet_id is None],
        "sealed": [row for row, _ in held if row.sheet_id],
        "talking": queries.talking(request.user),
        "wants": queries.wants_to_rate(request.user),
        "knows": bool(queries.cases_held(request.user)),
        "days": rules.LAPSES.days,
        "most": rules.HELD,
    }
    return render(request, "interviews/second/index.html", page)


@login_required
@require_POST
def offer(request: UserRequest, pk: UUID) -> HttpResponse:
    """The candidate offers the session."""
    now = timezone.now()
    seat = access.candidate_in(request.user, pk)
    limits.spend(second.OFFER, by=request.user.pk, now=now)
    second.offer(seat=seat, now=now)
    messages.success(request, "It is offered. You are told by mail when somebody has rated it.")
    return redirect(_report(pk))


@login_required
@require_POST
def withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """The candidate takes the offer back."""
    seat = access.candidate_in(request.user, pk)
    second.withdraw(seat=seat, now=timezone.now())
    messages.success(request, "The offer is taken back.")
    return redirect(_report(pk))


@login_required
@require_POST
def take(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take one to rate it."""
    now = timezone.now()
    limits.spend(second.TAKE, by=request.user.pk, now=now)
    second.take(user=request.user, rating=pk, now=now)
    return redirect("interviews:second_rate", pk)


@login_required
@require_POST
def give_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """Let somebody else rate it."""
    second.give_back(rating=access.second_rating(request.user, pk))
    messages.success(request, "It is open to others again, and your draft is gone.")
    return redirect("interviews:second")


@never_cache
@login_required
@require_safe
def rate(request: UserRequest, pk: UUID) -> HttpResponse:
    """The work and the form; once sealed, back to the list."""
    rating = access.second_rating(request.user, pk)
    if rating.sheet_id is not None:
        return redirect("interviews:second")
    readings.work(rating, now=timezone.now())
    return _page(request, rating, _shown(rating))


@login_required
@require_POST
def save(request: UserRequest, pk: UUID) -> HttpResponse:
    """Keep what is chosen; htmx hears whether it is saved."""
    now = timezone.now()
    rating = access.second_rating(request.user, pk)
    limits.spend(second.SAVE, by=request.user.pk, now=now)
    try:
        kept = second.save_draft(rating=rating, given=given_in(request), base=base_of(request), now=now)
    except Stale as stale:
        return _stale(request, rating, stale)
    if request.htmx:
        return _state(request, _shown(kept))
    messages.success(request, "Your draft is saved.")
    return redirect("interviews:second_rate", pk)


@login_required
@require_POST
def seal(request: UserRequest, pk: UUID) -> HttpResponse:
    """Save what is chosen and seal it."""
    now = timezone.now()
    rating = access.second_rating(request.user, pk)
    limits.spend(second.SAVE, by=request.user.pk, now=now)
    given = given_in(request)
    try:
        second.save_draft(rating=rating, given=given, base=base_of(request), now=now)
        second.seal(rating=rating, given=given, now=now)
    except Stale as stale:
        return _stale(request, rating, stale)
    except Incomplete as incomplete:
        fresh = access.second_rating(request.user, pk)
        made = _shown(fresh, given=given, faults=incomplete.faults)
        return _page(request, fresh, made, status=incomplete.status)
    messages.success(request, "Sealed. The candidate sees your levels beside the others, without your name.")
    return redirect("interviews:second")


@never_cache
@vary_on_headers("HX-Request")
@login_required
@require_safe
def replay(request: UserRequest, pk: UUID) -> HttpResponse:
    """Board and notes at `?t=SECONDS`; only the moment for a script that asks."""
    rating = access.second_rating(request.user, pk)
    film = film_of(rating.session)
    if film is None:
        raise Http404("There is nothing to replay.")
    readings.work(rating, now=timezone.now())
    wish = request.GET.get("t", "")
    second_at = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else 0
    page = second_shown.moment(rating, film, second_at) | {"talk": discussed(rating)}
    if request.htmx:
        return render(request, "interviews/second/_moment.html", page)
    return render(request, "interviews/second/replay.html", {**page, **player(film, page["then"])})


@login_required
@require_safe
def picture(request: UserRequest, pk: UUID, picture_id: UUID) -> HttpResponse:
    """A picture of the notes, to whoever rates them."""
    return picture_in(access.second_rating(request.user, pk).session, picture_id)


def _report(pk: UUID) -> str:
    return reverse("interviews:report", args=[pk]) + "#second"


def _shown(rating: SecondRating, **typed: Any) -> ShownRating:
    return second_shown.form(queries.form_of(rating), **typed)


def _stale(request: UserRequest, rating: SecondRating, stale: Stale) -> HttpResponse:
    fresh = access.second_rating(request.user, rating.pk)
    made = _shown(fresh, given=given_in(request), base=base_of(request), message=stale.message)
    return _state(request, made, 409) if request.htmx else _page(request, fresh, made, status=409)


def _state(request: UserRequest, made: ShownRating, status: int = 200) -> HttpResponse:
    return render(request, "interviews/feedback/_state.html", {"state": made.state}, status=status)


def _page(
    request: UserRequest, rating: SecondRating, made: ShownRating, *, status: int = 200
) -> HttpResponse:
    page = {
        "rating": made,
        "second": rating,
        "case": rating.session.case_version,
        "shown": second_shown.work(rating),
        "seal_to": reverse("interviews:second_seal", args=[rating.pk]),
        "due": rating.taken_at + rules.LAPSES if rating.taken_at else None,
    }
    return render(request, "interviews/second/rate.html", page, status=status)
