"""Which sheet is meant, and whether it is for this person. Pages and REST ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from casebank import frameworks, sheets
from casebank.access import case_for
from interviews.models import Seat
from interviews.queries.full_sheet import guide_for
from interviews.sheets.candidate import candidate_sheet
from interviews.sheets.frameworks import framework_sheet
from interviews.sheets.full import full_sheet
from interviews.sheets.general import general
from interviews.sheets.pdf import Paper
from interviews.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Wish:
    """What of an address decides how a sheet looks."""

    paper: Paper
    framework: frameworks.Framework

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wish:
        """The paper (A4 unless it is Letter) and the framework; what nobody knows is the default."""
        paper: Paper = "letter" if given.get("paper") == "letter" else "a4"
        found = frameworks.load().get(given.get("framework", ""))
        return cls(paper, found or frameworks.default())


def for_everybody(slug: str) -> Sheet:
    """A pattern's sheet or a framework's."""
    if slug in sheets.load():
        return general(slug)
    if slug in frameworks.load():
        return framework_sheet(frameworks.load()[slug])
    raise Http404("There is no such sheet.")


def of_case(user: AbstractBaseUser | AnonymousUser, slug: str, wish: Wish) -> Sheet:
    """A case's sheet for everybody who may see the case: its candidate's half alone."""
    return candidate_sheet(case_for(user, slug), wish.framework)


def of_session(seat: Seat) -> Sheet:
    """The sheet with the guide's content, for who sat in the session, after its end."""
    guide = guide_for(seat)
    if guide is None:
        raise PermissionDenied(
            "This sheet holds the interviewer's guide. It opens when the session has run and ended, and while "
            "no other session is waiting in which you are asked the same case."
        )
    return full_sheet(seat.session.case_version, guide)
