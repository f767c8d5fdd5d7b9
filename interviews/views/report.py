"""The report: what was shown, item by item, with the words or the drawing that earned it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as page
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import frameworks
from interviews import access
from interviews.actions import jobs, judging
from interviews.audit import readings
from interviews.errors import Refused
from interviews.models import Role, Seat, State
from interviews.queries.aftermath import flips_of, hints_of, own_of
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.disputes import awaits, disputes_in, left_to_dispute
from interviews.queries.feedback import seal_of, standing_of, stands
from interviews.queries.guides import may_open
from interviews.queries.halves import halves_of, looking_back
from interviews.queries.identity import met_in
from interviews.queries.report import Report, report
from interviews.queries.second import means, talk_of
from interviews.queries.second import standing_of as second_of
from interviews.queries.system import reading_for
from interviews.views import depth, reading
from interviews.views.door import enter
from interviews.views.feedback import self_form
from interviews.views.request import UserRequest
from interviews.views.side_by_side import side_by_side


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The report page; a session that still runs leads back to its room."""
    seat = enter(request, pk, timezone.now())
    if seat.session.state != State.ENDED:
        return redirect("interviews:room", pk)
    found = report(seat, lens=request.GET.get("framework"))
    return page(request, "interviews/report.html", _page(request, seat, found))


@never_cache
@login_required
@require_safe
def scores(request: UserRequest, pk: UUID) -> HttpResponse:
    """The part that waits for the score: 204 while the job stands as the page already says (`?job=`)."""
    seat = enter(request, pk, timezone.now())
    found = report(seat, lens=request.GET.get("framework"))
    if found.pending and request.GET.get("job") == found.stamp:
        return HttpResponse(status=204)
    return page(request, "interviews/report/_body.html", _page(request, seat, found))


@login_required
@require_POST
def retry(request: UserRequest, pk: UUID) -> HttpResponse:
    """Score again what could not be scored; with `scorer=judge`, ask the judge again."""
    access.scoring_keeper_in(request.user, pk)
    found = report(enter(request, pk, timezone.now()))
    job = found.judge.job if request.POST.get("scorer") == "judge" else found.job
    if job is not None:
        jobs.retry(job=job, now=timezone.now())
    return redirect("interviews:report", pk)


@login_required
@require_POST
def ask_judge(request: UserRequest, pk: UUID) -> HttpResponse:
    """Send the design to the model judge, as the page says beside the button."""
    access.scoring_keeper_in(request.user, pk)
    found = report(enter(request, pk, timezone.now()))
    if found.submission is None:
        raise Refused("not_handed_in", "Nothing was handed in, so there is nothing to judge.")
    judging.request(submission=found.submission, now=timezone.now())
    return redirect("interviews:report", pk)


def _page(request: UserRequest, seat: Seat, found: Report) -> dict[str, Any]:
    shown = [item for step in found.steps for item in step.items]
    now = timezone.now()
    replay_open = replay_is_open(cast_of(seat.session))
    notes = reading.notes_of(found)
    flips = flips_of(seat.session)
    disputes = disputes_in(seat, found)
    own, met = own_of(seat), met_in(seat)
    readings.report(seat, found, now=now, met=met, own=own)
    steps = reading.steps_of(
        found,
        recorded=replay_open,
        disputes=disputes,
        disputable=left_to_dispute(seat, found, disputes),
    )
    return {
        **_feedback(seat, found, now),
        "met": met,
        **depth.depth_of(found, seat, steps, flips, recorded=replay_open),
        "report": found,
        "drawing": reading_for(seat),
        "session": seat.session,
        "case": seat.session.case_version,
        "seat": seat,
        "flips": flips,
        "hints": hints_of(seat.session),
        "own": own,
        "people": seat.session.seats.filter(left_at=None).select_related("user").order_by("role"),
        "lenses": list(frameworks.load().values()),
        "replay_open": replay_open,
        "guide_is_open": may_open(seat),
        "steps": steps,
        "second": second_of(seat, found, now),
        "talk": talk_of(seat, found),
        "to_answer": [row for rows in disputes.values() for row in rows if awaits(seat, row)],
        "notes": notes,
        "blank": reading.BLANK if reading.is_blank(found) else "",
        "unwritten": [note.name for note in notes if not note.html],
        "picture": reading.picture_of(found, item=request.GET.get("item")),
        "shown": sum(item.level > 0 for item in shown),
        "total": len(shown),
    }


def _feedback(seat: Seat, found: Report, now: datetime) -> dict[str, Any]:
    """What the page says of the sealed feedback (`stands`: queries.feedback.stands) and of the two halves."""
    halves = halves_of(seat, now)
    seal = seal_of(seat.session)
    return {
        "self_form": self_form(seat) if found.rate_first else None,
        "then": "report",
        "beside": side_by_side(found, seat),
        "means": means([found.people, *found.others, found.second]) if found.feedback or found.second else [],
        "seal": seal,
        "is_open": seal is not None and seal.is_open(now),
        "stands": stands(seat, now),
        "halves": halves,
        "both": looking_back(seat, halves, now),
        "standing": standing_of(seat.user_id, now)
        if found.feedback and seat.role == Role.INTERVIEWER
        else None,
    }
