"""One's own sessions as files, over REST."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, content_negotiation_class
from rest_framework.request import Request

from casebank.api.asked import Strict, queried, query
from casebank.api.drafts import person
from casebank.api.negotiation import ByAddress
from casebank.authoring.sending import send
from casebank.limits import spend
from interviews.carrying import own
from interviews.limits import TAKE_SESSIONS
from interviews.views.taking import table


class DaysQuery(Strict):
    since = serializers.DateField(
        required=False, help_text="The first day, UTC, on which you took your seat."
    )
    until = serializers.DateField(required=False, help_text="The last.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "since" in attrs and "until" in attrs and attrs["since"] > attrs["until"]:
            raise serializers.ValidationError("The first day comes before the last.")
        return attrs


@extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
@query(DaysQuery)
@never_cache
@api_view(["GET"])
@content_negotiation_class(ByAddress)
def archive(request: Request) -> HttpResponseBase:
    """Your sessions, a folder for each: what you wrote and what you may see by now, drawing and pictures; and tables
    over all of them."""
    period, now = own.Period(**queried(request, DaysQuery)), timezone.now()
    spend(TAKE_SESSIONS, by=person(request).pk, now=now)
    return send(request._request, own.archive(person(request), period, now), f"sessions-{now:%Y-%m-%d}.zip")


@extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
@query(DaysQuery)
@never_cache
@api_view(["GET"])
@content_negotiation_class(ByAddress)
def listing(request: Request) -> HttpResponse:
    """Your sessions as a table, with the verdict (1-4) of each source that you may see by now."""
    period, now = own.Period(**queried(request, DaysQuery)), timezone.now()
    spend(TAKE_SESSIONS, by=person(request).pk, now=now)
    return table(own.listing(person(request), period, now), f"sessions-{now:%Y-%m-%d}.csv")
