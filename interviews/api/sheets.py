"""Cheat sheets over REST: a list of them, and each as Markdown or PDF, as the pages give them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, content_negotiation_class, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks, sheets
from casebank.api.asked import Strict, queried, query
from casebank.api.negotiation import ByAddress
from casebank.api.views import CasesQuery
from casebank.browse import Wanted, browse
from interviews import access
from interviews.actions import printing, sessions
from interviews.api import shapes
from interviews.audit import readings
from interviews.queries import server_time
from interviews.queries import sheets as found
from interviews.queries.sheets import Wish
from interviews.sheets.sheet import Sheet

_FILE = {(200, "text/markdown"): OpenApiTypes.STR, (200, "application/pdf"): OpenApiTypes.BINARY}


class PaperQuery(Strict):
    paper = serializers.ChoiceField(choices=["a4", "letter"], required=False, help_text="Of a PDF.")


class CasePaperQuery(PaperQuery):
    framework = serializers.ChoiceField(choices=list(frameworks.load()), required=False)


@extend_schema(operation_id="sheets_search", responses=shapes.SheetsShape)
@query(CasesQuery)
@api_view(["GET"])
@permission_classes([AllowAny])
def sheet_list(request: Request) -> Response:
    """The sheets that you may have: patterns, frameworks, and cases, these 24 a page and filtered as the bank is."""
    queried(request, CasesQuery)
    shelf = browse(request.user, Wanted.of(request.query_params))
    patterns = [_entry(request, "api_sheet", slug, one.title) for slug, one in sheets.load().items()]
    arrangements = [_entry(request, "api_sheet", slug, one.name) for slug, one in frameworks.load().items()]
    cases = [
        _entry(request, "api_case_sheet", card.version.case.slug, card.version.title) for card in shelf.cards
    ]
    context = {"address": request.build_absolute_uri(request.path)}
    page = shapes.SheetsShape(shelf, context=context).data
    return Response({"patterns": patterns, "frameworks": arrangements, **page, "cases": cases})


@extend_schema(responses=_FILE)
@query(PaperQuery)
@api_view(["GET"])
@permission_classes([AllowAny])
@content_negotiation_class(ByAddress)
def sheet(request: Request, slug: str, form: str) -> HttpResponse:
    """A pattern's sheet or a framework's, as `md` or `pdf`."""
    queried(request, PaperQuery)
    return _file(request, found.for_everybody(slug), form)


@extend_schema(responses=_FILE)
@query(CasePaperQuery)
@api_view(["GET"])
@permission_classes([AllowAny])
@content_negotiation_class(ByAddress)
def case_sheet(request: Request, slug: str, form: str) -> HttpResponse:
    """A case's sheet as its candidate may have it, as `md` or `pdf`."""
    queried(request, CasePaperQuery)
    return _file(request, found.of_case(request.user, slug, Wish.of(request.query_params)), form)


@extend_schema(responses=_FILE)
@query(PaperQuery)
@never_cache
@api_view(["GET"])
@content_negotiation_class(ByAddress)
def session_sheet(request: Request, pk: UUID, form: str) -> HttpResponse:
    """The whole sheet of the case, after the end of your own session."""
    queried(request, PaperQuery)
    now = server_time.now()
    sessions.close_if_over(pk=access.seat_in(request.user, pk).session_id, now=now)
    seat = access.seat_in(request.user, pk)
    sheet = found.of_session(seat)
    readings.guide(seat, now=now)
    return _file(request, sheet, form)


def _file(request: Request, made: Sheet, form: str) -> HttpResponse:
    by = request.user.pk or request.META.get("REMOTE_ADDR", "")
    paper = Wish.of(request.query_params).paper
    file = printing.as_file(sheet=made, form=form, paper=paper, by=by, now=timezone.now())
    return HttpResponse(file.content, headers=file.headers)


def _entry(request: Request, route: str, slug: str, title: str) -> dict[str, Any]:
    def address(form: str) -> str:
        return request.build_absolute_uri(reverse(f"interviews:{route}", args=[slug, form]))

    return {"slug": slug, "title": title, "markdown": address("md"), "pdf": address("pdf")}
