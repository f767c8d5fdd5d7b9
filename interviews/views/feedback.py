"""The feedback page: one's form about each other person, the candidate's rating of themselves, and sending them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from interviews.actions import feedback
from interviews.actions.drafts import Incomplete, Stale
from interviews.errors import Refused
from interviews.models import Role, Seat, State
from interviews.queries.feedback import Form, form_of, forms_of, rates_first, seal_of
from interviews.queries.halves import halves_of, looking_back
from interviews.queries.report import report
from interviews.views.door import enter
from interviews.views.forms_shown import ShownForm, base_of, conflict, given_in, shown
from interviews.views.marks import verdict_row
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The page. With `?seal=` and htmx: 204 while it is sealed, then on to the report."""
    now = timezone.now()
    seat = enter(request, pk, now)
    if seat.session.state != State.ENDED:
        return redirect("interviews:room", pk)
    seal = seal_of(seat.session)
    if seal is None or not (seal.wanted or rates_first(seat)) or seat.role == Role.OBSERVER:
        return redirect("interviews:report", pk)
    if request.htmx and "seal" in request.GET:
        response = HttpResponse(status=204)
        if seal.is_open(now):
            response["HX-Redirect"] = redirect("interviews:report", pk)["Location"] + "#feedback"
        return response
    return _page(request, seat)


@login_required
@require_POST
def save(request: UserRequest, pk: UUID, about_id: int) -> HttpResponse:
    """Keep what is typed; htmx hears whether it is saved."""
    now = timezone.now()
    seat, about = _people(request, pk, about_id)
    limits.spend(feedback.SAVE, by=request.user.pk, now=now)
    try:
        feedback.save_draft(seat=seat, about=about, given=given_in(request), base=base_of(request), now=now)
    except Stale as stale:
        return _stale(request, seat, about, stale)
    except Refused as refused:
        if refused.code != "too_long":
            raise
        return _one(request, seat, about, message=refused.message, status=422)
    if request.htmx:
        return _one(request, seat, about)
    messages.success(request, "It is saved. Nobody sees it until you send it, and the seal is open.")
    return redirect("interviews:feedback", pk)


@login_required
@require_POST
def send(request: UserRequest, pk: UUID, about_id: int) -> HttpResponse:
    """Save what is typed and send it, or rate oneself."""
    now = timezone.now()
    seat, about = _people(request, pk, about_id)
    limits.spend(feedback.SAVE, by=request.user.pk, now=now)
    given = given_in(request)
    try:
        feedback.save_draft(seat=seat, about=about, given=given, base=base_of(request), now=now)
        if seat.pk == about.pk:
            feedback.rate_self(seat=seat, given=given, now=now)
            return redirect(_after_rating(request, seat))
        feedback.send(seat=seat, about=about, given=given, now=now)
    except Stale as stale:
        return _stale(request, seat, about, stale)
    except Incomplete as incomplete:
        return _again(request, seat, about, incomplete.message, incomplete.faults, incomplete.status)
    except Refused as refused:
        if refused.code not in ("too_long", "rate_first"):
            raise
        return _again(request, seat, about, refused.message, {}, refused.status)
    seal = seal_of(seat.session)
    if seal and seal.is_open(now):
        messages.success(request, "Sent. The seal is open, so it is shown.")
        return redirect(_report(pk))
    messages.success(request, "Sent and sealed.")
    return redirect("interviews:feedback", pk)


@login_required
@require_POST
def skip(request: UserRequest, pk: UUID) -> HttpResponse:
    """See the sheets without having rated oneself."""
    seat = enter(request, pk, timezone.now())
    feedback.skip_self(seat=seat, now=timezone.now())
    return redirect(_after_rating(request, seat))


def _after_rating(request: UserRequest, seat: Seat) -> str:
    if request.POST.get("then") == "feedback":
        return redirect("interviews:feedback", seat.session_id)["Location"]
    return redirect("interviews:report", seat.session_id)["Location"]


def _report(pk: UUID) -> str:
    return redirect("interviews:report", pk)["Location"] + "#feedback"


def _people(request: UserRequest, pk: UUID, about_id: int) -> tuple[Seat, Seat]:
    """One's own seat and the one that is written about; 404 for any that one has no form about."""
    seat = enter(request, pk, timezone.now())
    about = seat.session.seats.filter(pk=about_id, left_at=None).select_related("user").first()
    if about is None or form_of(seat, about, timezone.now()) is None:
        raise Http404("There is nothing to write here.")
    return seat, about


def _form(seat: Seat, about: Seat) -> Form:
    form = form_of(seat, about, timezone.now())
    if form is None:
        raise Http404("There is nothing to write here.")
    return form


def _stale(request: UserRequest, seat: Seat, about: Seat, stale: Stale) -> HttpResponse:
    made = conflict(_form(seat, about), given_in(request), base_of(request), stale.message)
    return _answer(request, seat, made, 409)


def _again(
    request: UserRequest, seat: Seat, about: Seat, message: str, faults: Mapping[str, str], status: int
) -> HttpResponse:
    form = _form(seat, about)
    made = shown(form, typed=given_in(request), faults=faults, base=form.version, message=message)
    return _answer(request, seat, made, status)


def _one(
    request: UserRequest, seat: Seat, about: Seat, *, message: str = "", status: int = 200
) -> HttpResponse:
    base = None if status == 200 else base_of(request)
    return _answer(
        request, seat, shown(_form(seat, about), typed=given_in(request), base=base, message=message), status
    )


def _answer(request: UserRequest, seat: Seat, made: ShownForm, status: int) -> HttpResponse:
    """To htmx whether it is saved; else the page with this form as it was typed."""
    if request.htmx:
        return render(request, "interviews/feedback/_state.html", {"state": made.state}, status=status)
    return _page(request, seat, made=made, status=status)


def _page(
    request: UserRequest, seat: Seat, *, made: ShownForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    found = report(seat, now=now)
    forms = [made if made and made.about == form.about.pk else shown(form) for form in forms_of(seat, now)]
    seal = seal_of(seat.session)
    is_open = seal is not None and seal.is_open(now)
    halves = halves_of(seat, now)
    page: dict[str, Any] = {
        "halves": halves,
        "both": looking_back(seat, halves, now),
        "seat": seat,
        "session": seat.session,
        "case": seat.session.case_version,
        "report": found,
        "seal": seal,
        "forms": forms,
        "all_sent": all(form.form.sent for form in forms),
        "is_open": is_open,
        "late": is_open and any(form.form.may_send for form in forms),
        "self_form": self_form(seat, made),
        "verdict": verdict_row(found) if seat.role == Role.INTERVIEWER else None,
        "then": "feedback",
    }
    return render(request, "interviews/feedback.html", page, status=status)


def self_form(seat: Seat, made: ShownForm | None = None) -> ShownForm | None:
    """The form about oneself, where it is still to be filled in."""
    if not rates_first(seat):
        return None
    return made if made and made.about == seat.pk else shown(_form(seat, seat))
