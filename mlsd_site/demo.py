"""A finished interview between the demo people, made by the same verbs that they would use."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import yaml
from django.db import transaction

from casebank.access import case_for
from interviews.actions import consents, feedback, invites, notes, sessions
from interviews.models import Mode, Role, Session
from mlsd_site.accounts.models import User
from whiteboard.actions import paint
from whiteboard.formats import portable
from whiteboard.layout import to_elements

CASE = "ad-click-prediction"


@transaction.atomic
def hold_interview(*, candidate: User, interviewer: User, now: datetime) -> Session:
    """A session that ended an hour ago, submitted by its candidate, who has rated herself; a worker scores it
    like any other."""
    began = now - timedelta(hours=2)
    content = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    session = sessions.create(
        by=candidate,
        version=case_for(candidate, CASE),
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=began,
    )
    seat = session.seats.get()
    _, token = invites.create(session=session, by=seat, role="interviewer", now=began)
    guest = invites.redeem(token=token, by=interviewer, now=began)
    consents.answer(seat=seat, replay=True, now=began)
    sessions.start(session=session, by=guest, now=began)
    for minute, (step, text) in enumerate(content["notes"].items(), start=1):
        notes.save(seat=seat, step=step, text=text, base=0, now=began + timedelta(minutes=5 * minute))
    drawing = to_elements(portable.parse(content["diagram"]))
    paint(board=session.board, elements=drawing, author_id=candidate.pk, now=began + timedelta(minutes=36))
    session = sessions.submit(session=session, by=seat, now=began + timedelta(minutes=41))
    rated = {name: str(level) for name, level in content["self"].items()}
    feedback.rate_self(seat=session.seats.get(pk=seat.pk), given=rated, now=began + timedelta(minutes=43))
    return session
