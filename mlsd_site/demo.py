"""Finished interviews between the demo people, made by the same verbs that they would use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from casebank import checklist
from casebank.models import CaseVersion
from casebank.queries import visible_to
from interviews.actions import consents, feedback, invites, marks, notes, sessions
from interviews.models import Mode, Role, Seat, Session
from mlsd_site.accounts.models import User
from whiteboard.actions import paint
from whiteboard.formats import portable
from whiteboard.layout import to_elements


def hold_interviews(*, candidate: User, interviewers: Mapping[str, User], now: datetime) -> list[Session]:
    """The sessions of demo.yaml whose cases are in the bank, the last of which ended an hour ago: submitted by their
    candidate, who has rated herself; workers score them like any other."""
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    versions = {one.case.slug: one for one in visible_to(candidate)}
    return [
        _hold(
            one,
            versions[one["case"]],
            candidate,
            interviewers[one["interviewer"]],
            now - timedelta(days=one["days"], hours=2),
        )
        for one in told
        if one["case"] in versions
    ]


@transaction.atomic
def _hold(
    told: dict[str, Any], version: CaseVersion, candidate: User, interviewer: User, began: datetime
) -> Session:
    session = sessions.create(
        by=candidate,
        version=version,
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
    for minute, (step, text) in enumerate(told["notes"].items(), start=1):
        notes.save(seat=seat, step=step, text=text, base=0, now=began + timedelta(minutes=5 * minute))
    drawing = to_elements(portable.parse(told["diagram"]))
    paint(board=session.board, elements=drawing, author_id=candidate.pk, now=began + timedelta(minutes=36))
    session = sessions.submit(session=session, by=seat, now=began + timedelta(minutes=41))
    seats = {one.pk: one for one in session.seats.all()}
    rated = {name: str(level) for name, level in told["self"].items()}
    feedback.rate_self(seat=seats[seat.pk], given=rated, now=began + timedelta(minutes=43))
    if "marks" in told:
        _judge(told, seats[guest.pk], seats[seat.pk], began + timedelta(minutes=50))
    return session


def _judge(told: dict[str, Any], seat: Seat, about: Seat, now: datetime) -> None:
    """The interviewer's marks by ear, their verdict, and what they wrote."""
    for item in checklist.load().items:
        level = told["points"].get(item.id, told["marks"][item.id.split(".")[0]])
        marks.mark(seat=seat, item=item.id, level=level, sheet=None, reason="", now=now)
    marks.mark(seat=seat, item="", level=told["verdict"], sheet=None, reason=told["why"], now=now)
    feedback.send(seat=seat, about=about, given=told["words"], now=now)
