"""Who interviews whom in a group: set by a mentor, begun by those who take part."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casebank.limits import spend
from interviews import access
from interviews.actions import assignments
from interviews.booking_forms import Start
from interviews.errors import Refused
from interviews.groupforms import OneForm, RotaForm
from interviews.limits import AGREE
from interviews.models import Membership
from interviews.queries.groups import cases_of, people_of, to_do
from interviews.queries.people import zone_of
from interviews.rules.rota import Gap
from interviews.views.request import UserRequest

_WHY = {
    "partner": "nobody is left to interview {name}",
    "second": "there is no second interviewer for {name}; one interviews",
    "case": "no case is left that {name} will not know by then",
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """Set a rota, or (`one`) a single interview."""
    me = access.mentor_in(request.user, pk)
    posted = request.POST if request.method == "POST" else None
    single = posted is not None and "one" in posted
    rota = RotaForm(None if single else posted, group=me.group, people=people_of(me.group, ()))
    cases = [(version.case, version.title) for version in cases_of(me.group, request.user)]
    one = OneForm(posted if single else None, group=me.group, people=rota.people, cases=cases)
    refusal = None
    try:
        if posted is not None and single and one.is_valid():
            return _add(request, me, one)
        if posted is not None and not single and rota.is_valid():
            return _generate(request, me, rota)
    except Refused as refused:
        if refused.status not in (409, 422):
            raise
        refusal = refused
    context = {"group": me.group, "rota": rota, "one": one, "refusal": refusal, "has_cases": bool(cases)}
    status = refusal.status if refusal else 422 if rota.errors or one.errors else 200
    return render(request, "interviews/groups/rota.html", context, status=status)


@login_required
@require_POST
def withdraw(request: UserRequest, pk: UUID, assignment_id: int) -> HttpResponse:
    """Take an interview back that was not begun."""
    group = access.mentor_in(request.user, pk).group
    assignments.withdraw(group=group, assignment_id=assignment_id, by=request.user, now=timezone.now())
    return redirect("interviews:group", pk)


@login_required
@require_POST
def withdraw_all(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take back everything that was not begun."""
    group = access.mentor_in(request.user, pk).group
    count = assignments.withdraw_all(group=group, by=request.user, now=timezone.now())
    messages.success(request, f"{count} interview{'s' * (count != 1)} taken back.")
    return redirect("interviews:group", pk)


@login_required
@require_POST
def start(request: UserRequest, pk: UUID, assignment_id: int) -> HttpResponse:
    """Open the room of an interview of one's own; the others find it in their lists."""
    group = access.member_in(request.user, pk).group
    session = assignments.start(group=group, assignment_id=assignment_id, by=request.user, now=timezone.now())
    return redirect("interviews:room", session.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: UserRequest, pk: UUID, assignment_id: int) -> HttpResponse:
    """Ask the other one of an interview of one's own for a time."""
    me, now, zone = access.member_in(request.user, pk), timezone.now(), zone_of(request.user)
    row = next((one for one in to_do(request.user, now) if one.assignment.pk == assignment_id), None)
    if row is None or row.assignment.group_id != pk or not row.may_propose:
        raise Refused(
            "no_assignment", "There is no interview of yours here that waits for a time.", status=404
        )
    form = Start(request.POST if request.method == "POST" else None, zone=zone)
    if request.method == "POST" and form.is_valid():
        spend(AGREE, by=request.user.pk, now=now)
        start = form.cleaned_data["start"]
        try:
            booking = assignments.propose(
                group=me.group, assignment_id=assignment_id, by=request.user, start=start, now=now
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Your proposal is on its way; nothing is booked before they accept.")
            return redirect("interviews:booking", booking.pk)
    page = {"group": me.group, "row": row, "form": form, "zone": zone.key.replace("_", " ")}
    return render(request, "interviews/groups/time.html", page, status=422 if form.errors else 200)


def _generate(request: UserRequest, me: Membership, form: RotaForm) -> HttpResponse:
    made, gaps = assignments.generate(
        group=me.group,
        by=request.user,
        members=form.chosen(),
        weeks=form.cleaned_data["weeks"],
        panels=form.cleaned_data["panels"],
        terms=form.terms(),
        now=timezone.now(),
    )
    messages.success(request, f"{len(made)} interview{'s' * (len(made) != 1)} set.")
    names = {one.user_id: one.name for one in form.people}
    for line in _said(gaps, names):
        messages.warning(request, line)
    return redirect("interviews:group", me.group_id)


def _add(request: UserRequest, me: Membership, form: OneForm) -> HttpResponse:
    assignments.add(
        group=me.group,
        by=request.user,
        people=form.chosen(),
        case=form.cases[form.cleaned_data["case"]],
        terms=form.terms(),
        now=timezone.now(),
    )
    messages.success(request, "The interview is set.")
    return redirect("interviews:group", me.group_id)


def _said(gaps: Iterable[Gap], names: dict[int, str]) -> list[str]:
    """What could not be done, in a few lines; of very many only the first."""
    lines = [f"Week {gap.week}: {_WHY[gap.why].format(name=names[gap.candidate])}." for gap in gaps]
    return lines if len(lines) <= 6 else [*lines[:5], f"And {len(lines) - 5} more gaps like these."]
