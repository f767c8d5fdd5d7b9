"""The REST views: door, validate, query, render."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import access
from casebank.api import shapes
from casebank.api.asked import Strict, queried, query
from casebank.browse import SORTS, Card, Wanted, browse
from casebank.facets import LEVELS
from casebank.seen import known_to


class CasesQuery(Strict):
    words = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text='Full-text search: words, "a phrase", or, -without.',
    )
    tag = serializers.CharField(required=False, allow_blank=True, max_length=100)
    level = serializers.ChoiceField(choices=LEVELS, required=False, allow_blank=True)
    kind = serializers.CharField(required=False, allow_blank=True, max_length=100)
    undone = serializers.ChoiceField(
        choices=["1"], required=False, help_text="Only cases that you were not interviewed on."
    )
    unseen = serializers.ChoiceField(
        choices=["1"], required=False, help_text="Only cases that you do not know in any way."
    )
    sort = serializers.ChoiceField(
        choices=SORTS, required=False, help_text="Without it: by fit to the words, else by title."
    )
    page = serializers.IntegerField(required=False, min_value=1, max_value=10_000)


@extend_schema(operation_id="cases_search", responses=shapes.ShelfShape)
@query(CasesQuery)
@api_view(["GET"])
@permission_classes([AllowAny])
def cases(request: Request) -> Response:
    """The cases that you may see, 24 a page."""
    queried(request, CasesQuery)
    shelf = browse(request.user, Wanted.of(request.query_params))
    context = {"address": request.build_absolute_uri(request.path)}
    return Response(shapes.ShelfShape(shelf, context=context).data)


@extend_schema(responses=shapes.OneCaseShape)
@api_view(["GET"])
@permission_classes([AllowAny])
def case(request: Request, slug: str) -> Response:
    """One case as its candidate may see it before the interview."""
    version = access.case_for(request.user, slug)
    known = known_to(request.user)
    card = Card(version, version.case_id in known.done, version.case_id in known.seen, ())
    return Response(shapes.OneCaseShape(card).data)
