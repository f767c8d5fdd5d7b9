"""A report as somebody with a link is shown it: without an account, and without a trace of who looks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from casebank import markup
from casebank.limits import Limit, spend
from interviews import access
from interviews.actions import shares
from interviews.audit import readings
from interviews.queries.report import report
from interviews.queries.shares import title_for_strangers
from interviews.rules.shares import NAME
from interviews.views.papers import shared_paper

# For each address, right and wrong links alike. A token cannot be guessed; this slows down who tries.
LOOKS = Limit("shared", 60, 60)
# Nobody's index, no copy, and no address told to whatever is linked from it.
_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
}


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The parts that were chosen; for any link that opens nothing the same page, whatever the reason."""
    now = timezone.now()
    spend(LOOKS, by=request.META.get("REMOTE_ADDR", ""), now=now)
    try:
        link, seat = access.shared_report(token, now)
    except Http404:
        return _page(request, "gone", {}, status=404)
    if request.method == "GET" and request.user.pk != link.by_id:
        shares.viewed(link=link)
        readings.link(link, now=now)
    found = report(seat, now=now)
    paper = shared_paper(
        seat,
        found,
        link.parts,
        title=title_for_strangers(seat.session),
        name=str(seat.user) if NAME in link.parts else "",
    )
    context = {
        "paper": paper,
        "board": mark_safe(paper.board),  # render escapes all that it writes
        "notes": [(note.name, _html(note.text)) for note in paper.notes],
        "expires_at": link.expires_at,
    }
    return _page(request, "shared", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, f"interviews/shares/{name}.html", context, status=status)
    for header, value in _HEADERS.items():
        response[header] = value
    return response


def _html(text: str) -> SafeString:
    """A note, its pictures by their words: only who sits in the session may open them."""
    return markup.render(text, breaks=True, top=4)
