"""How close one's levels are to keys, and to the scorers, over REST: of one sealed work, and of all of one's own."""

from __future__ import annotations

from typing import Any

from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import for_interviewers
from casebank.api.drafts import person
from interviews.queries.agreement import agreements
from interviews.queries.calibration import overview_of


class FigureShape(serializers.Serializer[Any]):
    """With its 90 % interval; both bounds null where there is too little to tell."""

    value = serializers.FloatField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class ClosenessShape(serializers.Serializer[Any]):
    """Your levels and the key's of `n` points in so many sessions. `exact` and `within_one` are shares; `kappa`
    (quadratic weighted) and `icc` (2,1) are null where undefined; `leniency` is how much higher you rate, in levels."""

    n = serializers.IntegerField()
    sessions = serializers.IntegerField()
    exact = serializers.FloatField()
    within_one = serializers.FloatField()
    kappa = FigureShape(allow_null=True)
    icc = FigureShape(allow_null=True)
    leniency = FigureShape()


class StepClosenessShape(serializers.Serializer[Any]):
    """`closeness` is null where the step was left out."""

    id = serializers.CharField()
    name = serializers.CharField()
    closeness = ClosenessShape(source="found", allow_null=True)


class QuoteShape(serializers.Serializer[Any]):
    """`where` is a step of the notes, or "diagram"."""

    where = serializers.CharField()
    quote = serializers.CharField(source="text")


class BesideKeyShape(serializers.Serializer[Any]):
    """One point: your level, the key's, and the words that earned the key's."""

    item = serializers.CharField(source="difference.item")
    text = serializers.CharField()
    step = serializers.CharField()
    mine = serializers.IntegerField(source="difference.mine")
    key = serializers.IntegerField(source="difference.key")
    quotes = QuoteShape(many=True)


class RoundShape(serializers.Serializer[Any]):
    round = serializers.IntegerField()
    sealed_at = serializers.DateTimeField()


class ResultShape(serializers.Serializer[Any]):
    """A sealed rating beside its key, the biggest difference first. Only round 1 was blind, and counts. `judges` is how
    many read the key; `rounds` are all that you sealed of it; from `again_at` on you may rate it again."""

    slug = serializers.CharField(source="work.slug")
    title = serializers.CharField(source="work.title")
    round = serializers.IntegerField(source="rating.round")
    sealed_at = serializers.DateTimeField(source="rating.sealed_at")
    overall = serializers.IntegerField(source="rating.overall")
    key_overall = serializers.IntegerField(source="rating.key_overall")
    judges = serializers.IntegerField(source="key.judges")
    lesson = serializers.CharField(source="key.lesson")
    closeness = ClosenessShape(source="all")
    steps = StepClosenessShape(many=True)
    points = BesideKeyShape(many=True)
    rounds = RoundShape(many=True)
    again_at = serializers.DateTimeField()


class BlindShape(serializers.Serializer[Any]):
    """One blind rating, in the order of sealing: how much higher you rated than the key."""

    slug = serializers.CharField(source="rating.work")
    title = serializers.CharField()
    sealed_at = serializers.DateTimeField(source="rating.sealed_at")
    leniency = serializers.FloatField(source="found.leniency.value")


class KeysShape(serializers.Serializer[Any]):
    """Over all works that you rated blind. `verdicts_exact` of the `sessions` had the key's verdict; the mean of
    `raters` like you would be reliable, null where that cannot be said. `few`: intervals are still too narrow."""

    closeness = ClosenessShape(source="all")
    steps = StepClosenessShape(many=True)
    sessions = BlindShape(many=True)
    verdicts_exact = serializers.IntegerField()
    raters = serializers.IntegerField(allow_null=True)
    few = serializers.BooleanField(source="is_few")


class AgreementShape(serializers.Serializer[Any]):
    """Of `n` pairs; `bias` is how much higher the scorer's levels are, kappa null where it is undefined."""

    n = serializers.IntegerField()
    exact = serializers.FloatField()
    within_one = serializers.FloatField()
    kappa = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField()


class PointAgreementShape(serializers.Serializer[Any]):
    item = serializers.CharField(source="id")
    text = serializers.CharField()
    agreement = AgreementShape(source="found")


class ScorerShape(serializers.Serializer[Any]):
    """One version of a scorer: all points together, those that you marked without seeing its level, the verdict, and
    each point, the least agreed first; null where there is no pair."""

    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    version = serializers.CharField()
    pooled = AgreementShape(allow_null=True)
    blind = AgreementShape(allow_null=True)
    verdict = AgreementShape(allow_null=True)
    items = PointAgreementShape(many=True)


class OwnAgreementShape(serializers.Serializer[Any]):
    """`keys` is null before you have sealed a work."""

    keys = KeysShape(allow_null=True)
    scorers = ScorerShape(many=True)


@extend_schema(operation_id="calibration_agreement_read", responses=OwnAgreementShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def agreement(request: Request) -> Response:
    """How close your own levels are to the keys of what you rated blind, and to the scorers of what you marked."""
    user = person(request)
    found = {"keys": overview_of(user), "scorers": agreements(user_id=user.pk, everybody=False)}
    return Response(OwnAgreementShape(found).data)
