"""One's own sessions as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casebank.authoring.sending import send
from casebank.limits import spend
from interviews.carrying import own
from interviews.errors import Refused
from interviews.forms import Days
from interviews.limits import TAKE_SESSIONS
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def archive(request: UserRequest) -> HttpResponseBase:
    """A zip with a folder for each session in which one took a seat on the days `since` to `until`."""
    period, now = _period(request), timezone.now()
    spend(TAKE_SESSIONS, by=request.user.pk, now=now)
    return send(request, own.archive(request.user, period, now), f"sessions-{now:%Y-%m-%d}.zip")


@never_cache
@login_required
@require_safe
def listing(request: UserRequest) -> HttpResponse:
    """The same sessions as a table."""
    period, now = _period(request), timezone.now()
    spend(TAKE_SESSIONS, by=request.user.pk, now=now)
    return table(own.listing(request.user, period, now), f"sessions-{now:%Y-%m-%d}.csv")


def table(text: str, name: str) -> HttpResponse:
    """A CSV file, to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _period(request: UserRequest) -> own.Period:
    form = Days(request.GET)
    if not form.is_valid():
        raise Refused("no_days", "Say days as 2026-11-29, the first before the last.", status=400)
    return own.Period(**form.cleaned_data)
