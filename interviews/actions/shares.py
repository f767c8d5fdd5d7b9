"""Making and revoking links to a report, and counting how often they are opened."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import Role, Seat, Session, ShareLink, State
from interviews.queries.feedback import rates_first
from interviews.queries.shares import open_ones
from interviews.rules import shares as rules
from interviews.rules.shares import Wish


@transaction.atomic
def create(*, seat: Seat, wish: Wish, now: datetime) -> tuple[ShareLink, str]:
    """A link to the report of this candidate, and its token of 192 bits, which is kept nowhere."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    if seat.role != Role.CANDIDATE:
        raise Refused("not_yours", "Only the candidate shares a report.", status=403)
    if session.state != State.ENDED or session.started_at is None:
        raise Refused("no_report", "There is no report yet that could be shared.")
    if rates_first(seat):
        raise Refused("rate_first", "Rate yourself in the report first, or say that you would rather not.")
    if open_ones(session, now).count() >= rules.MOST_OPEN:
        raise Refused("too_many", f"This report has {rules.MOST_OPEN} open links. Revoke one first.")
    token = secrets.token_urlsafe(24)
    link = ShareLink.objects.create(
        session=session,
        by_id=seat.user_id,
        token_hash=rules.hash_of(token),
        parts=sorted(wish.parts),
        created_at=now,
        expires_at=now + wish.lasts,
    )
    record(_deed(Verb.LINK_MADE, link), now=now)
    return link, token


@transaction.atomic
def revoke(*, link: ShareLink, now: datetime) -> None:
    """From now on it opens nothing; doing so twice changes nothing."""
    if ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        record(_deed(Verb.LINK_REVOKED, link), now=now)


def viewed(*, link: ShareLink) -> None:
    """Somebody has opened it."""
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)


def _deed(verb: Verb, link: ShareLink) -> Deed:
    return Deed(verb, Kind.SESSION, link.session_id, link.by_id, link.by_id)
