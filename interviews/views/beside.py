"""A design beside the reference solution: a page of its own, which who was asked the case opens by choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.audit import readings
from interviews.models import State
from interviews.queries.depth.beside import Beside, beside
from interviews.queries.depth.chain import chain_of
from interviews.queries.depth.gains import gains_of
from interviews.queries.report import Report, report
from interviews.rules.chain import LINKS
from interviews.views import reading
from interviews.views.depth import LinkShown, changes_of, links_of, quotes_by_item
from interviews.views.door import enter
from interviews.views.reading import Quote
from interviews.views.request import UserRequest
from whiteboard.render import svg


@dataclass(frozen=True, slots=True)
class Row:
    """A link of the objective chain: what was handed in (None before there is a sheet), and what the reference says."""

    name: str
    own: LinkShown | None
    reference: str


@login_required
@never_cache
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """Board beside board, chain beside chain, the alternatives. Who has yet to rate themselves does that first."""
    now = timezone.now()
    seat = enter(request, pk, now)
    if seat.session.state != State.ENDED:
        return redirect("interviews:room", pk)
    found = report(seat, now=now)
    if found.rate_first or found.submission is None:
        return redirect("interviews:report", pk)
    compared = beside(seat)
    if compared is None:
        raise PermissionDenied(
            "This page holds the interviewer's guide. It opens when no other session is waiting in which you are "
            "asked the same case."
        )
    readings.guide(seat, now=now)
    # Quotations stand on the report, so they lead there.
    quotes = quotes_by_item(reading.steps_of(found, recorded=False, disputes={}, disputable={}))
    changes = changes_of(gains_of(found), quotes)
    context = {
        "session": seat.session,
        "case": seat.session.case_version,
        "seat": seat,
        "found": compared,
        "comparison": compared.comparison,
        # render escapes all that it writes
        "drawn": mark_safe(svg(compared.drawn, title="As handed in")) if compared.drawn else "",
        "reference": mark_safe(
            svg(compared.reference, title="The reference solution", marked=compared.marked)
        )
        if compared.reference
        else "",
        "rows": _rows(found, compared, quotes),
        "anchors": [(one, note) for one in changes if (note := compared.anchors.get(one.change.item.id))],
    }
    return render(request, "interviews/report/reference.html", context)


def _rows(found: Report, compared: Beside, quotes: Mapping[str, Quote]) -> list[Row]:
    own = {one.link.key: one for one in links_of(chain_of(found), quotes)}
    return [Row(name, own.get(key), compared.chain[key]) for key, name, _ in LINKS if key in compared.chain]
