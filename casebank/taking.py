"""Taking many cases along, as an archive that `bringing` takes. Pages, REST and commands ask here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO, Any

from django.contrib.auth.base_user import AbstractBaseUser

from casebank import access, files, slugs
from casebank.errors import Refused
from casebank.models import CaseVersion, Guide
from casebank.queries import own_versions
from casebank.schema import bundle, onefile
from casebank.spooled import spooled

Packed = tuple[str, list[CaseVersion]]


def own(user: AbstractBaseUser, wanted: Collection[str] = ()) -> IO[bytes]:
    """An archive of this person's cases, each with all its versions; or of those in `wanted`, by their addresses. Of a
    case that is not theirs the newest version comes, if they may read its guide.

    Raises Http404 and PermissionDenied as for one of them, and Refused where it would be empty or too large.
    """
    if not wanted:
        return _packed(_by_case(own_versions(user)))
    theirs = []
    for slug in dict.fromkeys(wanted):
        newest = access.case_for(user, slug)
        access.guide_for(user, newest)
        owns = access.rights(user, newest).owns
        theirs.append((newest, list(own_versions(user).filter(case=newest.case)) if owns else [newest]))
    return _packed([(slugs.wish(newest.case), versions) for newest, versions in theirs])


def projects(wanted: Collection[str] = ()) -> IO[bytes]:
    """The same of the project's own cases, for whoever holds the server."""
    found = own_versions(None)
    return _packed(_by_case(found.filter(case__slug__in=wanted) if wanted else found))


def _by_case(versions: Any) -> list[Packed]:
    held: dict[str, list[CaseVersion]] = {}
    for version in versions:
        held.setdefault(version.case.slug, []).append(version)
    return [(slugs.wish(one[0].case), one) for one in held.values()]


def _packed(cases: list[Packed]) -> IO[bytes]:
    """Two cases of one name are told apart by a number behind it."""
    count = sum(len(versions) for _, versions in cases)
    if not cases:
        raise Refused("no_cases", "There are no cases to take along.", status=404)
    if count > bundle.MOST:
        raise Refused(
            "too_many_versions",
            f"These are {count} versions; an archive holds at most {bundle.MOST}. Choose fewer cases.",
            status=422,
        )
    return spooled(lambda file: bundle.write(file, _named(cases)))


def _named(cases: list[Packed]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    given: set[str] = set()
    for wish, versions in cases:
        name, more = wish, 1
        while name in given:
            more += 1
            name = f"{wish[: onefile.MAX_SLUG - 4]}-{more}"
        given.add(name)
        guides = dict(Guide.objects.filter(version__in=versions).values_list("version_id", "body"))
        yield (
            name,
            [onefile.parts_from(files.candidate_half(one), guides.get(one.pk, {})) for one in versions],
        )
