"""Keeping a picture that the candidate puts into the notes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interviews.errors import Refused
from interviews.models import NotePicture, Seat, Session
from interviews.queries.clock import clock_of
from interviews.rules import pictures as rules
from interviews.rules import seats

_STATUS = {"too_big": 413, "too_many_pixels": 413}


def add(*, seat: Seat, data: bytes, now: datetime) -> NotePicture:
    """Keep the picture in an upload.

    Raises Refused: forbidden (403), closed or full (409), too_big or too_many_pixels (413), empty or unreadable (422).
    """
    if not seats.writes_notes(seat.role):
        raise Refused("forbidden", "Only the candidate puts pictures into these notes.", status=403)
    # Looked at before the work of decoding, and again under the lock.
    _room_for_one(seat.session, now)
    try:
        encoded = rules.encode(data)
    except rules.BadPicture as error:
        words = f"{error} It was not put into your notes."
        raise Refused(error.code, words, status=_STATUS.get(error.code, 422)) from error
    with transaction.atomic():
        # The lock gives two uploads two places, and lets the end of the session take its turn.
        session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
        place = _room_for_one(session, now)
        return NotePicture.objects.create(
            session=session,
            place=place,
            created_at=now,
            width=encoded.width,
            height=encoded.height,
            size=len(encoded.data),
            data=encoded.data,
        )


def _room_for_one(session: Session, now: datetime) -> int:
    """The next free place; Refused where the clock does not run, or all are taken."""
    if not clock_of(session).at(now).can_edit:
        raise Refused("closed", "The clock is not running, so the picture was not put into your notes.")
    taken = NotePicture.objects.filter(session=session).count()
    if taken >= rules.MOST:
        raise Refused(
            "full", f"A session holds at most {rules.MOST} pictures. This one was not put into your notes."
        )
    return taken + 1
