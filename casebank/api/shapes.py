"""What goes in and out. Every field is named here."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class CaseShape(serializers.Serializer[Any]):
    """The candidate's half of a case, without its prompt."""

    slug = serializers.CharField(source="version.case.slug")
    version = serializers.IntegerField(source="version.number")
    title = serializers.CharField(source="version.title")
    summary = serializers.CharField(source="version.summary")
    level = serializers.CharField(source="version.level")
    kind = serializers.CharField(source="version.kind")
    tags = serializers.ListField(child=serializers.CharField(), source="version.tags")
    minutes = serializers.IntegerField(source="version.minutes")
    done = serializers.BooleanField(help_text="Whether you were interviewed on it.")
    seen = serializers.BooleanField(help_text="Whether you know it, from its guide or from a session.")


class OneCaseShape(CaseShape):
    prompt = serializers.CharField(source="version.prompt", help_text="Markdown.")


class WeakestShape(serializers.Serializer[Any]):
    step = serializers.CharField()
    name = serializers.CharField()
    mean = serializers.FloatField(help_text="The mean level of its items, 0-3.")
    sessions = serializers.IntegerField()


class FacetsShape(serializers.Serializer[Any]):
    """{value: how many cases there would be}"""

    tags = serializers.SerializerMethodField()
    levels = serializers.SerializerMethodField()
    kinds = serializers.SerializerMethodField()
    undone = serializers.IntegerField()
    unseen = serializers.IntegerField()

    def get_tags(self, facets: Any) -> dict[str, int]:
        return dict(facets.tags)

    def get_levels(self, facets: Any) -> dict[str, int]:
        return dict(facets.levels)

    def get_kinds(self, facets: Any) -> dict[str, int]:
        return dict(facets.kinds)


class ShelfShape(serializers.Serializer[Any]):
    """A page of cases; `next` and `previous` are addresses, or null."""

    total = serializers.IntegerField()
    page = serializers.IntegerField(source="wanted.page")
    pages = serializers.IntegerField()
    next = serializers.SerializerMethodField()
    previous = serializers.SerializerMethodField()
    weakest_step = WeakestShape(source="weakest", allow_null=True)
    facets = FacetsShape()
    cases = CaseShape(many=True, source="cards")

    def get_next(self, shelf: Any) -> str | None:
        return self._address(shelf.next)

    def get_previous(self, shelf: Any) -> str | None:
        return self._address(shelf.previous)

    def _address(self, query: str) -> str | None:
        base: str = self.context["address"]
        return base + query.removesuffix("?") if query else None


class DraftShape(serializers.Serializer[Any]):
    """A draft without its text; `case` is the slug that it was published as, or null."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    case = serializers.CharField(source="case.slug", default=None)
    version = serializers.IntegerField(help_text="Counts the saves; send it back as `base`.")
    updated_at = serializers.DateTimeField()


class FaultShape(serializers.Serializer[Any]):
    line = serializers.IntegerField(help_text="From 1; 0 for the text as a whole.")
    key = serializers.CharField()
    reason = serializers.CharField()


class WholeDraftShape(DraftShape):
    text = serializers.CharField()
    faults = FaultShape(many=True)


class DraftWrite(serializers.Serializer[Any]):
    """`text` is a case in one file (docs/content.md)."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)


class DraftSave(DraftWrite):
    base = serializers.IntegerField(min_value=0)


class DraftPublish(serializers.Serializer[Any]):
    base = serializers.IntegerField(min_value=0)


class PublishedShape(serializers.Serializer[Any]):
    slug = serializers.CharField()
    version = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=["new", "changed", "unchanged"])
