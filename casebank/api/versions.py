"""The versions of a case over REST: listed, read, compared, carried away as a file, forked."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, content_negotiation_class
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import access, history, limits
from casebank.actions import drafts as verbs
from casebank.api import shapes
from casebank.api.asked import Strict, for_interviewers, query
from casebank.api.drafts import person, whole
from casebank.api.negotiation import ByAddress
from casebank.authoring.sending import download


class PairQuery(Strict):
    old = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    new = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


@extend_schema(responses=shapes.PastShape(many=True))
@for_interviewers
@never_cache
@api_view(["GET"])
def versions(request: Request, slug: str) -> Response:
    """Every version of a case, the newest first, and what you may do with each."""
    return Response(shapes.PastShape(history.versions_of(request.user, slug), many=True).data)


@extend_schema(responses=shapes.VersionShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def version(request: Request, slug: str, number: int) -> Response:
    """One version, old or new, as its candidate may see it."""
    found = access.version_for(request.user, slug, number)
    return Response(shapes.VersionShape(history.Past(found, access.rights(request.user, found))).data)


@extend_schema(responses=shapes.ComparedShape)
@query(PairQuery)
@for_interviewers
@never_cache
@api_view(["GET"])
def diff(request: Request, slug: str) -> Response:
    """What changed from version `old` to version `new`, line by line; with the guide for the owner alone."""
    return Response(shapes.ComparedShape(history.compared(request.user, slug, request.query_params)).data)


@extend_schema(responses={(200, "application/yaml"): OpenApiTypes.STR})
@for_interviewers
@never_cache
@api_view(["GET"])
@content_negotiation_class(ByAddress)
def export(request: Request, slug: str, number: int) -> HttpResponse:
    """A version with its guide as one YAML file; 403 to whoever may not read the guide."""
    made = history.export(request.user, slug, number, root=request.build_absolute_uri("/").rstrip("/"))
    return download(made.text, made.name)


@extend_schema(request=None, responses={201: shapes.WholeDraftShape})
@for_interviewers
@api_view(["POST"])
def fork(request: Request, slug: str, number: int) -> Response:
    """A draft of your own from a version: with its guide if you may read that, else with an empty one."""
    found = access.version_for(request.user, slug, number)
    now = timezone.now()
    limits.spend(limits.FORK, by=person(request).pk, now=now)
    return whole(verbs.fork(version=found, by=person(request), now=now), status=201)


@extend_schema(request=None, responses=shapes.WholeDraftShape)
@for_interviewers
@api_view(["POST"])
def edit(request: Request, slug: str) -> Response:
    """The draft of your own case: the one that there is, or a new one from its newest version."""
    case = access.own_case(request.user, slug)
    return whole(verbs.edit(case=case, by=person(request), now=timezone.now()))
