"""Writing cases over REST: the same verbs, limits and doors as the editor in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
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
from casebank.forms import Import
from casebank.models import Draft
from casebank.schema import Faulty
from casebank.schema.faults import Fault


@extend_schema(methods=["GET"], responses=shapes.DraftShape(many=True))
@extend_schema(methods=["POST"], request=shapes.DraftWrite, responses={201: shapes.WholeDraftShape})
@api_view(["GET", "POST"])
def drafts(request: Request) -> Response:
    """Your drafts, the last saved first; POST makes one of a case in one file, faulty or not."""
    if request.method == "GET":
        return Response(shapes.DraftShape(queries.drafts_of(request.user), many=True).data)
    wish = shapes.DraftWrite(data=request.data)
    wish.is_valid(raise_exception=True)
    now = timezone.now()
    limits.spend(limits.IMPORT, by=person(request).pk, now=now)
    draft = verbs.create(by=person(request), text=wish.validated_data["text"], now=now)
    return whole(draft, status=201)


@extend_schema(request=shapes.DraftImport, responses={201: shapes.WholeDraftShape})
@api_view(["POST"])
@parser_classes([MultiPartParser])
def bring(request: Request) -> Response:
    """A draft of a case in one file, which is uploaded as an export is; faulty or not."""
    now = timezone.now()
    limits.spend(limits.IMPORT, by=person(request).pk, now=now)
    text = cleaned(Import, request)["whole"]
    return whole(verbs.create(by=person(request), text=text, now=now), status=201)


@extend_schema(methods=["GET"], responses=shapes.WholeDraftShape)
@extend_schema(methods=["PUT"], request=shapes.DraftSave, responses=shapes.WholeDraftShape)
@extend_schema(methods=["DELETE"], responses={204: None})
@api_view(["GET", "PUT", "DELETE"])
def draft(request: Request, pk: UUID) -> Response:
    """One draft with its text and what is wrong with it. PUT saves on top of save number `base`; 409 with the stored
    text where somebody saved in between."""
    found = access.draft_for(request.user, pk)
    if request.method == "DELETE":
        verbs.discard(draft=found)
        return Response(status=204)
    if request.method == "PUT":
        wish = shapes.DraftSave(data=request.data)
        wish.is_valid(raise_exception=True)
        now = timezone.now()
        limits.spend(limits.SAVE, by=person(request).pk, now=now)
        try:
            found, reading = verbs.save(draft=found, now=now, **wish.validated_data)
        except verbs.Stale as stale:
            return _stale(stale)
        return whole(found, reading.faults)
    return whole(found)


@extend_schema(request=shapes.DraftPublish, responses=shapes.PublishedShape)
@api_view(["POST"])
def publish(request: Request, pk: UUID) -> Response:
    """Publish save number `base` as the next version of your private case; 422 with the faults if there are any."""
    found = access.draft_for(request.user, pk)
    wish = shapes.DraftPublish(data=request.data)
    wish.is_valid(raise_exception=True)
    limits.spend(limits.PUBLISH, by=person(request).pk, now=timezone.now())
    try:
        version, outcome = verbs.publish(draft=found, base=wish.validated_data["base"])
    except verbs.Stale as stale:
        return _stale(stale)
    except Faulty as faulty:
        words = "Nothing was published: the text has faults. It is kept as it is."
        body = {"code": "faulty", "detail": words, "faults": _faults(faulty.faults)}
        return Response(body, status=422)
    return Response({"slug": version.case.slug, "version": version.number, "outcome": outcome})


def cleaned(kind: type[Form], request: Request) -> dict[str, Any]:
    """What a page's form makes of the request; a ValidationError in the page's own words where it does not take it."""
    if not isinstance(request.data, Mapping):
        raise ValidationError("Send an object with the names of fields.")
    form = kind(request.data, request.FILES)
    if form.is_valid():
        return form.cleaned_data
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
    return Response(body, status=status)


def _faults(faults: list[Fault]) -> list[dict[str, str | int]]:
    return [{"line": fault.line, "key": fault.key, "reason": fault.reason} for fault in faults]


def _stale(stale: verbs.Stale) -> Response:
    words = "This draft was saved elsewhere in between. That text is stored, yours was not saved."
    stored = {"text": stale.draft.text, "version": stale.draft.version}
    return Response({"code": stale.code, "detail": words, **stored}, status=409)
