"""Links to a report over REST: the same verbs and doors as their page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, sent
from casebank.limits import spend
from interviews import access
from interviews.actions import sessions
from interviews.actions import shares as verbs
from interviews.errors import Refused
from interviews.limits import SHARE
from interviews.models import Seat, ShareLink, State
from interviews.queries.report import report
from interviews.queries.shares import links_of, offered
from interviews.rules import shares as rules

_PARTS = [part for part, *_ in rules.PARTS]


class ReportLinkShape(serializers.Serializer[Any]):
    """A link. `parts` are what it shows, `views` how often it was opened; its address is not kept."""

    id = serializers.IntegerField(source="pk")
    parts = serializers.ListField(child=serializers.ChoiceField(choices=_PARTS))
    standing = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    views = serializers.IntegerField()

    def get_standing(self, link: ShareLink) -> str:
        return rules.standing(link.expires_at, link.revoked_at, timezone.now())


class ReportLinkMadeShape(ReportLinkShape):
    """`link` is shown this once."""

    link = serializers.URLField()


class ReportLinksShape(serializers.Serializer[Any]):
    """Your newest links to this report, and what one can show by now."""

    links = ReportLinkShape(many=True)
    offered = serializers.ListField(child=serializers.ChoiceField(choices=_PARTS))


class ReportLinkWrite(Strict):
    parts = serializers.ListField(child=serializers.ChoiceField(choices=_PARTS), max_length=len(_PARTS))
    days = serializers.ChoiceField(choices=rules.DAYS)


@extend_schema(methods=["GET"], operation_id="shares_list", responses=ReportLinksShape)
@extend_schema(methods=["POST"], request=ReportLinkWrite, responses={201: ReportLinkMadeShape})
@never_cache
@api_view(["GET", "POST"])
def shares(request: Request, pk: UUID) -> Response:
    """Your links to this report, for its candidate alone; POST makes one that shows `parts` to whoever has it."""
    now = timezone.now()
    seat = _candidate(request, pk, now)
    choices = [part for part, *_ in offered(seat, report(seat, now=now))]
    if request.method == "GET":
        found = [one.link for one in links_of(seat, now)]
        return Response(ReportLinksShape({"links": found, "offered": choices}).data)
    said = sent(request, ReportLinkWrite)
    wish = rules.read(said["parts"], str(said["days"]), offered=choices)
    if isinstance(wish, str):
        raise Refused("nothing_to_show", wish, status=422)
    spend(SHARE, by=seat.user_id, now=now)
    made, token = verbs.create(seat=seat, wish=wish, now=now)
    link = request.build_absolute_uri(reverse("interviews:shared", args=[token]))
    return Response({**ReportLinkShape(made).data, "link": link}, status=201)


@extend_schema(responses={204: None})
@api_view(["DELETE"])
def share(request: Request, pk: UUID, share_id: int) -> Response:
    """From now on this link opens nothing."""
    verbs.revoke(link=access.share_of(request.user, pk, share_id), now=timezone.now())
    return Response(status=204)


def _candidate(request: Request, pk: UUID, now: datetime) -> Seat:
    access.candidate_in(request.user, pk)
    sessions.close_if_over(pk=pk, now=now)
    seat = access.candidate_in(request.user, pk)
    if seat.session.state != State.ENDED:
        raise Refused("no_report", "This session has not ended, so it has no report yet.")
    return seat
