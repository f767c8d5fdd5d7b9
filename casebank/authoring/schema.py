"""The published JSON Schema of the case files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from casebank.schema import jsonschema


@cache_control(public=True, max_age=3600)
@require_safe
def show(request: HttpRequest, name: str) -> JsonResponse:
    """One of the schemas, for everybody: it says how cases are written, and nothing of any case."""
    if name not in jsonschema.MODELS:
        raise Http404("There is no such schema.")
    return JsonResponse(jsonschema.schema(name), content_type="application/schema+json")
