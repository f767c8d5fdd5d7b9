"""The audit log as one person may read it: what they did, and what others did that concerns them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.urls import reverse

from casebank.models import CaseVersion
from interviews.audit.verbs import UNNAMED, Kind, Verb
from interviews.models import AuditEntry, Group, Seat, State

PAGE = 50
# Further back nobody leafs; the file with all of one's data has the rest.
PAGES = 200
Whose = Literal["all", "others", "mine"]
LEFT = "Somebody who left"
SOMEBODY = "Somebody"
# A title, and the address that it leads to ("" for none).
Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words: `who` ("You", a name, "Somebody") `did` it, to `what` (a title; "" where none is
    told), which `href` leads to where this person may go. `network` is told of what protects the account alone."""

    at: datetime
    who: str
    did: str
    what: str = ""
    href: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The newest first; `number` counts from 1, and `more` says whether a next one is there."""

    lines: tuple[Line, ...]
    number: int
    more: bool


def page_of(user: AbstractBaseUser, *, whose: Whose, number: int) -> Page:
    """One page of what concerns this person; a number outside of 1 to PAGES is the nearest of these."""
    number = min(max(number, 1), PAGES)
    start = (number - 1) * PAGE
    rows = list(_rows(user, whose)[start : start + PAGE + 1])
    return Page(tuple(_lines(user, rows[:PAGE])), number, len(rows) > PAGE and number < PAGES)


def all_of(user: AbstractBaseUser) -> list[dict[str, Any]]:
    """Everything that concerns this person, the newest first, as plain rows for their archive."""
    rows = list(_rows(user, "all"))
    return [
        {"at": one.at, "who": one.who, "did": one.did, "what": one.what, "network": one.network}
        for one in _lines(user, rows)
    ]


def _rows(user: AbstractBaseUser, whose: Whose) -> QuerySet[AuditEntry]:
    mine = Q(actor=user.pk)
    others = Q(subject=user.pk) & (Q(actor=None) | ~mine)
    chosen = {"all": mine | others, "others": others, "mine": mine}[whose]
    return AuditEntry.objects.filter(chosen).order_by("-at", "-pk")


def _lines(user: AbstractBaseUser, rows: list[AuditEntry]) -> Iterator[Line]:
    names = _names(rows)
    things = _things(user, rows)
    for row in rows:
        verb = Verb(row.verb)
        what, href = things.get((row.kind, row.object), ("", ""))
        yield Line(row.at, _who(user, row, verb, names), str(verb.label), what, href, row.network)


def _who(user: AbstractBaseUser, row: AuditEntry, verb: Verb, names: dict[int, str]) -> str:
    if row.actor == user.pk:
        return "You"
    if verb in UNNAMED:
        return UNNAMED[verb]
    return SOMEBODY if row.actor is None else names.get(row.actor, LEFT)


def _names(rows: list[AuditEntry]) -> dict[int, str]:
    there = get_user_model()._default_manager.filter(pk__in={row.actor for row in rows}, deleted_at=None)
    return {one.pk: str(one) for one in there}


def _things(user: AbstractBaseUser, rows: list[AuditEntry]) -> dict[tuple[str, str], Thing]:
    """{(kind, id): title and address} of what is still there and known to this person."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row.kind, []).append(row.object)
    return {
        (kind, id): thing
        for kind, find in _FINDERS.items()
        if kind in ids
        for id, thing in find(user, ids[kind])
    }


def _sessions(user: AbstractBaseUser, ids: list[str]) -> Iterator[tuple[str, Thing]]:
    """Those that have ended: before, a group's candidate is told the case in the room alone."""
    held = Seat.objects.filter(user_id=user.pk, left_at=None, session__state=State.ENDED)
    titles = held.filter(session__in=list(map(UUID, ids))).values_list(
        "session", "session__case_version__title"
    )
    for pk, title in titles:
        yield str(pk), (title, reverse("interviews:report", args=[pk]))


def _versions(user: AbstractBaseUser, ids: list[str]) -> Iterator[tuple[str, Thing]]:
    """Whoever has such a row has read the guide, or owns it."""
    for pk, title in CaseVersion.objects.filter(pk__in=ids).values_list("pk", "title"):
        yield str(pk), (title, "")


def _cases(user: AbstractBaseUser, ids: list[str]) -> Iterator[tuple[str, Thing]]:
    """One's own, by their newest titles."""
    own = CaseVersion.objects.filter(case__in=list(map(int, ids)), case__owner=user.pk).order_by("number")
    for pk, title in own.values_list("case", "title"):
        yield str(pk), (title, "")


def _groups(user: AbstractBaseUser, ids: list[str]) -> Iterator[tuple[str, Thing]]:
    mine = Group.objects.filter(memberships__user_id=user.pk, memberships__left_at=None)
    for pk, name in mine.filter(pk__in=ids).values_list("pk", "name"):
        yield str(pk), (name, reverse("interviews:group", args=[pk]))


_FINDERS: dict[str, Callable[[AbstractBaseUser, list[str]], Iterator[tuple[str, Thing]]]] = {
    Kind.SESSION: _sessions,
    Kind.VERSION: _versions,
    Kind.CASE: _cases,
    Kind.GROUP: _groups,
}
