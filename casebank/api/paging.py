"""Lists a page at a time. No list is counted to its end, so that none costs more as history grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Paged, queried


def paged(
    request: Request,
    rows: QuerySet[Any] | Sequence[Any],
    shape: type[serializers.Serializer[Any]],
    wish: type[Paged] = Paged,
    *,
    begins_at: int = 0,
) -> Response:
    """The page of `rows` that the query asks for, as {items, page, next, previous}. The first of `rows` is number
    `begins_at` of the list."""
    said = queried(request, wish)
    page, size = said["page"], said["per_page"]
    begin = (page - 1) * size - begins_at
    found = list(rows[begin : begin + size + 1])

    def address(number: int) -> str:
        asked = request.query_params.copy()
        asked["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")

    return Response(
        {
            "items": shape(found[:size], many=True).data,
            "page": page,
            "next": address(page + 1) if len(found) > size else None,
            "previous": address(page - 1) if page > 1 else None,
        }
    )


def page_of(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """The schema of such a page."""
    name = shape.__name__.removesuffix("Shape")
    return inline_serializer(
        f"{name}Page",
        {
            "items": shape(many=True),
            "page": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
        },
    )
