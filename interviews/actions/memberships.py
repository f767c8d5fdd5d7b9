"""Coming into a group, and leaving it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from casebank.limits import Limit, spend
from interviews.actions import assignments, invitations, rota_mail
from interviews.actions.groups import call_back, close, hold
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Group, GroupInvite, Membership
from interviews.queries.invites import addresses_of
from interviews.queries.people import name_of
from interviews.rules import invites as rules
from interviews.rules.outbox import one_line

LINK = Limit("group_link", 30, 600, "The last link that you made still works.")
LIFETIME = timedelta(days=14)
MOST_MEMBERS = 60
MOST_OPEN = 100
_REASONS = {
    "expired": "This invitation has expired. Ask the mentor for a new one.",
    "used": "This invitation was already used. If it was not you, ask the mentor for a new one.",
    "revoked": "This invitation was replaced or withdrawn. Ask the mentor for the newest link.",
}
_FULL = f"A group has at most {MOST_MEMBERS} people, and this one is full."


@transaction.atomic
def make_link(*, group: Group, by: AbstractBaseUser, now: datetime) -> str:
    """The token of a link by which whoever has it joins; it replaces the older one and is shown this once."""
    spend(LINK, by=by.pk, now=now)
    return _invite(hold(group), by, "", now)[1]


@transaction.atomic
def invite(
    *, group: Group, by: AbstractBaseUser, email: str, link: invitations.Link, now: datetime
) -> GroupInvite:
    """Mail somebody a link that opens for the account with that address alone; `link` makes an address of the token."""
    email = email.strip().lower()
    invitations.count(by, email, now)
    group = hold(group)
    if group.invites.filter(used_at=None, revoked_at=None, expires_at__gt=now).count() >= MOST_OPEN:
        raise Refused("too_many", f"{MOST_OPEN} invitations are open. Withdraw some before you send more.")
    made, token = _invite(group, by, email, now)
    name, title = name_of(by), one_line(group.name)
    invitations.post(
        by,
        email,
        subject=f"{name} invites you to the group {title}",
        body=(
            f"{name} invites you to “{title}”, a group that practises interviews in machine-learning system design.\n\n"
            f"{link(token)}\n\n"
            "The link is for you alone, works once, and holds for two weeks. If you have no account yet, sign up with "
            "this address on the way.\n"
            "If you do not know what this is about, you need not do anything.\n"
        ),
        key=f"group-invite:{made.pk}:",
        now=now,
        lifetime=LIFETIME,
    )
    return made


@transaction.atomic
def revoke(*, group: Group, invite_id: int, now: datetime) -> None:
    """Withdraw a link or an invitation; twice is once."""
    call_back(group.invites.filter(pk=invite_id), now)


def look(*, token: str, now: datetime, by: AbstractBaseUser | None = None) -> GroupInvite:
    """The invitation that this token opens; Refused, with the reason, if it opens nothing, or not for `by`."""
    found = GroupInvite.objects.select_related("group", "created_by").filter(token_hash=_hash(token)).first()
    if found is None:
        raise Refused(
            "invite_unknown", "This link is not valid. Check that you copied all of it.", status=404
        )
    if by and not rules.opens_for(found.email, addresses_of(by)):
        raise Refused(
            "invite_for_another",
            "This invitation was sent to an address that your account does not have. Log out and open the link in the "
            "mail again with the account that has it, or add the address to this account and confirm it.",
            status=403,
        )
    standing = rules.standing(rules.InviteFacts(found.expires_at, found.used_at, found.revoked_at), now)
    if standing != "open":
        raise Refused(f"invite_{standing}", _REASONS[standing], status=410)
    return found


@transaction.atomic
def join(*, token: str, by: AbstractBaseUser, now: datetime) -> Membership:
    """Become a member. Who was removed needs an invitation of their own."""
    group = hold(look(token=token, now=now, by=by).group)
    found = look(token=token, now=now, by=by)  # again: another may have used it while we waited
    mine = Membership.objects.select_for_update().filter(group=group, user_id=by.pk).first()
    if mine and mine.left_at is None:
        return mine
    if mine and mine.removed and not found.email:
        raise Refused(
            "removed", "A mentor has taken you out of this group. Ask them to invite you.", status=403
        )
    if group.memberships.filter(left_at=None).count() >= MOST_MEMBERS:
        raise Refused("full", _FULL)
    if found.email:
        GroupInvite.objects.filter(pk=found.pk).update(used_at=now)
    fresh = {"role": Membership.Role.MEMBER, "joined_at": now, "left_at": None, "removed": False}
    fresh["shows_levels"] = False  # who comes back is asked again
    return Membership.objects.update_or_create(group=group, user_id=by.pk, defaults=fresh)[0]


@transaction.atomic
def leave(*, group: Group, user_id: int, now: datetime, removed_by: int | None = None) -> None:
    """End a membership, by oneself or by a mentor (`removed_by`, an account's id). Assignments that were not begun go
    with it. Refused to the last mentor while others are in an open group, which closes when nobody is left."""
    if removed_by == user_id:
        raise Refused("yourself", "To take yourself out, leave the group.", status=422)
    held = Group.objects.select_for_update().get(pk=group.pk)
    mine = _current(group, user_id)
    others = group.memberships.filter(left_at=None).exclude(pk=mine.pk)
    mentors = others.filter(role=Membership.Role.MENTOR)
    if held.closed_at is None and mine.is_mentor and others.exists() and not mentors.exists():
        raise Refused(
            "last_mentor", "You are the only mentor. Make somebody else one first, or close the group."
        )
    mine.left_at, mine.removed = now, removed_by is not None
    mine.save(update_fields=["left_at", "removed"])
    if removed_by is not None:
        record(Deed(Verb.MEMBER_REMOVED, Kind.GROUP, group.pk, removed_by, user_id), now=now)
    part = Q(candidate=user_id) | Q(interviewer=user_id) | Q(second=user_id)
    rota_mail.forget(group, user_id)
    assignments.take_back(held, part, by=user_id, now=now)
    if not others.exists():
        close(group=group, now=now)


@transaction.atomic
def set_role(*, group: Group, user_id: int, role: Membership.Role, by: int, now: datetime) -> None:
    """By a mentor: make a member a mentor, or a mentor a member; there is always a mentor left."""
    mine = _current(hold(group), user_id)
    mentors = group.memberships.filter(left_at=None, role=Membership.Role.MENTOR).exclude(pk=mine.pk)
    if role != Membership.Role.MENTOR and not mentors.exists():
        raise Refused("last_mentor", "A group has at least one mentor. Make somebody else one first.")
    if mine.role == role:
        return
    mine.role = role
    mine.save(update_fields=["role"])
    verb = Verb.ROLE_GIVEN if mine.is_mentor else Verb.ROLE_TAKEN
    record(Deed(verb, Kind.GROUP, group.pk, by, user_id), now=now)


@transaction.atomic
def show_levels(*, group: Group, user_id: int, shows: bool, now: datetime) -> None:
    """Let the mentors see one's means by step from now on, or no longer."""
    mine = _current(group, user_id)
    if mine.shows_levels == shows:
        return
    mine.shows_levels = shows
    mine.save(update_fields=["shows_levels"])
    verb = Verb.CONSENT_GIVEN if shows else Verb.CONSENT_WITHDRAWN
    record(Deed(verb, Kind.GROUP, group.pk, user_id, user_id), now=now)


def _current(group: Group, user_id: int) -> Membership:
    found = Membership.objects.select_for_update().filter(group=group, user_id=user_id, left_at=None).first()
    if found is None:
        raise Refused("no_member", "There is no such member any more.", status=404)
    return found


def _invite(group: Group, by: AbstractBaseUser, email: str, now: datetime) -> tuple[GroupInvite, str]:
    call_back(group.invites.filter(email=email), now)
    token = secrets.token_urlsafe(24)
    made = GroupInvite.objects.create(
        group=group,
        email=email,
        token_hash=_hash(token),
        created_by_id=by.pk,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return made, token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
