"""The REST views: door, validate, query, render."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import access
from casebank.api import shapes
from casebank.browse import SORTS, Card, Wanted, browse
from casebank.facets import LEVELS
from casebank.seen import known_to

FILTERS = [
    OpenApiParameter("words", str, description='Full-text search: words, "a phrase", or, -without.'),
    OpenApiParameter("tag", str),
    OpenApiParameter("level", str, enum=LEVELS),
    OpenApiParameter("kind", str),
    OpenApiParameter("undone", str, enum=["1"], description="Only cases that you were not interviewed on."),
    OpenApiParameter("unseen", str, enum=["1"], description="Only cases that you do not know in any way."),
    OpenApiParameter("sort", str, enum=SORTS, description="Without it: by fit to the words, else by title."),
    OpenApiParameter("page", int),
]


@extend_schema(operation_id="cases_search", parameters=FILTERS, responses=shapes.ShelfShape)
@api_view(["GET"])
@permission_classes([AllowAny])
def cases(request: Request) -> Response:
    """The cases that you may see, 24 a page."""
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
