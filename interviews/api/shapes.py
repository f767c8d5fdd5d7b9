"""What goes in and out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casebank.api.asked import Strict
from casebank.api.shapes import PageShape
from whiteboard import formats, outline


class SessionCaseShape(serializers.Serializer[Any]):
    slug = serializers.CharField(source="case.slug")
    version = serializers.IntegerField(source="number")
    title = serializers.CharField()


class SessionShape(serializers.Serializer[Any]):
    """A session as one of its seats may see it."""

    id = serializers.UUIDField()
    mode = serializers.CharField()
    state = serializers.CharField()
    case = SessionCaseShape(source="case_version")
    framework = serializers.CharField()
    level = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField()


class OwnSessionShape(SessionShape):
    """With this seat's role, and the clock at `server_time`: ms since 1970, spans in seconds."""

    role = serializers.CharField()
    server_time = serializers.IntegerField()
    clock = serializers.DictField()


class ItemShape(serializers.Serializer[Any]):
    """`evidence` is a list of {where: step, start, end, quote} or {where: "board", elements, quote}."""

    id = serializers.CharField()
    text = serializers.CharField()
    level = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    confidence = serializers.FloatField()
    evidence = serializers.ListField(child=serializers.DictField())


class StepShape(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()
    mean = serializers.FloatField()
    items = ItemShape(many=True)


class SheetShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    scorer = serializers.CharField()
    scorer_version = serializers.CharField()
    overall = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class SheetFileShape(serializers.Serializer[Any]):
    """A cheat sheet; `markdown` and `pdf` are where it is to be had."""

    slug = serializers.CharField()
    title = serializers.CharField()
    markdown = serializers.URLField()
    pdf = serializers.URLField()


class SheetsShape(PageShape):
    """`total`, `page`, `pages`, `next` and `previous` are of the cases."""

    patterns = SheetFileShape(many=True, read_only=True)
    frameworks = SheetFileShape(many=True, read_only=True)
    cases = SheetFileShape(many=True, read_only=True)


class ReportShape(serializers.Serializer[Any]):
    """`sheet` is null until the score is there; `job` says how far it is. While `rate_first`, no sheet is shown: its
    reader has yet to rate themselves, or to skip that, on the report's page. While `withheld`, neither: its
    reader has yet to close their own sheet. Asking again helps in neither case before that is done."""

    session = serializers.UUIDField(source="session.id")
    framework = serializers.CharField(source="framework.slug")
    job = serializers.CharField(source="job.state", default=None, allow_null=True)
    rate_first = serializers.BooleanField()
    withheld = serializers.BooleanField()
    overall_label = serializers.CharField()
    sheet = SheetShape(allow_null=True)
    steps = StepShape(many=True, source="scored_steps")


class ChangesShape(serializers.Serializer[Any]):
    """What the browser does to the board: new elements in full, `changed` {id: {key: value}}, and ids that go.
    `left_out` counts what a board does not hold, `skipped` what others have taken away meanwhile."""

    added = serializers.ListField(child=serializers.DictField())
    changed = serializers.DictField(child=serializers.DictField())
    removed = serializers.ListField(child=serializers.CharField())
    left_out = serializers.IntegerField()
    skipped = serializers.IntegerField()


class ImportWrite(Strict):
    format = serializers.ChoiceField(choices=list(formats.IMPORTS.items()))
    drawing = serializers.FileField(allow_empty_file=True)


class PictureWrite(Strict):
    picture = serializers.FileField(allow_empty_file=True)


class PictureShape(serializers.Serializer[Any]):
    """`markdown` is what the note says to show it."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    markdown = serializers.CharField()


class OutlineShape(serializers.Serializer[Any]):
    """`ids` names what each line speaks of."""

    text = serializers.CharField(max_length=outline.MAX_TEXT, allow_blank=True, trim_whitespace=False)
    ids = serializers.ListField(
        child=serializers.CharField(max_length=64, allow_blank=True), max_length=10_000
    )


class OutlineWrite(Strict, OutlineShape):
    """An edited outline. `base` is the text that it was edited from, whose lines `ids` are about."""

    base = serializers.CharField(max_length=outline.MAX_TEXT, allow_blank=True, trim_whitespace=False)
