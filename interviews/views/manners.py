"""What people do about somebody they sat with: block, report to the admins, and tell each other who they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import people
from interviews.errors import Refused
from interviews.models import Block, Complaint, Seat
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """Blocking and reporting one person."""
    return _page(request, *access.other_in(request.user, pk, seat_id))


@login_required
@require_POST
def block(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """Never be matched with this person again."""
    seat, other = access.other_in(request.user, pk, seat_id)
    people.block(seat=seat, other=other, now=timezone.now())
    messages.success(
        request, f"You are not matched with {other.user} again. Your profile lists whom you blocked."
    )
    return redirect("interviews:manners", pk, seat_id)


@login_required
@require_POST
def report(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """Tell the admins."""
    seat, other = access.other_in(request.user, pk, seat_id)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    try:
        people.complain(seat=seat, other=other, reason=reason, words=words, now=timezone.now())
    except Refused as refused:
        if refused.status == 503:
            raise
        typed = {"reason": reason, "words": words, "wrong": refused.message}
        return _page(request, seat, other, status=refused.status, **typed)
    messages.success(request, f"The admins have your report. {other.user} is not told.")
    return redirect("interviews:manners", pk, seat_id)


@login_required
@require_POST
def unblock(request: UserRequest, block_id: int) -> HttpResponse:
    """Take back one's own block."""
    people.unblock(by=request.user.pk, block=block_id)
    messages.success(request, "The block is gone.")
    return redirect("profile")


@login_required
@require_POST
def introduce(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """Agree to show this person who one is."""
    seat, other = access.other_in(request.user, pk, seat_id)
    people.introduce(seat=seat, other=other, now=timezone.now())
    return _back(pk)


@login_required
@require_POST
def withdraw(request: UserRequest, pk: UUID, seat_id: int) -> HttpResponse:
    """Take that back, as long as the other has not agreed."""
    seat, other = access.other_in(request.user, pk, seat_id)
    people.withdraw(seat=seat, other=other)
    return _back(pk)


def _back(pk: UUID) -> HttpResponse:
    return redirect(redirect("interviews:report", pk)["Location"] + "#met")


def _page(request: UserRequest, seat: Seat, other: Seat, *, status: int = 200, **typed: Any) -> HttpResponse:
    page = {
        "session": seat.session,
        "case": seat.session.case_version,
        "other": other,
        "blocked": Block.objects.filter(by=seat.user_id, of=other.user_id).exists(),
        "reported": Complaint.objects.filter(
            by=seat.user_id, of=other.user_id, session=seat.session, state=Complaint.State.OPEN
        ).exists(),
        "reasons": Complaint.Reason.choices,
        **typed,
    }
    return render(request, "interviews/person.html", page, status=status)
