"""What is the same for everybody: the frameworks and the primer, in JSON."""

from __future__ import annotations

from typing import get_args

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks as arrangements
from casebank import primer
from casebank.api import shapes
from casebank.api.asked import Strict, queried, query
from casebank.schema.primer import Group


@extend_schema(responses=shapes.FrameworkShape(many=True))
@api_view(["GET"])
@permission_classes([AllowAny])
def frameworks(request: Request) -> Response:
    """The frameworks, the default first."""
    return Response(shapes.FrameworkShape(arrangements.load().values(), many=True).data)


@extend_schema(responses=shapes.OneFrameworkShape)
@api_view(["GET"])
@permission_classes([AllowAny])
def framework(request: Request, slug: str) -> Response:
    """One framework, with its steps and their items of the checklist."""
    found = arrangements.load().get(slug)
    if found is None:
        raise Http404("There is no such framework.")
    return Response(shapes.OneFrameworkShape(found).data)


class CardsQuery(Strict):
    words = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=100,
        help_text="Only cards that hold every word, as the page's search does.",
    )
    group = serializers.ChoiceField(choices=get_args(Group), required=False, allow_blank=True)


@extend_schema(responses=shapes.CardShape(many=True))
@query(CardsQuery)
@api_view(["GET"])
@permission_classes([AllowAny])
def cards(request: Request) -> Response:
    """The primer's cards, by step and title."""
    wanted = queried(request, CardsQuery)
    found = primer.find(words=wanted.get("words", ""), group=wanted.get("group", ""))
    return Response(shapes.CardShape(found, many=True).data)


@extend_schema(responses=shapes.OneCardShape)
@api_view(["GET"])
@permission_classes([AllowAny])
def card(request: Request, slug: str) -> Response:
    """One card, with the cases that it helps with, of those that you may see."""
    found = primer.load().get(slug)
    if found is None:
        raise Http404("There is no such card.")
    context = {"cases": primer.cases_of(found, request.user)}
    return Response(shapes.OneCardShape(found, context=context).data)
