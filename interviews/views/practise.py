"""Practise now: the waiting room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank import frameworks
from casebank.limits import spend
from interviews import access
from interviews.actions import line, matching
from interviews.actions.pause import pause_of
from interviews.errors import Refused
from interviews.forms import LEVELS
from interviews.limits import JOIN
from interviews.practise_form import PractiseForm
from interviews.queries.practise import Standing, standing_of
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest) -> HttpResponse:
    """Where this person stands; POST takes a place in the line."""
    now = timezone.now()
    if request.method != "POST":
        line.keep(by=request.user, now=now)
        return _page(request, standing_of(request.user, now))
    form = PractiseForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, standing_of(request.user, now), form=form, status=422)
    try:
        spend(JOIN, by=request.user.pk, now=now)
        line.join(by=request.user, wish=form.wish(), now=now)
    except Refused as refusal:
        return _refused(request, refusal, now, form=form)
    return redirect("interviews:practise")


@never_cache
@login_required
@require_safe
def ask(request: UserRequest) -> HttpResponse:
    """What the waiting page asks every few seconds: the page's part as it is now, 204 where it shows that already."""
    now = timezone.now()
    line.keep(by=request.user, now=now)
    standing = standing_of(request.user, now)
    room = _led_to(standing)
    if room:
        return HttpResponse(status=204, headers={"HX-Redirect": room})
    if request.GET.get("mark") == standing.mark:
        return HttpResponse(status=204)
    if not request.htmx:
        return redirect("interviews:practise")
    return _page(request, standing, template="interviews/practise/_now.html")


@login_required
@require_POST
def leave(request: UserRequest) -> HttpResponse:
    """Leave the line."""
    line.leave(by=request.user, now=timezone.now())
    return redirect("interviews:practise")


@login_required
@require_POST
def meet_again(request: UserRequest) -> HttpResponse:
    """Wait for somebody of this week as well."""
    line.meet_again(by=request.user)
    return redirect("interviews:practise")


@login_required
@require_POST
def accept(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say yes to a partner; with the second yes both go to their room."""
    access.offer_of(request.user, pk)
    now = timezone.now()
    try:
        session = matching.accept(match_id=pk, by=request.user, now=now)
    except Refused as refusal:
        return _refused(request, refusal, now)
    return redirect("interviews:room", session.pk) if session else redirect("interviews:practise")


@login_required
@require_POST
def decline(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say no to a partner and stay in the line."""
    access.offer_of(request.user, pk)
    now = timezone.now()
    try:
        matching.decline(match_id=pk, by=request.user, now=now)
    except Refused as refusal:
        return _refused(request, refusal, now)
    return redirect("interviews:practise")


def _led_to(standing: Standing) -> str | None:
    """The room that this person is led to, if there is one where they have not been yet."""
    seat = standing.seat
    return reverse("interviews:room", args=[seat.session_id]) if seat and seat.came_at is None else None


def _refused(
    request: UserRequest, refusal: Refused, now: datetime, form: PractiseForm | None = None
) -> HttpResponse:
    """The page as it stands, with what was refused."""
    response = _page(
        request, standing_of(request.user, now), form=form, refusal=refusal, status=refusal.status
    )
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _page(
    request: UserRequest,
    standing: Standing,
    *,
    form: PractiseForm | None = None,
    refusal: Refused | None = None,
    template: str = "interviews/practise/page.html",
    status: int = 200,
) -> HttpResponse:
    room = _led_to(standing)
    if room and refusal is None and form is None:
        return redirect(room)
    ticket, match = standing.ticket, standing.offer and standing.offer.match
    framework = match.framework if match else ticket.framework if ticket else ""
    page = {
        "standing": standing,
        "level": dict(LEVELS).get(match.level if match else ticket.level if ticket else ""),
        "plan": frameworks.load()[framework].name if framework else "",
        "form": PractiseForm(user=request.user) if form is None and standing.face == "idle" else form,
        "refusal": refusal,
        "paused": pause_of(request.user, standing.now) if standing.face == "idle" else "",
        "minutes": frameworks.MINUTES,
    }
    return render(request, template, page, status=status)
