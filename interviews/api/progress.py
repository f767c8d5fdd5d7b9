"""One's own progress over REST."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, queried, query
from casebank.api.drafts import person
from interviews.queries import practised
from interviews.queries import progress as queries
from interviews.queries.sheets_seen import sheets_of


class ProgressQuery(Strict):
    by = serializers.ChoiceField(
        choices=[str(source) for source in queries.CALLED if source != "self"], required=False
    )


class LevelShape(serializers.Serializer[Any]):
    """Where you stand by one source, 0-3 with its interval; null where too little is known."""

    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    level = serializers.FloatField(source="standing.level", default=None, allow_null=True)
    low = serializers.FloatField(source="standing.low", default=None, allow_null=True)
    high = serializers.FloatField(source="standing.high", default=None, allow_null=True)


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
