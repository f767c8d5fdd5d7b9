"""A page of the bank: searched, filtered, counted and sorted for one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from django.utils.module_loading import import_string

from casebank import words
from casebank.facets import Choice, Facets, Row, choose
from casebank.models import CaseVersion
from casebank.queries import visible_to
from casebank.seen import known_to
from casebank.training import WeakestStep, trains

PAGE = 24
SORTS = ("title", "newest", "weakest")
Person = AbstractBaseUser | AnonymousUser
# Only for what visible_to let through.
_FULL = CaseVersion.objects.select_related("case").defer("search", "prompt")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for. `sort` is one of SORTS, or empty: by how well the words fit, else by title."""

    words: str = ""
    choice: Choice = field(default_factory=Choice)
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wanted:
        """From an address's parameters; what makes no sense there is left out."""
        text = {
            key: given.get(key, "")[:100].replace("\x00", "") for key in ("words", "tag", "level", "kind")
        }
        sort, page = given.get("sort", ""), given.get("page", "")
        return cls(
            words=text.pop("words").strip(),
            choice=Choice(**text, undone=given.get("undone") == "1", unseen=given.get("unseen") == "1"),
            sort=sort if sort in SORTS else "",
            page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def filtered(self) -> bool:
        return bool(self.words) or self.choice != Choice()

    def address(self, **changed: str | int) -> str:
        """The parameters again, without the empty ones; "" or "?..."."""
        choice = self.choice
        given: dict[str, str | int] = {
            "words": self.words,
            "tag": choice.tag,
            "level": choice.level,
            "kind": choice.kind,
            "undone": "1" if choice.undone else "",
            "unseen": "1" if choice.unseen else "",
            "sort": self.sort,
            "page": self.page if self.page > 1 else "",
            **changed,
        }
        query = urlencode({key: value for key, value in given.items() if value})
        return f"?{query}" if query else ""


@dataclass(frozen=True, slots=True)
class Card:
    """A case in the list, and what this person has to do with it; `trains` are its tags that train the weakest
    step, where the list is sorted so."""

    version: CaseVersion
    done: bool
    seen: bool
    trains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of at most PAGE cards out of `total`. `weakest` is None for a stranger and before the first score."""

    wanted: Wanted
    cards: tuple[Card, ...]
    total: int
    facets: Facets
    weakest: WeakestStep | None

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / PAGE))

    @property
    def first(self) -> int:
        return (self.wanted.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1

    @property
    def next(self) -> str:
        """The next page's parameters; "" on the last."""
        page = self.wanted.page + 1
        return self.wanted.address(page=page) if page <= self.pages else ""

    @property
    def previous(self) -> str:
        """The previous page's parameters, "?" for a bare first page; "" on the first."""
        page = self.wanted.page - 1
        return self.wanted.address(page=page if page > 1 else "") or "?" if page else ""


def browse(user: Person, wanted: Wanted) -> Shelf:
    """The cases that this user may see and that fit; a page beyond the last is the last."""
    known, weakest = known_to(user), _weakest_step_of(user)
    found = _found(visible_to(user), wanted).values_list("pk", "case_id", "level", "kind", "tags")
    rows = [
        Row(pk, level, kind, tags, case in known.done, case in known.seen)
        for pk, case, level, kind, tags in found
    ]
    fitting, facets = choose(rows, wanted.choice)
    training: frozenset[str] = frozenset()
    if weakest and wanted.sort == "weakest":
        tags = {tag for row in fitting for tag in row.tags}
        training = frozenset(tag for tag in tags if trains(weakest.step, tag))
        fitting = sorted(fitting, key=lambda row: (row.done, -sum(tag in training for tag in row.tags)))
    page = min(wanted.page, max(1, ceil(len(fitting) / PAGE)))
    shown = fitting[(page - 1) * PAGE : page * PAGE]
    full = _FULL.in_bulk([row.pk for row in shown])
    cards = tuple(
        Card(full[row.pk], row.done, row.seen, tuple(tag for tag in row.tags if tag in training))
        for row in shown
        if row.pk in full  # it was there a query ago
    )
    return Shelf(replace(wanted, page=page), cards, len(fitting), facets, weakest)


def _found(versions: QuerySet[CaseVersion], wanted: Wanted) -> QuerySet[CaseVersion]:
    """Those with the words, sorted; the weakest step sorts what comes by title."""
    if wanted.words:
        asked = words.query(wanted.words)
        versions = versions.filter(search=asked)
        if not wanted.sort:
            return versions.order_by(SearchRank(F("search"), asked).desc(), "title", "pk")
    return versions.order_by(*(("-published_at", "-pk") if wanted.sort == "newest" else ("title", "pk")))


def _weakest_step_of(user: Person) -> WeakestStep | None:
    """Scores live above the case bank; the settings name who knows them."""
    if not user.is_authenticated:
        return None
    asked: Callable[[AbstractBaseUser], WeakestStep | None] = import_string(settings.CASEBANK_WEAKEST_STEP)
    return asked(user)
