"""Which cases a person knows, and how they came to."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value

from casebank.models import Case, CaseVersion, SeenCase
from casebank.queries import visible_to

# What a list of cases has no use for, and what is long.
LONG = ("prompt", "search", "starter")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of cases: `done` as a candidate, and `seen` in any way, which includes the done and the written."""

    done: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Bank:
    """The cases that a person may see, by title and without their LONG columns, and which of them they know."""

    versions: tuple[CaseVersion, ...]
    known: Known


def bank_of(user: AbstractBaseUser | AnonymousUser) -> Bank:
    """In two queries."""
    return Bank(tuple(visible_to(user).defer(*LONG)), known_to(user))


def known_to(user: AbstractBaseUser | AnonymousUser) -> Known:
    """What this person has done and seen; nothing for a stranger."""
    if not user.is_authenticated:
        return Known()
    written = Case.objects.filter(owner_id=user.pk).values_list("pk", Value("author"))
    rows = list(
        SeenCase.objects.filter(user_id=user.pk).values_list("case_id", "how").union(written, all=True)
    )
    return Known(
        done=frozenset(case for case, how in rows if how == SeenCase.How.CANDIDATE),
        seen=frozenset(case for case, _ in rows),
    )


def ways_of(user: AbstractBaseUser, case: Case) -> frozenset[str]:
    """How this person knows this case: values of SeenCase.How, and "author" for its own; empty if not at all."""
    ways = frozenset(SeenCase.objects.filter(user_id=user.pk, case=case).values_list("how", flat=True))
    return ways | {"author"} if case.owner_id == user.pk else ways
