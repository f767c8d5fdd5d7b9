"""Where two raters of a session are far apart: what each says, and what each keeps or would now give."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from interviews import access
from interviews.actions import gaps
from interviews.errors import Refused
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.gaps import Discussion, Gap
from interviews.queries.second import held_by
from interviews.rules.feedback import LEVELS
from interviews.rules.second import LONGEST, MESSAGES
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """All points that the raters are far apart on; to them alone."""
    return _page(request, access.discussion_for(request.user, pk))


@login_required
@require_POST
def say(request: UserRequest, pk: UUID) -> HttpResponse:
    """One message about a point."""
    now = timezone.now()
    talk = access.discussion_for(request.user, pk)
    limits.spend(gaps.SAY, by=request.user.pk, now=now)
    item, words = request.POST.get("item", ""), request.POST.get("words", "")
    try:
        gaps.say(rating=talk.rating, by=request.user, item=item, words=words, now=now)
    except Refused as refused:
        return _again(request, talk, refused)
    return redirect(_at(pk, item))


@login_required
@require_POST
def close(request: UserRequest, pk: UUID) -> HttpResponse:
    """One's last word on a point."""
    now = timezone.now()
    talk = access.discussion_for(request.user, pk)
    limits.spend(gaps.SAY, by=request.user.pk, now=now)
    item, words = request.POST.get("item", ""), request.POST.get("words", "")
    level = _level(request)
    try:
        gaps.close(rating=talk.rating, by=request.user, item=item, level=level, words=words, now=now)
    except Refused as refused:
        return _again(request, talk, refused)
    return redirect(_at(pk, item))


def _level(request: UserRequest) -> int:
    """The level that is chosen in the form; -1 for none."""
    given = request.POST.get("level", "")
    return int(given) if given in ("0", "1", "2", "3") else -1


def _replay(request: UserRequest, talk: Discussion, *, is_second: bool) -> str:
    """Where this rater looks again at what they rated; "" once the replay is shut."""
    rating = talk.rating
    if is_second:
        mine = held_by(request.user).filter(pk=rating.pk).exists()
        return reverse("interviews:second_replay", args=[rating.pk]) if mine else ""
    is_open = replay_is_open(cast_of(rating.session))
    return reverse("interviews:replay", args=[rating.session_id]) if is_open else ""


def _at(pk: UUID, item: str) -> str:
    return f"{reverse('interviews:second_talk', args=[pk])}#{_anchor(item)}"


def _anchor(item: str) -> str:
    return f"gap-{item.replace('.', '-')}"


def _again(request: UserRequest, talk: Discussion, refused: Refused) -> HttpResponse:
    if refused.status != 422:
        raise refused
    return _page(request, talk, refused=refused)


def _page(request: UserRequest, talk: Discussion, *, refused: Refused | None = None) -> HttpResponse:
    me = request.user.pk
    wrong = request.POST.get("item", "") if refused else ""
    page = {
        "talk": talk,
        "case": talk.rating.session.case_version,
        "is_second": me == talk.rating.rater_id,
        "replay": _replay(request, talk, is_second=me == talk.rating.rater_id),
        "rows": [
            _row(talk, gap, me, refused, _level(request)) if gap.item == wrong else _row(talk, gap, me)
            for gap in talk.gaps
        ],
        "levels": LEVELS,
        "longest": LONGEST,
        "most": MESSAGES,
        "typed": request.POST.get("words", ""),
    }
    return render(request, "interviews/second/talk.html", page, status=refused.status if refused else 200)


def _row(
    talk: Discussion, gap: Gap, me: int, refused: Refused | None = None, chosen: int = -1
) -> dict[str, object]:
    def called(user: int) -> str:
        return "You" if user == me else talk.called.get(user, "Rater")

    return {
        "gap": gap,
        "anchor": _anchor(gap.item),
        "levels": [(called(user), level) for user, level in gap.levels.items()],
        "remarks": [(called(one.by_id), one) for one in gap.remarks],
        "left": gap.left_for(me) if me in gap.levels else 0,
        "may_close": me in gap.levels and not gap.closed_by(me),
        "mine": gap.levels.get(me),
        "chosen": gap.levels.get(me) if chosen < 0 else chosen,
        "refused": refused,
    }
