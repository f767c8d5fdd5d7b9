"""The primer: short cards for whoever is new to the basics, read once from content/primer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString, mark_safe

from casebank import frameworks, queries
from casebank.checklist import CONTENT
from casebank.markup import render
from casebank.models import CaseVersion
from casebank.schema.models import Quantity, Step
from casebank.schema.primer import CardContent, read_primer

FOLDER = CONTENT / "primer"
CARDS_OF_A_CASE = 8
CASES_OF_A_CARD = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One card, ready to be shown. `see` and `items` are slugs and ids, which exist."""

    slug: str
    title: str
    group: str
    summary: str
    also: tuple[str, ...]
    items: tuple[str, ...]
    see: tuple[str, ...]
    kinds: frozenset[str]
    tags: frozenset[str]
    body: SafeString
    listen_for: SafeString
    picture: SafeString
    worked: tuple[Quantity, ...]

    @property
    def searched(self) -> str:
        """What the search looks through, in lower case."""
        return " ".join((self.title, self.summary, *self.also, *sorted(self.tags))).lower()

    def fits(self, kind: str, tags: list[str]) -> int:
        """How much this card says about a case of that kind with those tags; 0 for nothing in particular."""
        return 2 * len(self.tags & {tag.casefold() for tag in tags}) + (kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one step."""

    id: str
    name: str
    cards: tuple[Card, ...]


@cache
def load() -> dict[str, Card]:
    """Every card by slug, in the order of the steps and then of titles; ValueError if one is faulty."""
    cards, faults = read_primer(FOLDER)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    order = [*get_args(Step), "language-models"]
    made = sorted(
        map(_card, cards.values()), key=lambda card: (order.index(card.group), card.title.casefold())
    )
    return {card.slug: card for card in made}


@cache
def groups() -> tuple[Group, ...]:
    """The cards by step, in the default framework's order and words; language models come last."""
    named = [(step.id, step.name) for step in frameworks.default().steps]
    made = [
        Group(id, name, tuple(card for card in load().values() if card.group == id))
        for id, name in [*named, ("language-models", "Language models")]
    ]
    return tuple(group for group in made if group.cards)


@cache
def of_item(item: str) -> tuple[Card, ...]:
    """The cards that help with an item of the checklist, those first that name it first."""
    found = [card for card in load().values() if item in card.items]
    return tuple(sorted(found, key=lambda card: card.items.index(item)))


def of_case(kind: str, tags: list[str]) -> list[Card]:
    """The cards nearest to a case, best first. Told by what everybody may see of it, never by its guide."""
    nearest = sorted(load().values(), key=lambda card: -card.fits(kind, tags))
    return [card for card in nearest if card.fits(kind, tags)][:CARDS_OF_A_CASE]


def find(*, words: str = "", group: str = "") -> list[Card]:
    """The cards of a group that hold every word, in any case and order: the rule of the page's search, which has it in
    the browser (static/src/page/filter.ts). Empty is anything."""
    wanted = words.lower().split()
    return [
        card
        for card in load().values()
        if group in ("", card.group) and all(word in card.searched for word in wanted)
    ]


def cases_of(card: Card, user: AbstractBaseUser | AnonymousUser) -> list[CaseVersion]:
    """The cases that a card helps with most, of those that this user may see."""
    visible = queries.visible_to(user).only("case__slug", "title", "kind", "tags")
    fitting = [(card.fits(version.kind, version.tags), version) for version in visible]
    fitting.sort(key=lambda fit: -fit[0])
    return [version for fit, version in fitting[:CASES_OF_A_CARD] if fit]


def figure(value: float) -> str:
    """A number with the digits that its author gave it, and thousands apart."""
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def spell(formula: str) -> str:
    """A formula as people write it: × for *, and thousands apart."""
    grouped = re.sub(r"(?<![\w.])\d{5,}(?![\w.])", lambda number: f"{int(number[0]):,}", formula)
    return re.sub(r"\s*\*\s*", " × ", grouped).replace(" - ", " − ")


def _card(content: CardContent) -> Card:
    card = content.card
    return Card(
        slug=content.slug,
        title=card.title,
        group=card.group,
        summary=card.summary,
        also=tuple(card.also),
        items=tuple(card.items),
        see=tuple(card.see),
        kinds=frozenset(card.kinds),
        tags=frozenset(tag.casefold() for tag in card.tags),
        body=render(card.body.replace(" %", "\u00a0%")),
        listen_for=render(card.listen_for),
        picture=mark_safe(content.picture),  # shapes and words only: casebank.schema.picture
        worked=tuple(card.worked),
    )
