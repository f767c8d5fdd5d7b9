"""The page of one point whose level is disputed: what each source says, the words of both sides, and the form."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from interviews import access
from interviews.actions import disputes
from interviews.errors import Refused
from interviews.models import Role, Seat, State
from interviews.queries.disputes import awaits, disputable, disputes_in
from interviews.queries.report import report
from interviews.rules.dispute import LONGEST
from interviews.rules.feedback import LEVELS
from interviews.views.reading import quotes_of
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID, item: str) -> HttpResponse:
    """The page, to candidate and interviewer; a session that runs leads back to its room."""
    seat = access.player_in(request.user, pk)
    if seat.session.state != State.ENDED:
        return redirect("interviews:room", pk)
    return _page(request, seat, item)


@login_required
@require_POST
def file(request: UserRequest, pk: UUID, item: str) -> HttpResponse:
    """Dispute a level of this point."""
    now = timezone.now()
    seat = access.candidate_in(request.user, pk)
    limits.spend(disputes.DISPUTE, by=request.user.pk, now=now)
    sheet = _number(request.POST.get("sheet", ""))
    try:
        disputes.file(seat=seat, item=item, sheet=sheet, reason=request.POST.get("words", ""), now=now)
    except Refused as refused:
        return _again(request, seat, item, refused)
    messages.success(request, "Your dispute is kept beside the level, which stays as it is.")
    return redirect("interviews:dispute", pk, item)


@login_required
@require_POST
def answer(request: UserRequest, pk: UUID, item: str) -> HttpResponse:
    """Answer one dispute about this point."""
    now = timezone.now()
    seat = access.interviewer_in(request.user, pk)
    limits.spend(disputes.DISPUTE, by=request.user.pk, now=now)
    row, level = _number(request.POST.get("dispute", "")), _number(request.POST.get("level", ""))
    try:
        disputes.answer(seat=seat, dispute=row, level=level, words=request.POST.get("words", ""), now=now)
    except Refused as refused:
        return _again(request, seat, item, refused)
    messages.success(request, "Your answer is kept beside the dispute.")
    return redirect("interviews:dispute", pk, item)


def _again(request: UserRequest, seat: Seat, item: str, refused: Refused) -> HttpResponse:
    """The page with what was typed, where that can be mended."""
    if refused.status != 422:
        raise refused
    return _page(request, seat, item, typed=request.POST.get("words", ""), refused=refused)


def _page(
    request: UserRequest, seat: Seat, item: str, *, typed: str = "", refused: Refused | None = None
) -> HttpResponse:
    found = report(seat)
    shown = next((one for step in found.steps for one in step.items if one.id == item), None)
    rows = disputes_in(seat, found).get(item, ())
    offered = disputable(seat, found, item)
    if shown is None or not (rows or offered):
        raise Http404("There is no level here to dispute.")
    page = {
        "seat": seat,
        "session": seat.session,
        "case": seat.session.case_version,
        "report": found,
        "item": {"report": shown},
        "quotes": quotes_of(shown),
        "disputes": rows,
        "awaited": [row for row in rows if awaits(seat, row)],
        "disputable": offered,
        "nobody": not seat.session.seats.filter(role=Role.INTERVIEWER, left_at=None).exists(),
        "levels": LEVELS,
        "longest": LONGEST,
        "typed": typed,
        "chosen": request.POST.get("level", "") or request.POST.get("sheet", ""),
        "about": _number(request.POST.get("dispute", "")),
        "refused": refused,
    }
    return render(request, "interviews/disputes/show.html", page, status=refused.status if refused else 200)


def _number(given: str) -> int:
    """The number that a form holds; -1, which nothing has, for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
