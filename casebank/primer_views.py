"""The primer's pages: public, and the same for everybody but for the cases that they name."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casebank import checklist, primer


@require_safe
def card_list(request: HttpRequest) -> HttpResponse:
    """All cards, by step."""
    return render(request, "casebank/primer.html", {"groups": primer.groups(), "total": len(primer.load())})


@require_safe
def card_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One card, with the cards beside it and the cases that it helps with."""
    cards = primer.load()
    card = cards.get(slug)
    if card is None:
        raise Http404("There is no such card.")
    order = list(cards.values())
    place = order.index(card)
    texts = checklist.texts()
    context = {
        "card": card,
        "group": next(group for group in primer.groups() if group.id == card.group),
        "items": [texts[item] for item in card.items],
        "see": [cards[other] for other in card.see],
        "cases": primer.cases_of(card, request.user),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
    return render(request, "casebank/primer_card.html", context)
