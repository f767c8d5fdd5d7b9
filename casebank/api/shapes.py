"""What goes in and out. Every field is named here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casebank import checklist
from casebank.api.asked import Strict
from casebank.frameworks import Step


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
    seen = serializers.BooleanField(help_text="Whether you know it in any way.")


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


class PageShape(serializers.Serializer[Any]):
    """Where a page of the bank stands; `next` and `previous` are addresses, or null."""

    total = serializers.IntegerField()
    page = serializers.IntegerField(source="wanted.page")
    pages = serializers.IntegerField()
    next = serializers.SerializerMethodField()
    previous = serializers.SerializerMethodField()

    def get_next(self, shelf: Any) -> str | None:
        return self._address(shelf.next)

    def get_previous(self, shelf: Any) -> str | None:
        return self._address(shelf.previous)

    def _address(self, query: str) -> str | None:
        base: str = self.context["address"]
        return base + query.removesuffix("?") if query else None


class ShelfShape(PageShape):
    """A page of cases."""

    weakest_step = WeakestShape(source="weakest", allow_null=True)
    facets = FacetsShape()
    cases = CaseShape(many=True, source="cards")


class FrameworkStepShape(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()
    minutes = serializers.IntegerField(help_text="0 for what goes on all the while.")


class ChecklistItemShape(serializers.Serializer[Any]):
    """An item of the checklist."""

    id = serializers.CharField()
    text = serializers.CharField()


class FrameworkStepWithItemsShape(FrameworkStepShape):
    items = serializers.SerializerMethodField()

    @extend_schema_field(ChecklistItemShape(many=True))
    def get_items(self, step: Step) -> list[dict[str, str]]:
        return [{"id": item, "text": checklist.texts()[item]} for item in step.items]


class FrameworkShape(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    is_default = serializers.BooleanField()
    steps = FrameworkStepShape(many=True)


class OneFrameworkShape(FrameworkShape):
    steps = FrameworkStepWithItemsShape(many=True)


class CardShape(serializers.Serializer[Any]):
    """A card of the primer, without what it says."""

    slug = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField(help_text="A step of the default framework, or language-models.")
    summary = serializers.CharField()
    also = serializers.ListField(child=serializers.CharField(), help_text="Other names for it.")


class QuantityShape(serializers.Serializer[Any]):
    """A number of a worked example; `formula` may name those above it, or is null."""

    name = serializers.CharField()
    say = serializers.CharField()
    value = serializers.FloatField()
    unit = serializers.CharField()
    formula = serializers.CharField(allow_null=True)


class OneCardShape(CardShape):
    items = serializers.SerializerMethodField()
    see = serializers.ListField(child=serializers.CharField(), help_text="Slugs of other cards.")
    body = serializers.CharField(help_text="HTML of a few harmless tags.")
    listen_for = serializers.CharField(help_text="What an interviewer listens for; HTML.")
    picture = serializers.CharField(help_text="SVG, or empty.")
    worked = QuantityShape(many=True)
    cases = serializers.SerializerMethodField(help_text="Slugs of cases that it helps with.")

    @extend_schema_field(ChecklistItemShape(many=True))
    def get_items(self, card: Any) -> list[dict[str, str]]:
        return [{"id": item, "text": checklist.texts()[item]} for item in card.items]

    def get_cases(self, card: Any) -> list[str]:
        return [version.case.slug for version in self.context["cases"]]


class PastShape(serializers.Serializer[Any]):
    """A version in the list of all, and what you may do with it."""

    number = serializers.IntegerField(source="version.number")
    title = serializers.CharField(source="version.title")
    published_at = serializers.DateTimeField(source="version.published_at")
    owns = serializers.BooleanField(source="rights.owns")
    reads_guide = serializers.BooleanField(
        source="rights.reads_guide", help_text="Whether you may export it."
    )


class VersionShape(PastShape):
    """One version: the candidate's half."""

    slug = serializers.CharField(source="version.case.slug")
    summary = serializers.CharField(source="version.summary")
    level = serializers.CharField(source="version.level")
    kind = serializers.CharField(source="version.kind")
    tags = serializers.ListField(child=serializers.CharField(), source="version.tags")
    minutes = serializers.IntegerField(source="version.minutes")
    prompt = serializers.CharField(source="version.prompt", help_text="Markdown.")
    starter = serializers.DictField(source="version.starter", allow_null=True)


class LineShape(serializers.Serializer[Any]):
    """`old` and `new` are the line's numbers in either text, or null; a gap stands for equal lines left out."""

    kind = serializers.ChoiceField(choices=["same", "gone", "new", "gap"])
    text = serializers.CharField()
    old = serializers.IntegerField(allow_null=True)
    new = serializers.IntegerField(allow_null=True)


class ComparedShape(serializers.Serializer[Any]):
    """`whole` says whether the guides were compared too."""

    old = serializers.IntegerField()
    new = serializers.IntegerField()
    whole = serializers.BooleanField()
    lines = LineShape(many=True)


class ShareShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    created_at = serializers.DateTimeField()


class ShareWrite(Strict):
    email = serializers.EmailField(max_length=254)


class RetiredShape(serializers.Serializer[Any]):
    slug = serializers.CharField(source="case.slug")
    title = serializers.CharField()
    retired_at = serializers.DateTimeField(source="case.retired_at")


class DraftImport(Strict):
    file = serializers.FileField(allow_empty_file=True)


class DraftShape(serializers.Serializer[Any]):
    """A draft without its text; `case` is the slug that it was published as, or null."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    case = serializers.CharField(source="case.slug", default=None, allow_null=True)
    version = serializers.IntegerField(help_text="Counts the saves; send it back as `base`.")
    updated_at = serializers.DateTimeField()


class FaultShape(serializers.Serializer[Any]):
    line = serializers.IntegerField(help_text="From 1; 0 for the text as a whole.")
    key = serializers.CharField()
    reason = serializers.CharField()


class WholeDraftShape(DraftShape):
    text = serializers.CharField()
    faults = FaultShape(many=True)


class DraftWrite(Strict):
    """`text` is a case in one file (docs/content.md)."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)


class DraftSave(DraftWrite):
    """`base` is the save that this one is based on; If-Match may say it instead."""

    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class DraftPublish(Strict):
    """`base` is the save to publish; If-Match may say it instead."""

    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class PublishedShape(serializers.Serializer[Any]):
    slug = serializers.CharField()
    version = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=["new", "changed", "unchanged"])


class ArchiveImport(Strict):
    file = serializers.FileField(help_text="A zip as an export makes it.")
    dry_run = serializers.BooleanField(required=False, help_text="Only say what would become of each case.")


class BroughtShape(serializers.Serializer[Any]):
    """What became of one case of an archive, or would."""

    name = serializers.CharField(help_text="As the archive calls it.")
    outcome = serializers.ChoiceField(choices=["new", "changed", "unchanged"])
    slug = serializers.CharField(
        source="version.case.slug", help_text="Its address here; in a dry run one that it will not have."
    )
    version = serializers.IntegerField(source="version.number")


class ArchiveShape(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField()
    cases = BroughtShape(many=True)


class ArchiveFaultShape(serializers.Serializer[Any]):
    file = serializers.CharField()
    line = serializers.IntegerField(help_text="0 for the file as a whole.")
    key = serializers.CharField()
    reason = serializers.CharField()
