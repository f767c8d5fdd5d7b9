"""Bringing many cases in at once: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank import slugs
from casebank.actions.publish import Outcome, publish
from casebank.errors import Refused
from casebank.models import Case, CaseVersion
from casebank.schema import Content, Fault, Faulty, bundle
from casebank.schema.bundle import Bundled

MAX_CASES = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a case, or would: `name` is what the archive calls it, `version` is the newest one here now."""

    name: str
    outcome: Outcome
    version: CaseVersion


@transaction.atomic
def bring(
    cases: Sequence[Bundled], *, owner: AbstractBaseUser | None = None, dry: bool = False
) -> list[Brought]:
    """Publish cases as this person's private ones, or as the project's own where nobody is named.

    A case that is new here comes with all its versions. One that is here gets what the archive says now as its next
    version, or nothing where it says that already; no version ever changes. With `dry` nothing is kept. Doing it again
    changes nothing. Raises Faulty, with every reason, or Refused: too_many_cases.
    """
    if owner is not None:  # two imports at once would each find the case new
        get_user_model().objects.select_for_update(no_key=True).get(pk=owner.pk)
    faults: list[Fault] = []
    bank = _Bank(owner)
    found = [bank.like(one, faults) for one in cases]
    if faults:
        raise Faulty(faults)
    if owner is not None and bank.count + found.count(None) > MAX_CASES:
        raise Refused(
            "too_many_cases",
            f"You would have more than {MAX_CASES} cases. Nothing was changed; bring fewer.",
        )
    brought = [_bring(one, case, owner) for one, case in zip(cases, found, strict=True)]
    if dry:
        transaction.set_rollback(True)
    return brought


def bring_archive(*, file: IO[bytes], name: str, owner: AbstractBaseUser, dry: bool) -> list[Brought]:
    """`bring` what an archive holds that faults call `name`; Faulty where it cannot be read."""
    cases, faults = bundle.read(file, name=name)
    if faults:
        raise Faulty(faults)
    return bring(cases, owner=owner, dry=dry)


def _bring(one: Bundled, case: Case | None, owner: AbstractBaseUser | None) -> Brought:
    if case is None:
        slug = one.slug if owner is None else slugs.private(one.slug)
        case, said = Case.objects.create(slug=slug, owner_id=owner.pk if owner else None), one.contents
        outcome: Outcome = "new"
        for content in said:
            version, _ = publish(content=content, case=case)
    else:
        version, outcome = publish(content=one.contents[-1], case=case)
    return Brought(one.slug, outcome, version)


class _Bank:
    """The cases of one owner as they are when the import begins."""

    def __init__(self, owner: AbstractBaseUser | None) -> None:
        newest = CaseVersion.objects.filter(case__owner_id=owner.pk if owner else None).select_related("case")
        if owner is None:  # what came along with sessions is none of the project's
            newest = newest.filter(case__retired_at=None)
        self._says: dict[str, Case] = {}
        self._named: dict[str, list[Case]] = {}
        for version in newest.order_by("case_id", "-number").distinct("case_id").defer("prompt", "search"):
            self._says.setdefault(version.content_hash, version.case)
            self._named.setdefault(slugs.wish(version.case), []).append(version.case)
        self.count = sum(map(len, self._named.values()))

    def like(self, one: Bundled, faults: list[Fault]) -> Case | None:
        """The case here that this one is: the one of its name, or of the same words under another; None if there is
        none. `faults` says why it cannot be told, or may not change."""
        named = self._named.get(one.slug, [])
        named = [case for case in named if not case.retired_at] or named
        same = self._same(one.contents[-1], named)
        case = same or (named[0] if named else None)
        where = f"cases/{one.slug}"
        if same is None and len(named) > 1:
            reason = (
                f"you have {len(named)} cases of this name; publish this one in the draft that it belongs to"
            )
            faults.append(Fault(where, 0, "", reason))
        elif case and case.retired_at and same is None:
            faults.append(Fault(where, 0, "", "this case is retired here; bring it back first"))
        return case

    def _same(self, content: Content, named: list[Case]) -> Case | None:
        case = self._says.get(content.digest())
        # The project's own are what their files say, each by its name.
        return case if case and (case.owner_id is not None or case in named) else None
