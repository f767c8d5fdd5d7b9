"""Two raters who are far apart, over REST: what each says, and what each keeps or would now give. Neither is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, for_interviewers, sent
from casebank.api.drafts import person
from casebank.limits import spend
from interviews import access
from interviews.actions import gaps as verbs
from interviews.api.shapes import SessionCaseShape
from interviews.queries.gaps import Discussion, Gap

# Longer words are refused by the verb, which says how long they may be.
_LONGEST = 10_000


class RaterLevelShape(serializers.Serializer[Any]):
    """What a rater sealed. `by` is "Second rater", "Interviewer", or "Interviewer A" and "B"; nobody is named."""

    by = serializers.CharField()
    yours = serializers.BooleanField()
    level = serializers.IntegerField()


class RemarkShape(serializers.Serializer[Any]):
    """A message; a last word where it has a `level`."""

    by = serializers.CharField()
    yours = serializers.BooleanField()
    words = serializers.CharField()
    level = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()


class FarApartShape(serializers.Serializer[Any]):
    """One point: the sealed levels, what was said, how many messages you have left, and whether it is yours to close.
    `closed`: each has said what they keep or would now give."""

    item = serializers.CharField()
    text = serializers.CharField()
    levels = RaterLevelShape(many=True)
    remarks = RemarkShape(many=True)
    left = serializers.IntegerField()
    may_close = serializers.BooleanField()
    closed = serializers.BooleanField()


class TalkShape(serializers.Serializer[Any]):
    """`you` is how the other reads of you."""

    id = serializers.UUIDField()
    case = SessionCaseShape()
    you = serializers.CharField()
    gaps = FarApartShape(many=True)


class SayWrite(Strict):
    words = serializers.CharField(max_length=_LONGEST, allow_blank=True)


class CloseWrite(Strict):
    """`level` is what you keep, or would now give; `words` may be left out."""

    level = serializers.IntegerField(min_value=0, max_value=3)
    words = serializers.CharField(max_length=_LONGEST, allow_blank=True, default="")


@extend_schema(operation_id="talk_read", responses=TalkShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def talk(request: Request, pk: UUID) -> Response:
    """All points that you and the other rater are far apart on; for the raters alone, once the rating is sealed."""
    found = access.discussion_for(person(request), pk)
    return Response(_shown(found, person(request).pk))


@extend_schema(request=SayWrite, responses={201: FarApartShape})
@for_interviewers
@api_view(["POST"])
def say(request: Request, pk: UUID, item: str) -> Response:
    """Write one message about a point; 409 once you have written as many as one may, or have closed it."""
    return _spoken(request, pk, item, SayWrite, verbs.say)


@extend_schema(request=CloseWrite, responses={201: FarApartShape})
@for_interviewers
@api_view(["POST"])
def close(request: Request, pk: UUID, item: str) -> Response:
    """Your last word on a point, once. It stands beside the sheets, which stay as they were sealed."""
    return _spoken(request, pk, item, CloseWrite, verbs.close)


def _spoken(
    request: Request, pk: UUID, item: str, form: type[Strict], verb: Callable[..., object]
) -> Response:
    """Do one of both with what was sent, and tell the point as it stands then."""
    user, now = person(request), timezone.now()
    found = _apart(access.discussion_for(user, pk), item)
    said = sent(request, form)
    spend(verbs.SAY, by=user.pk, now=now)
    verb(rating=found.rating, by=user, item=item, now=now, **said)
    points: list[dict[str, Any]] = _shown(access.discussion_for(user, pk), user.pk)["gaps"]
    return Response(next(one for one in points if one["item"] == item), status=201)


def _apart(found: Discussion, item: str) -> Discussion:
    """The discussion, which has such a point."""
    if item not in {gap.item for gap in found.gaps}:
        raise Http404("You are not apart on such a point.")
    return found


def _shown(found: Discussion, me: int) -> dict[str, Any]:
    shown: dict[str, Any] = TalkShape(
        {
            "id": found.rating.pk,
            "case": found.rating.session.case_version,
            "you": found.called[me],
            "gaps": [_gap(found, gap, me) for gap in found.gaps],
        }
    ).data
    return shown


def _gap(found: Discussion, gap: Gap, me: int) -> dict[str, Any]:
    def by(user_id: int) -> dict[str, Any]:
        return {"by": found.called.get(user_id, "Rater"), "yours": user_id == me}

    return {
        "item": gap.item,
        "text": gap.text,
        "levels": [by(user) | {"level": level} for user, level in gap.levels.items()],
        "remarks": [
            by(one.by_id) | {"words": one.words, "level": one.level, "at": one.at} for one in gap.remarks
        ],
        "left": gap.left_for(me) if me in gap.levels else 0,
        "may_close": me in gap.levels and not gap.closed_by(me),
        "closed": gap.is_closed,
    }
