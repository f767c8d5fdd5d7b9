"""The versions of a case, as one person may see them: listed, compared, and carried away. Pages and REST ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from casebank import access, audit, files, slugs
from casebank.access import Person, Rights
from casebank.diff import Line, diff
from casebank.errors import Refused
from casebank.forms import Comparison
from casebank.models import CaseVersion


@dataclass(frozen=True, slots=True)
class Past:
    """One version, and what this person may do with it."""

    version: CaseVersion
    rights: Rights


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed from version `old` to `new`; `whole` says whether the guide was compared too."""

    old: int
    new: int
    whole: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Export:
    """A case as one file; `name` is without its ending."""

    name: str
    text: str


def versions_of(user: Person, slug: str) -> list[Past]:
    """Every version of a case that this user sees, the newest first."""
    case = access.case_for(user, slug).case
    versions = case.versions.select_related("case").defer("prompt", "search").order_by("-number")
    return [Past(one, access.rights(user, one)) for one in versions]


def compared(user: Person, slug: str, given: Mapping[str, str]) -> Compared:
    """What changed between the versions that an address names as `old` and `new`. The owner sees all of it, everybody
    else only what changed for candidates."""
    access.case_for(user, slug)
    form = Comparison(given)
    if not form.is_valid():
        raise Refused("no_such_version", "Choose two versions to compare.", status=400)
    old, new = (access.version_for(user, slug, form.cleaned_data[key]) for key in ("old", "new"))
    owns = access.rights(user, new).owns
    if owns:
        before, after = (files.whole(one, access.guide_for(user, one)) for one in (old, new))
    else:
        before, after = files.candidate_text(old), files.candidate_text(new)
    try:
        return Compared(old.number, new.number, owns, diff(before, after))
    except ValueError as error:
        raise Refused("too_long", "These versions have too many lines to compare.", status=422) from error


def export(user: Person, slug: str, number: int, *, root: str) -> Export:
    """A version with its guide as one file; 403 to whoever may not read the guide. `root` is this site's address, where
    an editor finds the schema."""
    version = access.version_for(user, slug, number)
    schema_url = root + reverse("casebank:schema", args=["one-file"])
    text = files.whole(version, access.guide_for(user, version), schema_url=schema_url)
    audit.tell("case.exported", version, by=user.pk)
    return Export(f"{slugs.wish(version.case)}-v{version.number}", text)
