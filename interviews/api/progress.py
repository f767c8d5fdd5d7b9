"""One's own progress over REST, and one's groups."""

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

from casebank.api.asked import Paged, Strict, queried, query
from casebank.api.drafts import person
from casebank.api.paging import page_of, paged
from interviews import access
from interviews.queries import practised
from interviews.queries import progress as queries
from interviews.queries.groups import groups_of, people_of, rows_of
from interviews.queries.sheets_seen import sheets_of


class ProgressQuery(Strict):
    by = serializers.ChoiceField(
        choices=[str(source) for source in queries.CALLED if source != "self"], required=False
    )


class LevelShape(serializers.Serializer[Any]):
    """Where you stand by one source, 0-3 with its interval; null where too little is known."""

    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    level = serializers.FloatField(source="standing.level", default=None)
    low = serializers.FloatField(source="standing.low", default=None)
    high = serializers.FloatField(source="standing.high", default=None)


class RowShape(serializers.Serializer[Any]):
    """A step over the last sessions, the oldest first: null where nothing was said."""

    id = serializers.CharField()
    name = serializers.CharField()
    mean = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.FloatField(allow_null=True))


class TotalsShape(serializers.Serializer[Any]):
    sessions = serializers.IntegerField()
    interviewed = serializers.IntegerField()
    interviewing = serializers.IntegerField()
    hours = serializers.FloatField()


class ProgressShape(serializers.Serializer[Any]):
    by = serializers.CharField()
    totals = TotalsShape()
    levels = LevelShape(many=True)
    steps = RowShape(many=True)
    weakest = RowShape(many=True)


class GroupShape(serializers.Serializer[Any]):
    """`to_do` counts the interviews that are set for you there."""

    id = serializers.UUIDField(source="membership.group_id")
    name = serializers.CharField(source="membership.group.name")
    role = serializers.CharField(source="membership.role")
    people = serializers.IntegerField()
    to_do = serializers.IntegerField()
    closed_at = serializers.DateTimeField(source="membership.group.closed_at", allow_null=True)


class AssignmentShape(serializers.Serializer[Any]):
    """An interview that is set; `case` is its title where you may know it, `role` yours, else empty."""

    id = serializers.IntegerField(source="assignment.pk")
    candidate = serializers.CharField()
    interviewers = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField()
    case = serializers.CharField()
    standing = serializers.CharField()
    due_at = serializers.DateTimeField(source="assignment.due_at")


class MemberShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    role = serializers.CharField()


class OneGroupShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    people = MemberShape(many=True)
    assignments = AssignmentShape(many=True)


@extend_schema(responses=ProgressShape)
@query(ProgressQuery)
@never_cache
@api_view(["GET"])
def progress(request: Request) -> Response:
    """Where you stand by each source, and your steps by one of them."""
    user, now = person(request), timezone.now()
    by = queried(request, ProgressQuery).get("by", "")
    found = queries.progress(sheets_of(user.pk, now), by=by, now=now)
    parts = {name: getattr(found, name) for name in ("by", "levels", "steps", "weakest")}
    return Response(ProgressShape({**parts, "totals": practised.totals(user)}).data)


@extend_schema(operation_id="groups_list", responses=page_of(GroupShape))
@query(Paged)
@never_cache
@api_view(["GET"])
def groups(request: Request) -> Response:
    """The groups that you are in."""
    return paged(request, groups_of(person(request), timezone.now()), GroupShape)


@extend_schema(responses=OneGroupShape)
@never_cache
@api_view(["GET"])
def group(request: Request, pk: UUID) -> Response:
    """A group of yours: its people, and the interviews that you may see."""
    me = access.member_in(request.user, pk)
    rows = rows_of(me, timezone.now())
    body = {
        "id": me.group_id,
        "name": me.group.name,
        "description": me.group.description,
        "people": people_of(me.group, rows),
        "assignments": rows,
    }
    return Response(OneGroupShape(body).data)
