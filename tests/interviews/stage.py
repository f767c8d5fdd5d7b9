"""Small factories: a published case, and sessions with Ada and Ben in their seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from casebank.actions.publish import publish
from casebank.checklist import CONTENT
from casebank.models import Case, CaseVersion, Guide
from casebank.schema import read_case
from interviews.actions import consents, invites, sessions
from interviews.models import Mode, Role, Seat, Session
from mlsd_site.accounts.models import User

CASE = "ad-click-prediction"


def published_case() -> CaseVersion:
    """The project's own case, as it is."""
    version, _ = publish(content=read_case(CONTENT / "cases" / CASE))
    return version


def ad_clicks(guide: Mapping[str, Any]) -> CaseVersion:
    """A case of a few words, with this guide."""
    version = CaseVersion.objects.create(
        case=Case.objects.create(slug="ad-clicks"),
        number=1,
        content_hash="0" * 64,
        title="Ad click prediction",
        summary="Predict whether somebody clicks on an ad.",
        prompt="Design a system that **ranks ads** for a feed.",
        level="senior",
        kind="ranking",
    )
    Guide.objects.create(version=version, body=guide)
    return version


@dataclass
class Pair:
    """A session of two, and their seats."""

    session: Session
    candidate: Seat
    interviewer: Seat


def pair(ada: User, ben: User, *, now: datetime | None = None) -> Pair:
    """Ada is the candidate, Ben took the interviewer's seat by her invite; both are ready, and agree to a replay."""
    now = now or timezone.now()
    session = alone(ada, mode=Mode.PEER, now=now)
    candidate = session.seats.get()
    _, token = invites.create(session=session, by=candidate, role="interviewer", now=now)
    interviewer = invites.redeem(token=token, by=ben, now=now)
    for seat in (candidate, interviewer):
        consents.answer(seat=seat, replay=True, now=now)
    return Pair(session, candidate, interviewer)


def alone(user: User, *, mode: Mode = Mode.SOLO, now: datetime | None = None) -> Session:
    """A session with only its candidate in it."""
    return sessions.create(
        by=user,
        version=published_case(),
        mode=mode,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=now or timezone.now(),
    )


def interview(ada: User, ben: User, *, now: datetime | None = None) -> Pair:
    """The same two, at work: Ben has started the clock."""
    two = pair(ada, ben, now=now)
    two.session = sessions.start(session=two.session, by=two.interviewer, now=now or timezone.now())
    for seat in (two.candidate, two.interviewer):
        seat.session = two.session
    return two
