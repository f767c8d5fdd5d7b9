"""Inviting by mail. Nothing that the inviter is told depends on whether the address has an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions import invites, mail
from interviews.models import Invite, Role, Seat, Session
from interviews.queries.blocks import blocked_with
from interviews.queries.people import name_of
from interviews.rules.invites import LIFETIME

Link = Callable[[str], str]
MAIL = Limit("invite_mail", 20, 3600, "You can still make a link and send it yourself.")
# Nobody's mailbox is flooded by one who asks again and again.
TO_ONE = Limit("invite_to", 4, 24 * 3600, "You can still make a link and send it yourself.")


@transaction.atomic
def send(
    *, session: Session, by: Seat, role: str, email: str, link: Link, now: datetime, part: str = ""
) -> Invite:
    """Mail somebody a link to a seat, which opens for the account with that address alone. `link` makes the address of
    a page out of the token. Refused (429) where it is too often."""
    email = email.strip().lower()
    count(by.user, email, now)
    invite, token = invites.create(session=session, by=by, role=role, part=part, email=email, now=now)
    doing = "watch" if role == Role.OBSERVER else "be the candidate in"
    doing = "interview in" if role == Role.INTERVIEWER else doing
    post(
        by.user,
        email,
        subject=f"{name_of(by.user)} invites you to a mock interview",
        body=(
            f"{name_of(by.user)} invites you to {doing} a mock interview in machine-learning system design:\n"
            f"{session.case_version.title}\n\n"
            f"{link(token)}\n\n"
            "The link is for you alone, works once, and holds for three days. If you have no account yet, sign up with "
            "this address on the way.\n"
            "If you do not know what this is about, you need not do anything.\n"
        ),
        key=f"invite:{invite.pk}:",
        now=now,
        lifetime=LIFETIME,
    )
    return invite


def count(by: AbstractBaseUser, email: str, now: datetime) -> None:
    """Count one mail of this person's to this address."""
    spend(MAIL, by=by.pk, now=now)
    spend(TO_ONE, by=f"{by.pk}:{email}", now=now)


def post(
    by: AbstractBaseUser, email: str, *, subject: str, body: str, key: str, now: datetime, lifetime: timedelta
) -> None:
    """Queue a mail to the address, unless it belongs to somebody whom a block stands between; then nothing leaves, and
    nobody is told. It is of use as long as its link, for `lifetime`."""
    known = get_user_model().objects.filter(email__iexact=email).values_list("pk", flat=True)
    also = EmailAddress.objects.filter(email__iexact=email, verified=True).values_list("user_id", flat=True)
    if not blocked_with(by.pk) & {*known, *also}:
        mail.queue(email, subject, body, key, now=now, useful_until=now + lifetime)
