"""Deleting an account and everything personal in it (docs/privacy.md, docs/adr/0032)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as LogIn
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from casebank.actions import leaving as leaving_casebank
from casebank.models import Case
from interviews.actions import leaving, leaving_traces
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Seat

from .models import Agreement, ApiToken, Archive, KeptAnswer, User

log = logging.getLogger(__name__)
NAME = "Somebody who left"


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many sessions went and how many stay for partners, how many cases stay because sessions of others stand on
    them, and whether an emptied account stays for either."""

    sessions: int
    kept: int
    cases: int
    emptied: bool


@transaction.atomic
def delete(*, user_id: int, now: datetime) -> Deleted:
    """Delete the account, or empty it where what stays for partners points at it. All or nothing.

    Raises Refused: gone (410) if there is no such account any more, session_runs (409) while its clock runs.
    """
    user = User.objects.filter(pk=user_id, deleted_at=None).first()
    if user is not None:
        # In the order of their ids, as whoever changes a booking holds them.
        ids = {user_id, *leaving_traces.partners_ahead(user)}
        held = User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        user = next((one for one in held if one.pk == user_id and one.deleted_at is None), None)
    if user is None:
        raise Refused("gone", "This account has been deleted already.", status=410)
    leaving.must_not_run(user=user)
    owned = EmailAddress.objects.filter(user_id=user_id)
    # An address that was added and never confirmed may be somebody else's: what was sent there is theirs.
    addresses = {user.email, *owned.filter(verified=True).values_list("email", flat=True)}
    _forget_in_admin(user, [user.email, *owned.values_list("email", flat=True)])
    _empty(user, now)
    # Letters to partners are made in two copies; the one to the emptied address goes too.
    leaving_traces.leave(user=user, addresses={*addresses, user.email}, now=now)
    left = leaving.leave(user=user, now=now)
    leaving_traces.leave_assignments(user=user, now=now)
    cases = leaving_casebank.leave(user=user, addresses=addresses, now=now)
    owned.delete()
    Authenticator.objects.filter(user_id=user_id).delete()
    UserSession.objects.filter(user_id=user_id).delete()
    _log_out(user_id)
    ApiToken.objects.filter(user_id=user_id).delete()
    KeptAnswer.objects.filter(user_id=user_id).delete()
    Agreement.objects.filter(user_id=user_id).delete()
    Archive.objects.filter(user_id=user_id).delete()
    emptied = _sweep(user_id)
    record(Deed(Verb.ACCOUNT_DELETED, Kind.ACCOUNT, user_id, user_id, user_id), now=now)
    done = Deleted(left.deleted, left.kept, cases, emptied)
    log.warning(
        "An account was deleted: %d sessions deleted, %d sessions and %d cases kept for others, %s.",
        done.sessions,
        done.kept,
        done.cases,
        "an emptied row stays" if emptied else "no row stays",
    )
    return done


def _empty(user: User, now: datetime) -> None:
    """Leave nothing in the row that says who it was. First of all, so that whatever is written now names nobody."""
    user.email = f"{secrets.token_hex(16)}@deleted.invalid"
    user.display_name, user.real_name, user.contact, user.timezone = NAME, "", "", "UTC"
    user.agreed_to = ""
    user.set_unusable_password()
    user.is_active = user.is_staff = user.is_superuser = False
    user.wants_to_be_candidate = user.wants_to_interview = False
    user.last_login, user.date_joined, user.deleted_at = None, now, now
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def _forget_in_admin(user: User, addresses: Collection[str]) -> None:
    """What admins did stays in their log, but for entries that name this person or were made by them."""
    kind = ContentType.objects.get_for_model(User)
    named = Q(user_id=user.pk) | Q(content_type=kind, object_id=str(user.pk))
    for address in addresses:
        named |= Q(object_repr__icontains=address) | Q(change_message__icontains=address)
    LogEntry.objects.filter(named).delete()


def _log_out(user_id: int) -> None:
    """Delete this person's log-ins everywhere. Django keeps no index of whose they are, so each is read."""
    theirs = [
        row.pk
        for row in LogIn.objects.iterator(chunk_size=1_000)
        if row.get_decoded().get(SESSION_KEY) == str(user_id)
    ]
    LogIn.objects.filter(pk__in=theirs).delete()


def _sweep(user_id: int) -> bool:
    """Delete the emptied accounts at which nothing points any more, those too whose last partner has just left; whether
    the one of `user_id` stays."""
    stays = Exists(Seat.objects.filter(user=OuterRef("pk"))) | Exists(
        Case.objects.filter(owner=OuterRef("pk"))
    )
    User.objects.filter(~stays, deleted_at__isnull=False).delete()
    return User.objects.filter(pk=user_id).exists()
