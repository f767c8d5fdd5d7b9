"""What a request may say: the names of its query and of its body are lists, and anything else is a 400."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

V = TypeVar("V", bound=Callable[..., Any])


class Strict(serializers.Serializer[Any]):
    """A body or a query in which every name is known."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            raise ValidationError({str(name)[:100]: ["There is no such field."] for name in sorted(unknown)})
        return super().to_internal_value(data)


class Paged(Strict):
    """The query of a list."""

    page = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    per_page = serializers.IntegerField(min_value=1, max_value=100, default=25)


def query(shape: type[serializers.Serializer[Any]]) -> Callable[[V], V]:
    """Names what the query of a GET may hold; the site refuses any other name, and any where nothing is named."""

    def mark(view: V) -> V:
        view.cls.query = shape  # type: ignore[attr-defined]
        return extend_schema(parameters=[shape], methods=["GET"])(view)

    return mark


def for_interviewers(view: V) -> V:
    """Leaves a view out of a candidate's schema."""
    view.cls.audience = "interviewer"  # type: ignore[attr-defined]
    return view


def queried(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The query, read; a ValidationError where a value is not one of those that there are."""
    return _valid(shape(data=request.query_params.dict()))


def sent(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The body, read in the same way."""
    return _valid(shape(data=request.data))


def _valid(wish: serializers.Serializer[Any]) -> dict[str, Any]:
    wish.is_valid(raise_exception=True)
    said: dict[str, Any] = wish.validated_data
    return said
