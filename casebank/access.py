"""The doors to the case bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.module_loading import import_string

from casebank import audit
from casebank.models import Case, CaseVersion, Draft, Guide
from casebank.queries import retired_by, visible_to

Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person who sees a version may do with it besides."""

    owns: bool
    reads_guide: bool


def case_for(user: AbstractBaseUser | AnonymousUser, slug: str) -> CaseVersion:
    """The newest version of a case that this user may see; a hidden and a missing one look the same."""
    version = visible_to(user).filter(case__slug=slug).first()
    if version is None:
        raise Http404("There is no such case.")
    return version


def guide_of(version: CaseVersion) -> dict[str, Any]:
    """The interviewer's half of a version. Whoever calls this answers for who will read it."""
    guide = Guide.objects.filter(version=version).first()
    return guide.body if guide else {}


def version_for(user: Person, slug: str, number: int) -> CaseVersion:
    """One version, old or new, of a case that this user may see; 404 as for a missing one."""
    newest = case_for(user, slug)
    version = CaseVersion.objects.select_related("case").filter(case=newest.case, number=number).first()
    if version is None:
        raise Http404("There is no such version.")
    return version


def own_case(user: Person, slug: str) -> Case:
    """A case of this user's own; 403 to whoever only sees it, 404 to whoever does not."""
    case = case_for(user, slug).case
    if case.owner_id is None:
        raise PermissionDenied(
            "This is one of the project's own cases, which are changed in their files alone (docs/content.md), by "
            "admins too. Fork it to write a version of your own."
        )
    if not user.is_authenticated or case.owner_id != user.pk:
        raise PermissionDenied("Only the owner of a case may do this.")
    return case


def retired_case(user: Person, slug: str) -> Case:
    """A case that this user has taken out of the bank; any other looks like a missing one."""
    version = retired_by(user).filter(case__slug=slug).first() if user.is_authenticated else None
    if version is None:
        raise Http404("There is no such case.")
    return version.case


def draft_for(user: Person, pk: UUID) -> Draft:
    """A draft of this user's own; a missing one and somebody else's look the same."""
    mine = Draft.objects.select_related("case", "base__case").filter(pk=pk, owner_id=user.pk)
    draft = mine.first() if user.is_authenticated else None
    if draft is None:
        raise Http404("There is no such draft, or it is not yours.")
    return draft


def rights(user: Person, version: CaseVersion) -> Rights:
    """What this user may do with a version that they see (docs/adr/0009)."""
    owns = user.is_authenticated and version.case.owner_id == user.pk
    return Rights(owns, owns or (user.is_authenticated and _has_conducted(user, version)))


def guide_for(user: Person, version: CaseVersion) -> dict[str, Any]:
    """The guide to a version, outside of a session, which is recorded (docs/adr/0038); 403 unless this user owns it or
    has conducted it."""
    if not rights(user, version).reads_guide:
        raise PermissionDenied("The guide is for whoever wrote this case, or has held an interview with it.")
    audit.tell_reading(version, by=user.pk)
    return guide_of(version)


def _has_conducted(user: Person, version: CaseVersion) -> bool:
    """Who has held which interview is known to the layer above, which the site names; unnamed, nobody has."""
    rule = settings.CASE_CONDUCTED and import_string(settings.CASE_CONDUCTED)
    return bool(rule) and cast(Callable[..., bool], rule)(user_id=user.pk, version_id=version.pk)
