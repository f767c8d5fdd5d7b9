"""A report to take along as a file, and the private links by which its candidate shows it to others."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank.limits import spend
from interviews import access
from interviews.actions import papers, shares
from interviews.audit import readings
from interviews.errors import Refused
from interviews.limits import SHARE
from interviews.models import Role, Seat, State
from interviews.queries.report import report
from interviews.queries.shares import links_of, offered
from interviews.rules import shares as rules
from interviews.views.door import enter
from interviews.views.papers import paper_for
from interviews.views.request import UserRequest

# The token of a link on its way to the page that shows it once. It lies signed in its maker's browser alone, so that
# it is kept nowhere here; the page takes it away, and after a minute it is nothing.
_MADE = "__Host-made-link" if settings.SESSION_COOKIE_SECURE else "made-link"
_MADE_LASTS = 60


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """What one can do with the report: files for everybody in the session, links for its candidate; a link that was
    just made, this once."""
    now = timezone.now()
    seat = _reader(request, pk, now)
    token = request.get_signed_cookie(_MADE, "", salt=_salt(seat), max_age=_MADE_LASTS)
    made = request.build_absolute_uri(reverse("interviews:shared", args=[token])) if token else ""
    shown = _page(request, seat, now, made=made)
    if _MADE in request.COOKIES:
        shown.delete_cookie(_MADE)
    return shown


@never_cache
@login_required
@require_safe
def export(request: UserRequest, pk: UUID, form: str) -> HttpResponse:
    """The report as this seat may see it now, as Markdown or PDF."""
    now = timezone.now()
    seat = _reader(request, pk, now)
    found = report(seat, lens=request.GET.get("framework"), now=now)
    file = papers.as_file(paper=paper_for(seat, found, now), form=form, by=request.user.pk, now=now)
    readings.exported(seat, found, now=now)
    return HttpResponse(file.content, headers=file.headers)


@never_cache
@login_required
@require_POST
def make(request: UserRequest, pk: UUID) -> HttpResponse:
    """Make a link that shows the `parts` for so many `days`. The page that comes then shows it once."""
    now = timezone.now()
    access.candidate_in(request.user, pk)
    seat = _reader(request, pk, now)
    choices = [part for part, _, _ in offered(seat, report(seat, now=now))]
    parts, days = request.POST.getlist("parts"), request.POST.get("days", "")
    wish = rules.read(parts, days, offered=choices)
    if isinstance(wish, str):
        return _page(request, seat, now, chosen=frozenset(parts), days=days, wrong=wish)
    spend(SHARE, by=request.user.pk, now=now)
    _, token = shares.create(seat=seat, wish=wish, now=now)
    answer = redirect(f"{reverse('interviews:sharing', args=[pk])}#share")
    answer.set_signed_cookie(
        _MADE,
        token,
        salt=_salt(seat),
        max_age=_MADE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


@login_required
@require_POST
def revoke(request: UserRequest, pk: UUID, share_id: int) -> HttpResponse:
    """Let a link open nothing any more."""
    shares.revoke(link=access.share_of(request.user, pk, share_id), now=timezone.now())
    return redirect(f"{reverse('interviews:sharing', args=[pk])}#links")


def _salt(seat: Seat) -> str:
    """Nobody else's page shows it, and no other report's."""
    return f"made-link:{seat.pk}"


def _reader(request: UserRequest, pk: UUID, now: datetime) -> Seat:
    """This person's seat in a session that has a report."""
    seat = enter(request, pk, now)
    if seat.session.state != State.ENDED:
        raise Refused("no_report", "This session has not ended, so it has no report yet.")
    return seat


def _page(
    request: UserRequest,
    seat: Seat,
    now: datetime,
    *,
    chosen: frozenset[str] = rules.USUAL,
    days: str = "",
    made: str = "",
    wrong: str = "",
) -> HttpResponse:
    found = report(seat, lens=request.GET.get("framework"), now=now)
    context: dict[str, Any] = {
        "seat": seat,
        "session": seat.session,
        "case": seat.session.case_version,
        "report": found,
        "shares": seat.role == Role.CANDIDATE and found.submission is not None,
        "choices": [(*one, one[0] in chosen) for one in offered(seat, found)],
        "days": [(one, str(one) == (days or "7")) for one in rules.DAYS],
        "links": links_of(seat, now),
        "made": made,
        "wrong": wrong,
    }
    return page(request, "interviews/shares/page.html", context, status=422 if wrong else 200)
