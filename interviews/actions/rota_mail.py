"""What people are told by mail of the interviews that a group sets for them: all of them in one mail, as they stand.

It waits a few minutes and takes the place of the one before it, so that a mentor who sets, takes back and sets again
writes to everybody once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from interviews.actions import mail
from interviews.errors import Refused
from interviews.models import Assignment, Group
from interviews.queries.groups import to_do
from interviews.queries.people import name_of, zone_of
from interviews.rules.outbox import one_line

WAIT = timedelta(minutes=3)
# What is overdue by so much is no news any more.
_USEFUL = timedelta(days=7)


def has_set(group: Group, people: Collection[int], *, by: int, now: datetime) -> None:
    """Tell these people (ids) what is set for them now; not who did it."""
    for user in _users(set(people) - {by}):
        mail.withdraw(_key(group, user.pk))
        _write(group, user, now)


def has_taken_back(group: Group, gone: Collection[Assignment], *, by: int, now: datetime) -> None:
    """The same after assignments are gone. Who had heard of none of theirs does not hear of it now."""
    for user in _users({who for one in gone for who in one.people} - {by}):
        theirs = [one for one in gone if user.pk in one.people]
        since = min(one.created_at for one in theirs)
        knew = any(one.set_by_id == user.pk for one in theirs)
        knew = knew or mail.has_left(_key(group, user.pk), since=since)
        if mail.withdraw(_key(group, user.pk)) or knew:
            _write(group, user, now, knew=knew)


def forget(group: Group, user_id: int | None = None) -> None:
    """Write nothing of what still waits; to this person, or to anybody."""
    mail.withdraw(f"rota:{group.pk}:" if user_id is None else _key(group, user_id))


def _write(group: Group, user: AbstractBaseUser, now: datetime, *, knew: bool = False) -> None:
    rows = [row for row in to_do(user, now) if row.assignment.group_id == group.pk and row.may_start]
    heard = knew or mail.has_left(_key(group, user.pk), since=group.created_at)
    address = str(getattr(user, "email", ""))
    if not address or not (rows or heard):
        return
    page = {
        "name": name_of(user),
        "group": one_line(group.name),
        "rows": rows,
        "changed": heard,
        "link": str(settings.SITE_URL) + reverse("interviews:group", args=[group.pk]),
    }
    with timezone.override(zone_of(user)):
        body = render_to_string("interviews/groups/mail/rota.txt", page)
    subject = f"Your interviews in {page['group']}" + (" have changed" if heard else "")
    last = max((row.assignment.due_at for row in rows), default=now)
    try:
        mail.queue(
            address,
            subject,
            body.strip() + "\n",
            f"{_key(group, user.pk)}{uuid4().hex}",
            now=now,
            after=WAIT,
            useful_until=max(last, now) + _USEFUL,
        )
    except Refused:  # an account whose address takes no mail; it stands on their start page all the same
        return


def _users(ids: Collection[int]) -> list[AbstractBaseUser]:
    return list(get_user_model()._default_manager.filter(pk__in=ids, is_active=True).order_by("pk"))


def _key(group: Group, user_id: int) -> str:
    return f"rota:{group.pk}:{user_id}:"
