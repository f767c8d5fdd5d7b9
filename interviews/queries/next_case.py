"""The case that a pair is given when nobody picks one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.base_user import AbstractBaseUser

from casebank.models import Case, CaseVersion, SeenCase
from casebank.queries import visible_to
from casebank.training import trains
from interviews.models import Role, Seat, State
from interviews.queries.weakest import weakest_step_of
from interviews.rules import next_case

NONE_LEFT = (
    "Every case here is known to {name} already, as candidate, interviewer or reader of its guide. "
    "A case that somebody else writes, or shares with both of you, can be asked at once."
)


def case_for(
    candidate: AbstractBaseUser, others: Iterable[AbstractBaseUser], level: str
) -> CaseVersion | None:
    """The newest version of the case to ask this candidate at this level (mid, senior, staff), among those that
    everybody here may see. Never one that the candidate knows in any way, or is about to be asked elsewhere; None where
    none is left, which `NONE_LEFT` says in words."""
    versions = {version.case.slug: version for version in _seen_by_all([candidate, *others])}
    ways = _ways(candidate, [version.case_id for version in versions.values()])
    weakest = weakest_step_of(candidate)
    slug = next_case.choose(
        (
            next_case.Option(
                slug=slug,
                level=version.level,
                ways=frozenset(ways.get(version.case_id, ())),
                trains=weakest is not None and any(trains(weakest.step, tag) for tag in version.tags),
            )
            for slug, version in versions.items()
        ),
        level=level,
        person=candidate.pk,
    )
    return versions[slug] if slug else None


def _seen_by_all(people: Iterable[AbstractBaseUser]) -> list[CaseVersion]:
    """The newest version of each case that is in everybody's bank."""
    first, *rest = people
    found = list(visible_to(first).defer("prompt", "search"))
    for person in rest:
        theirs = set(visible_to(person).values_list("pk", flat=True))
        found = [version for version in found if version.pk in theirs]
    return found


def _ways(user: AbstractBaseUser, cases: Collection[int]) -> dict[int, set[str]]:
    """{case id: how this person knows it}; "awaits" where another session that has not ended will ask it."""
    ways: dict[int, set[str]] = {}
    seen = SeenCase.objects.filter(user_id=user.pk, case__in=cases).values_list("case_id", "how")
    for case, how in seen:
        ways.setdefault(case, set()).add(how)
    for case in Case.objects.filter(owner_id=user.pk, pk__in=cases).values_list("pk", flat=True):
        ways.setdefault(case, set()).add("author")
    waiting = Seat.objects.filter(
        user_id=user.pk,
        role=Role.CANDIDATE,
        left_at=None,
        session__state__in=[State.LOBBY, State.LIVE],
        session__case_version__case__in=cases,
    )
    for case in waiting.values_list("session__case_version__case_id", flat=True):
        ways.setdefault(case, set()).add("awaits")
    return ways
