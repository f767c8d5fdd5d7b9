"""Making a group, and what it works on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet

from casebank.limits import Limit, spend
from casebank.queries import visible_to
from interviews.actions import mail, rota_mail
from interviews.actions.assigned_times import call_off
from interviews.errors import Refused
from interviews.models import NOT_BEGUN, Group, GroupCase, GroupInvite, Membership

NEW = Limit("group", 10, 3600)
MOST_CASES = 200


@transaction.atomic
def create(*, by: AbstractBaseUser, name: str, description: str, now: datetime) -> Group:
    """A group with its maker as the first mentor. Refused (429) where somebody makes too many."""
    spend(NEW, by=by.pk, now=now)
    group = Group.objects.create(name=name, description=description, created_at=now)
    Membership.objects.create(group=group, user_id=by.pk, role=Membership.Role.MENTOR, joined_at=now)
    return group


@transaction.atomic
def edit(*, group: Group, name: str, description: str) -> None:
    """Another name and description."""
    held = hold(group)
    held.name, held.description = name, description
    held.save(update_fields=["name", "description"])


@transaction.atomic
def close(*, group: Group, now: datetime) -> None:
    """End the programme: nobody joins, nothing is set or begun any more. What runs goes on. Twice is once."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    if held.closed_at is None:
        held.closed_at = now
        held.save(update_fields=["closed_at"])
        call_back(held.invites.all(), now)
        rota_mail.forget(held)
        call_off(Q(assignment__in=held.assignments.filter(NOT_BEGUN)), now=now)


@transaction.atomic
def set_cases(*, group: Group, by: AbstractBaseUser, slugs: Collection[str]) -> int:
    """Let the group work on these of the cases that `by` sees; returns how many. What another mentor set and `by` does
    not see stays."""
    held = hold(group)
    seen = dict(visible_to(by).values_list("case__slug", "case_id"))
    wanted = {seen[slug] for slug in slugs if slug in seen}
    if len(wanted) > MOST_CASES:
        raise Refused("too_many", f"A group has at most {MOST_CASES} cases. Nothing was changed.", status=422)
    held.cases.filter(case__in=set(seen.values()) - wanted).delete()
    there = set(held.cases.values_list("case_id", flat=True))
    GroupCase.objects.bulk_create(GroupCase(group=held, case_id=case) for case in sorted(wanted - there))
    return len(wanted | there)


def call_back(invites: QuerySet[GroupInvite], now: datetime) -> None:
    """Let those of these invites that are open open nothing any more, and stop their mails that have not left."""
    still = invites.filter(used_at=None, revoked_at=None)
    for pk in list(still.values_list("pk", flat=True)):
        mail.withdraw(f"group-invite:{pk}:")
    still.update(revoked_at=now)


def hold(group: Group) -> Group:
    """The group's row, held until the transaction ends, so that two mentors take turns; Refused if it is closed."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    if held.closed_at:
        raise Refused("closed", "This group is closed. Nothing was changed.")
    return held
