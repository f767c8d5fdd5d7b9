"""The case bank's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from casebank import access, checklist, frameworks, primer
from casebank.browse import Wanted, browse
from casebank.markup import render as markdown
from casebank.models import CaseVersion
from casebank.seen import known_to


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The bank, searched and filtered. htmx gets what changes: the list and its facets, or a next page's rows."""
    shelf = browse(request.user, Wanted.of(request.GET))
    htmx = getattr(request, "htmx", None)
    fragment = htmx and not htmx.history_restore_request
    more = fragment and shelf.wanted.page > 1
    template = "rows" if more else "found" if fragment else "list"
    page = {
        "shelf": shelf,
        "wanted": shelf.wanted,
        "weakest_first": shelf.wanted.address(sort="weakest", page=""),
        "more": more,
        "fragment": fragment,
    }
    response = render(request, f"casebank/{template}.html", page)
    if fragment and not more:
        response["HX-Replace-Url"] = request.path + shelf.wanted.address()
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def case_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One case as its candidate may see it before the interview."""
    version = access.case_for(request.user, slug)
    known = known_to(request.user)
    context = {
        **detail_context(version),
        "rights": access.rights(request.user, version),
        "done": version.case_id in known.done,
        "seen": version.case_id in known.seen,
    }
    return render(request, "casebank/detail.html", context)


def detail_context(version: CaseVersion) -> dict[str, Any]:
    """What casebank/detail.html shows of a version: the candidate's half."""
    texts = checklist.texts()
    default = frameworks.default()
    return {
        "version": version,
        "prompt": markdown(version.prompt),
        "frameworks": frameworks.load().values(),
        "cards": primer.of_case(version.kind, version.tags),
        "assessed": [(step.name, [texts[item] for item in step.items]) for step in default.steps],
    }
