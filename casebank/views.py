"""The case bank's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from casebank import access, checklist, frameworks, primer, queries
from casebank.markup import render as markdown
from casebank.models import CaseVersion


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """All cases, filtered; the same address gives the page, and the list alone to htmx."""
    given = {
        key: request.GET.get(key, "")[:100].replace("\x00", "") for key in ("words", "tag", "level", "kind")
    }
    context = {
        "versions": queries.find(request.user, queries.Filter(**given)),
        "wanted": given,
        "choices": queries.choices(request.user),
        "filtered": any(given.values()),
    }
    htmx = getattr(request, "htmx", False)
    response = render(request, "casebank/rows.html" if htmx else "casebank/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def case_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One case as its candidate may see it before the interview."""
    version = access.case_for(request.user, slug)
    context = {**detail_context(version), "rights": access.rights(request.user, version)}
    return render(request, "casebank/detail.html", context)


def detail_context(version: CaseVersion) -> dict[str, Any]:
    """What casebank/detail.html shows of a version: the candidate's half."""
    texts = {item.id: item.text for item in checklist.load().items}
    default = frameworks.default()
    return {
        "version": version,
        "prompt": markdown(version.prompt),
        "frameworks": frameworks.load().values(),
        "cards": primer.of_case(version.kind, version.tags),
        "assessed": [(step.name, [texts[item] for item in step.items]) for step in default.steps],
    }
