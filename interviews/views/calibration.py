"""Calibration: the works to rate and how far one is from their keys, rating one blind, and its key after the seal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from interviews import access
from interviews.actions import calibration
from interviews.actions.drafts import Incomplete, Stale
from interviews.calibration.works import Work
from interviews.charts import leniency
from interviews.errors import Refused
from interviews.queries import calibration as queries
from interviews.rules.calibration import AGAIN_AFTER, GOOD
from interviews.views.calibration_shown import ShownRating, shown, work_shown
from interviews.views.forms_shown import base_of, given_in
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def index(request: UserRequest) -> HttpResponse:
    """All works, and what one's sealed ratings say together."""
    found = queries.overview_of(request.user)
    page = {
        "shelf": queries.shelf_of(request.user, timezone.now()),
        "overview": found,
        "chart": leniency.chart([one.found.leniency.value for one in found.sessions]) if found else None,
        "good": GOOD,
    }
    return render(request, "interviews/calibration/index.html", page)


@never_cache
@login_required
@require_safe
def rate(request: UserRequest, slug: str) -> HttpResponse:
    """The work and the form. Where it was sealed lately, on to its key; where it would spoil an interview that this
    person awaits, the question whether to read it, to which `?anyway=1` is the answer."""
    work = access.calibration_work(slug)
    now = timezone.now()
    form = queries.form_of(request.user, work, now)
    if not form.may_rate:
        return redirect("interviews:calibration_key", slug)
    try:
        calibration.open_work(
            user=request.user, work=work, although_it_spoils=request.GET.get("anyway") == "1", now=now
        )
    except Refused as refused:
        return render(request, "interviews/calibration/spoils.html", {"work": work, "refusal": refused})
    return _page(request, work, _shown(work, form))


@login_required
@require_POST
def save(request: UserRequest, slug: str) -> HttpResponse:
    """Keep what is chosen; htmx hears whether it is saved."""
    work = access.calibration_work(slug)
    now = timezone.now()
    limits.spend(calibration.SAVE, by=request.user.pk, now=now)
    given = given_in(request)
    try:
        calibration.save_draft(user=request.user, work=work, given=given, base=base_of(request), now=now)
    except Stale as stale:
        return _stale(request, work, stale)
    if request.htmx:
        return _state(request, _shown(work, queries.form_of(request.user, work, now)))
    messages.success(request, "Your draft is saved.")
    return redirect("interviews:calibration_rate", slug)


@login_required
@require_POST
def seal(request: UserRequest, slug: str) -> HttpResponse:
    """Save what is chosen and seal it; then the key is shown."""
    work = access.calibration_work(slug)
    now = timezone.now()
    limits.spend(calibration.SAVE, by=request.user.pk, now=now)
    given = given_in(request)
    try:
        calibration.save_draft(user=request.user, work=work, given=given, base=base_of(request), now=now)
        calibration.seal(user=request.user, work=work, given=given, now=now)
    except Stale as stale:
        return _stale(request, work, stale)
    except Incomplete as incomplete:
        form = queries.form_of(request.user, work, now)
        made = _shown(work, form, given=given, faults=incomplete.faults)
        return _page(request, work, made, status=incomplete.status)
    return redirect("interviews:calibration_key", slug)


@never_cache
@login_required
@require_safe
def key(request: UserRequest, slug: str, round: int | None = None) -> HttpResponse:
    """One's sealed levels beside the key."""
    rating = access.sealed_rating(request.user, slug, round)
    work = access.calibration_work(slug)
    found = queries.result_of(rating, work)
    page = {
        "result": found,
        "shown": work_shown(slug),
        "apart": [one for one in found.points if one.difference.gap],
        "alike": [one for one in found.points if not one.difference.gap],
        "again_at": found.rounds[-1].sealed_at + AGAIN_AFTER,
        "may_rate": timezone.now() >= found.rounds[-1].sealed_at + AGAIN_AFTER,
    }
    return render(request, "interviews/calibration/key.html", page)


def _stale(request: UserRequest, work: Work, stale: Stale) -> HttpResponse:
    form = queries.form_of(request.user, work, timezone.now())
    made = _shown(work, form, given=given_in(request), base=base_of(request), message=stale.message)
    return _state(request, made, 409) if request.htmx else _page(request, work, made, status=409)


def _state(request: UserRequest, made: ShownRating, status: int = 200) -> HttpResponse:
    return render(request, "interviews/feedback/_state.html", {"state": made.state}, status=status)


def _shown(work: Work, form: queries.Form, **typed: Any) -> ShownRating:
    save_to = reverse("interviews:calibration_save", args=[work.slug])
    page_at = reverse("interviews:calibration_rate", args=[work.slug])
    return shown(form, save_to=save_to, page_at=page_at, **typed)


def _page(request: UserRequest, work: Work, made: ShownRating, *, status: int = 200) -> HttpResponse:
    seal_to = reverse("interviews:calibration_seal", args=[work.slug])
    page = {"rating": made, "shown": work_shown(work.slug), "work": work, "seal_to": seal_to}
    return render(request, "interviews/calibration/rate.html", page, status=status)
