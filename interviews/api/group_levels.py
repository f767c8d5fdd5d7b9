"""What a group's mentors see of its members' levels, over REST, and whether one lets them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, for_interviewers, queried, query, sent
from interviews import access
from interviews.actions import memberships
from interviews.audit import readings
from interviews.queries.group_levels import SOURCES, levels_of


class LevelsQuery(Strict):
    by = serializers.ChoiceField(choices=[source.value for source in SOURCES], required=False)


class MemberLevelsShape(serializers.Serializer[Any]):
    """A member's means 0-3, one for each of `steps`, null where nothing was said; and the level 0-3 that they come to
    with its interval, null where too little is known."""

    name = serializers.CharField()
    sessions = serializers.IntegerField()
    means = serializers.ListField(child=serializers.FloatField(allow_null=True), source="cells")
    level = serializers.FloatField(source="standing.level", default=None, allow_null=True)
    low = serializers.FloatField(source="standing.low", default=None, allow_null=True)
    high = serializers.FloatField(source="standing.high", default=None, allow_null=True)
    needs = serializers.CharField(help_text="The step with the lowest mean; empty where none is known.")


class GroupLevelsShape(serializers.Serializer[Any]):
    """`members` are who agreed to it, `silent` who did not. `by` is whose sheets these are; `others` names all of whom
    there are any."""

    by = serializers.CharField()
    others = serializers.SerializerMethodField()
    steps = serializers.ListField(child=serializers.CharField())
    members = MemberLevelsShape(many=True, source="shown")
    silent = serializers.ListField(child=serializers.CharField())

    def get_others(self, found: Any) -> list[str]:
        return [source for source, _ in found.choices]


class ShowsWrite(Strict):
    shows = serializers.BooleanField()


@extend_schema(responses=GroupLevelsShape)
@for_interviewers
@query(LevelsQuery)
@never_cache
@api_view(["GET"])
def levels(request: Request, pk: UUID) -> Response:
    """Members by step, for a group's mentors: of who agreed to it, of the group's own interviews."""
    me, now = access.mentor_in(request.user, pk), timezone.now()
    found = levels_of(me.group, now, by=queried(request, LevelsQuery).get("by", ""))
    shown = [one.user for one in found.shown if one.sessions]
    readings.levels(me.group, by=me.user_id, members=shown, now=now)
    return Response(GroupLevelsShape(found).data)


@extend_schema(request=ShowsWrite, responses={204: None})
@api_view(["PUT"])
def mine(request: Request, pk: UUID) -> Response:
    """Let the mentors see your own means by step from now on, or no longer."""
    me = access.member_in(request.user, pk)
    shows = sent(request, ShowsWrite)["shows"]
    memberships.show_levels(group=me.group, user_id=me.user_id, shows=shows, now=timezone.now())
    return Response(status=204)
