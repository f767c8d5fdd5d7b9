"""The case that a pair is given when nobody picks one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from casebank.models import CaseVersion
from casebank.queries import visible_to
from casebank.seen import Bank, bank_of
from casebank.training import WeakestStep, trains
from interviews.queries.seen import awaited_cases
from interviews.queries.weakest import weakest_step_of
from interviews.rules import next_case

NONE_LEFT = (
    "Every case here is known to {name} already, as candidate, interviewer or reader of its guide. "
    "A case that somebody else writes, or shares with both of you, can be asked at once."
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The case to ask. `weakest` is the candidate's weakest step, None before the first score; `trains` says whether
    the case trains it."""

    version: CaseVersion
    weakest: WeakestStep | None
    trains: bool


def case_for(
    candidate: AbstractBaseUser,
    others: Iterable[AbstractBaseUser],
    level: str,
    *,
    besides: CaseVersion | None = None,
) -> CaseVersion | None:
    """As `suggestion_for`, the case alone."""
    found = suggestion_for(
        candidate, bank_of(candidate), weakest_step_of(candidate), others, level, besides=besides
    )
    return found.version if found else None


def suggestion_for(
    candidate: AbstractBaseUser,
    bank: Bank,
    weakest: WeakestStep | None,
    others: Iterable[AbstractBaseUser],
    level: str,
    *,
    besides: CaseVersion | None = None,
) -> Suggestion | None:
    """The newest version of the case to ask this candidate, of this bank and with this weakest step, at this level
    (mid, senior, staff), among those that everybody here may see. Never one that the candidate knows in any way, or
    that one of them is about to be asked elsewhere, or that of `besides`; None where none is left, which `NONE_LEFT`
    says in words."""
    others = list(others)
    versions = {version.case.slug: version for version in _seen_by_all(bank.versions, others)}
    awaited = awaited_cases([candidate.pk, *(one.pk for one in others)])
    # Who interviews on a case would read the guide of what they are still to be asked.
    known = set(bank.known.seen).union(*awaited.values(), {besides.case_id} if besides else ())
    slug = next_case.choose(
        (
            next_case.Option(
                slug=slug,
                level=version.level,
                known=version.case_id in known,
                trains=_trains(weakest, version),
            )
            for slug, version in versions.items()
        ),
        level=level,
        person=candidate.pk,
    )
    return Suggestion(versions[slug], weakest, _trains(weakest, versions[slug])) if slug else None


def _trains(weakest: WeakestStep | None, version: CaseVersion) -> bool:
    return weakest is not None and any(trains(weakest.step, tag) for tag in version.tags)


def _seen_by_all(
    versions: Sequence[CaseVersion], people: Iterable[AbstractBaseUser]
) -> Sequence[CaseVersion]:
    """Those of these versions that are in everybody's bank."""
    for person in people:
        theirs = set(visible_to(person).values_list("pk", flat=True))
        versions = [version for version in versions if version.pk in theirs]
    return versions
