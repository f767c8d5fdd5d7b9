"""The schema, and the page that shows it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mlsd_site.api.reference import sections
from mlsd_site.api.schema import ROLES, schema_for


@require_safe
def schema(request: HttpRequest, role: str) -> HttpResponse:
    """The OpenAPI document for a role: the candidate's to everybody, the interviewer's to who is logged in, the
    admin's to admins."""
    return JsonResponse(schema_for(_role(request, role)), content_type="application/vnd.oai.openapi+json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same, to read; with ?role= for another role than the candidate."""
    role = _role(request, request.GET.get("role", ROLES[0]))
    page: dict[str, Any] = {"sections": sections(schema_for(role)), "role": role, "roles": _open_to(request)}
    return render(request, "api/docs.html", page)


def _open_to(request: HttpRequest) -> tuple[str, ...]:
    if not request.user.is_authenticated:
        return ROLES[:1]
    return ROLES if getattr(request.user, "is_staff", False) else ROLES[:2]


def _role(request: HttpRequest, role: str) -> str:
    if role not in ROLES:
        raise Http404
    if role not in _open_to(request):
        raise PermissionDenied("This schema is for others.")
    return role
