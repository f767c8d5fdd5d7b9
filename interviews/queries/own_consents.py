"""Everything that one has agreed to about one's own things, wherever it was asked, as one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from interviews.audit.verbs import Kind, Verb
from interviews.models import (
    AuditEntry,
    Consent,
    Introduction,
    Listing,
    Membership,
    Role,
    SecondRating,
    Session,
    ShareLink,
    State,
)

# Nobody reads further; the archive has the rest of it session by session.
MOST = 100


@dataclass(frozen=True, slots=True)
class Given:
    """What was agreed to (`what`), about which thing, since when (None where that was not noted), and the address of
    the page that asked, where it can be taken back."""

    what: str
    thing: str
    at: datetime | None
    href: str = ""


def given_by(user: AbstractBaseUser, now: datetime | None = None) -> list[Given]:
    """What stands now, each kind's newest first."""
    now = now or timezone.now()
    return [
        *_replays(user),
        *_levels(user),
        *_second(user),
        *_names(user),
        *_listing(user),
        *_links(user, now),
    ]


def _replays(user: AbstractBaseUser) -> Iterator[Given]:
    rows = Consent.objects.filter(
        seat__user_id=user.pk, seat__left_at=None, replay=True, answered_at__isnull=False
    )
    sessions = rows.select_related("seat__session__case_version").order_by("-answered_at")
    for row in sessions[:MOST]:
        session = row.seat.session
        page = "interviews:replay" if session.state == State.ENDED else "interviews:room"
        yield Given("A replay", _title(session), row.answered_at, reverse(page, args=[session.pk]))


def _levels(user: AbstractBaseUser) -> Iterator[Given]:
    said = AuditEntry.objects.filter(
        actor=user.pk, verb=Verb.CONSENT_GIVEN, kind=Kind.GROUP, object=Cast(OuterRef("group"), CharField())
    )
    rows = Membership.objects.filter(user_id=user.pk, left_at=None, shows_levels=True).select_related("group")
    rows = rows.annotate(since=Subquery(said.order_by("-at").values("at")[:1]))
    for row in rows:
        href = reverse("interviews:group", args=[row.group_id])
        yield Given("Your levels shown to a group's mentors", row.group.name, row.since, href)


def _second(user: AbstractBaseUser) -> Iterator[Given]:
    rows = SecondRating.objects.filter(
        session__seats__user_id=user.pk, session__seats__role=Role.CANDIDATE, session__seats__left_at=None
    )
    for row in rows.select_related("session__case_version").order_by("-offered_at")[:MOST]:
        href = reverse("interviews:report", args=[row.session_id])
        yield Given("A second rating without names", _title(row.session), row.offered_at, href)


def _names(user: AbstractBaseUser) -> Iterator[Given]:
    rows = Introduction.objects.filter(by__user_id=user.pk).select_related(
        "to__user", "by__session__case_version"
    )
    for row in rows.order_by("-at")[:MOST]:
        href = reverse("interviews:report", args=[row.by.session_id])
        yield Given("Your name and contact shown, once they agree too", str(row.to.user), row.at, href)


def _listing(user: AbstractBaseUser) -> Iterator[Given]:
    for row in Listing.objects.filter(user_id=user.pk):
        yield Given("Being found in the calendar", "", row.listed_at, reverse("interviews:calendar"))


def _links(user: AbstractBaseUser, now: datetime) -> Iterator[Given]:
    rows = ShareLink.objects.filter(by=user.pk, revoked_at=None, expires_at__gt=now)
    for row in rows.select_related("session__case_version").order_by("-created_at")[:MOST]:
        href = reverse("interviews:sharing", args=[row.session_id])
        yield Given("A report shown by a link", _title(row.session), row.created_at, href)


def _title(session: Session) -> str:
    """Before its end a group's candidate is told the case in the room alone."""
    return session.case_version.title if session.state == State.ENDED else "A session that has not ended"
