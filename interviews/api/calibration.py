"""Calibration over REST: the works, rating one blind, and its key after the seal; the same verbs and doors as the pages
under /calibration/."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Paged, Strict, for_interviewers, queried, query, sent
from casebank.api.conditions import IF_MATCH, base_of, etag
from casebank.api.drafts import person
from casebank.api.paging import page_of, paged
from casebank.api.problems import problem
from casebank.limits import spend
from interviews import access
from interviews.actions import calibration as verbs
from interviews.actions.drafts import Incomplete, Stale
from interviews.api.calibration_figures import ResultShape, RoundShape
from interviews.api.feedback import AnswersWrite, DraftKeptShape, QuestionShape, stale_problem
from interviews.calibration.works import Work
from interviews.models import CalibrationDraft
from interviews.queries import calibration as queries
from interviews.queries.calibration import Shelved
from interviews.rules.calibration import AGAIN_AFTER
from whiteboard.layout import to_elements


class OpenQuery(Strict):
    anyway = serializers.ChoiceField(
        choices=["1"], required=False, help_text="Read it although it spoils an interview that you await."
    )


class ShelvedShape(serializers.Serializer[Any]):
    """A work that everybody may rate. `rated` of `wanted` points stand in your draft, both null without one; `rounds`
    is what you have sealed, the first one first. `new_case`: you do not know the case that it answers yet."""

    slug = serializers.CharField(source="work.slug")
    title = serializers.CharField(source="work.title")
    task = serializers.CharField(source="work.task")
    case = serializers.CharField(source="work.case")
    new_case = serializers.BooleanField(source="is_new")
    may_rate = serializers.BooleanField()
    again_at = serializers.DateTimeField(allow_null=True)
    rated = serializers.SerializerMethodField()
    wanted = serializers.SerializerMethodField()
    rounds = RoundShape(many=True, source="ratings")

    def get_rated(self, one: Shelved) -> int | None:
        return one.draft[0] if one.draft else None

    def get_wanted(self, one: Shelved) -> int | None:
        return one.draft[1] if one.draft else None


class CalibrationWorkShape(serializers.Serializer[Any]):
    """What you rate: notes by step and the drawing. `answers` is your draft of the `questions`, levels and numbers as
    text, `version` its number; sealed, it is your round number `round`."""

    slug = serializers.CharField()
    title = serializers.CharField()
    task = serializers.CharField()
    case = serializers.CharField()
    round = serializers.IntegerField()
    notes = serializers.DictField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.DictField())
    questions = QuestionShape(many=True)
    answers = serializers.DictField(child=serializers.CharField())
    version = serializers.IntegerField()


@extend_schema(operation_id="calibration_list", responses=page_of(ShelvedShape))
@query(Paged)
@for_interviewers
@never_cache
@api_view(["GET"])
def shelf(request: Request) -> Response:
    """All works, those first that you have still to rate."""
    found = queries.shelf_of(person(request), timezone.now())
    return paged(request, found, ShelvedShape)


@extend_schema(methods=["GET"], operation_id="calibration_work_read", responses=CalibrationWorkShape)
@extend_schema(methods=["PUT"], parameters=[IF_MATCH], request=AnswersWrite, responses=DraftKeptShape)
@query(OpenQuery)
@for_interviewers
@never_cache
@api_view(["GET", "PUT"])
def work(request: Request, slug: str) -> Response:
    """The work and your draft. Whoever reads it knows its case from then on: 409 with the code would_spoil where you
    are about to be interviewed on it. 409 sealed until you may rate it again. PUT keeps the draft; 409 or 412 with the
    stored answers if another window saved in between."""
    user, found, now = person(request), access.calibration_work(slug), timezone.now()
    if request.method == "PUT":
        try:
            kept, _ = _kept(request, found, now)
        except Stale as stale:
            return stale_problem(request, stale)
        return Response(DraftKeptShape(kept).data, headers=etag(kept.version))
    anyway = queried(request, OpenQuery).get("anyway") == "1"
    form = queries.form_of(user, found, now)
    if not form.may_rate:
        raise verbs.sealed()
    verbs.open_work(user=user, work=found, although_it_spoils=anyway, now=now)
    shown = {name: getattr(found, name) for name in ("slug", "title", "task", "case", "notes")} | {
        "round": form.round,
        "elements": to_elements(found.graph),
        "questions": form.questions,
        "answers": form.draft,
        "version": form.version,
    }
    return Response(CalibrationWorkShape(shown).data, headers=etag(form.version))


@extend_schema(parameters=[IF_MATCH], request=AnswersWrite, responses={201: ResultShape})
@for_interviewers
@api_view(["POST"])
def seal(request: Request, slug: str) -> Response:
    """Save the draft and seal it, for good; the answer has the key. 422 with `errors` by question where something is
    missing: it is saved then, and not sealed."""
    user, found, now = person(request), access.calibration_work(slug), timezone.now()
    try:
        _, answers = _kept(request, found, now)
        rating = verbs.seal(user=user, work=found, given=answers, now=now)
    except Stale as stale:
        return stale_problem(request, stale)
    except Incomplete as incomplete:
        return problem(422, incomplete.code, incomplete.message, errors=incomplete.faults)
    return Response(_result(queries.result_of(rating, found)), status=201)


@extend_schema(operation_id="calibration_key_read", responses=ResultShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def key(request: Request, slug: str) -> Response:
    """What you sealed last beside the key; 404 before you have sealed."""
    return _beside_key(request, slug, None)


@extend_schema(operation_id="calibration_round_read", responses=ResultShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def round_key(request: Request, slug: str, round: int) -> Response:
    """What you sealed in that round beside the key."""
    return _beside_key(request, slug, round)


def _beside_key(request: Request, slug: str, round: int | None) -> Response:
    rating = access.sealed_rating(request.user, slug, round)
    return Response(_result(queries.result_of(rating, access.calibration_work(slug))))


def _result(found: queries.Result) -> dict[str, Any]:
    again_at = found.rounds[-1].sealed_at + AGAIN_AFTER
    parts = {
        name: getattr(found, name) for name in ("work", "rating", "key", "all", "steps", "points", "rounds")
    }
    shown: dict[str, Any] = ResultShape({**parts, "again_at": again_at}).data
    return shown


def _kept(request: Request, found: Work, now: datetime) -> tuple[CalibrationDraft, dict[str, str]]:
    """The draft as it is stored now, and the answers that were sent."""
    user, said = person(request), sent(request, AnswersWrite)
    base = base_of(request, said.get("base"))
    spend(verbs.SAVE, by=user.pk, now=now)
    answers: dict[str, str] = said["answers"]
    return verbs.save_draft(user=user, work=found, given=answers, base=base, now=now), answers
