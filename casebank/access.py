"""The doors to the case bank."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from casebank.models import CaseVersion, Guide
from casebank.queries import visible_to


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
