"""Writing cases over REST: the same verbs, limits and doors as the editor in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import access, limits, queries
from casebank.actions import drafts as verbs
from casebank.api import shapes
from casebank.api.asked import for_interviewers, sent
from casebank.api.conditions import IF_MATCH, base_of, conflict, etag
from casebank.api.problems import problem
from casebank.forms import Import
from casebank.models import Draft
from casebank.schema import Faulty
from casebank.schema.faults import Fault

F = TypeVar("F", bound=Form)


@extend_schema(methods=["GET"], responses=shapes.DraftShape(many=True))
@extend_schema(methods=["POST"], request=shapes.DraftWrite, responses={201: shapes.WholeDraftShape})
@for_interviewers
@api_view(["GET", "POST"])
def drafts(request: Request) -> Response:
    """Your drafts, the last saved first; POST makes one of a case in one file, faulty or not."""
    if request.method == "GET":
        return Response(shapes.DraftShape(queries.drafts_of(request.user), many=True).data)
    text, now = sent(request, shapes.DraftWrite)["text"], timezone.now()
    limits.spend(limits.IMPORT, by=person(request).pk, now=now)
    draft = verbs.create(by=person(request), text=text, now=now)
    return whole(draft, status=201)


@extend_schema(request=shapes.DraftImport, responses={201: shapes.WholeDraftShape})
@for_interviewers
@api_view(["POST"])
@parser_classes([MultiPartParser])
def bring(request: Request) -> Response:
    """A draft of a case in one file, which is uploaded as an export is; faulty or not."""
    now = timezone.now()
    limits.spend(limits.IMPORT, by=person(request).pk, now=now)
    text = cleaned(Import, request)["whole"]
    return whole(verbs.create(by=person(request), text=text, now=now), status=201)


@extend_schema(methods=["GET"], responses=shapes.WholeDraftShape)
@extend_schema(
    methods=["PUT"], parameters=[IF_MATCH], request=shapes.DraftSave, responses=shapes.WholeDraftShape
)
@extend_schema(methods=["DELETE"], responses={204: None})
@for_interviewers
@api_view(["GET", "PUT", "DELETE"])
def draft(request: Request, pk: UUID) -> Response:
    """One draft with its text and what is wrong with it. PUT saves on top of save number `base`; 409 with the stored
    text where somebody saved in between."""
    found = access.draft_for(request.user, pk)
    if request.method == "DELETE":
        verbs.discard(draft=found)
        return Response(status=204)
    if request.method == "PUT":
        said = sent(request, shapes.DraftSave)
        base, now = base_of(request, said.get("base")), timezone.now()
        limits.spend(limits.SAVE, by=person(request).pk, now=now)
        try:
            found, reading = verbs.save(draft=found, now=now, text=said["text"], base=base)
        except verbs.Stale as stale:
            return _stale(request, stale)
        return whole(found, reading.faults)
    return whole(found)


@extend_schema(parameters=[IF_MATCH], request=shapes.DraftPublish, responses=shapes.PublishedShape)
@for_interviewers
@api_view(["POST"])
def publish(request: Request, pk: UUID) -> Response:
    """Publish save number `base` as the next version of your private case; 422 with the faults if there are any."""
    found = access.draft_for(request.user, pk)
    base = base_of(request, sent(request, shapes.DraftPublish).get("base"))
    limits.spend(limits.PUBLISH, by=person(request).pk, now=timezone.now())
    try:
        version, outcome = verbs.publish(draft=found, base=base)
    except verbs.Stale as stale:
        return _stale(request, stale)
    except Faulty as faulty:
        words = "Nothing was published: the text has faults. It is kept as it is."
        return problem(422, "faulty", words, faults=_faults(faulty.faults))
    return Response({"slug": version.case.slug, "version": version.number, "outcome": outcome})


def cleaned(kind: type[Form], request: Request) -> dict[str, Any]:
    """What a page's form makes of the request; a ValidationError in the page's own words where it does not take it."""
    if not isinstance(request.data, Mapping):
        raise ValidationError("Send an object with the names of fields.")
    return formed(kind(request.data, request.FILES)).cleaned_data


def formed(form: F) -> F:
    """The form, where it takes what it was given; else a ValidationError in its own words."""
    if form.is_valid():
        return form
    raise ValidationError(
        {
            "non_field_errors" if key == "__all__" else key: [str(one) for one in said]
            for key, said in form.errors.items()
        }
    )


def person(request: Request) -> AbstractBaseUser:
    """Whoever asks: nobody comes here without having logged in."""
    return cast(AbstractBaseUser, request.user)


def whole(found: Draft, faults: list[Fault] | None = None, *, status: int = 200) -> Response:
    """A draft with its text and its faults, which are looked for where they are not known."""
    faults = verbs.check(found.text).faults if faults is None else faults
    body = {**shapes.DraftShape(found).data, "text": found.text, "faults": _faults(faults)}
    return Response(body, status=status, headers=etag(found.version))


def _faults(faults: list[Fault]) -> list[dict[str, str | int]]:
    return [{"line": fault.line, "key": fault.key, "reason": fault.reason} for fault in faults]


def _stale(request: Request, stale: verbs.Stale) -> Response:
    words = "This draft was saved elsewhere in between. That text is stored, yours was not saved."
    stored = {"text": stale.draft.text, "version": stale.draft.version}
    return problem(conflict(request), stale.code, words, **stored)
