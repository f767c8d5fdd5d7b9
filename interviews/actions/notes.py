"""Saving what is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebank.access import guide_of
from casebank.actions import seen
from casebank.models import SeenCase
from casebank.seen import ways_of
from interviews.actions.record import log_private, tell
from interviews.audit import readings
from interviews.errors import Refused
from interviews.models import Note, NoteRevision, PrivateNote, Role, Seat, Session
from interviews.queries.clock import clock_of
from interviews.queries.guides import has_opened, may_open
from interviews.queries.seen import awaited_cases
from interviews.rules import notes as rules
from interviews.rules import seats
from interviews.rules.seen import guide_would_spoil
from interviews.rules.splices import splice


class Stale(Refused):
    """Somebody saved in between (another tab). `text` and `version` are what the server holds."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(
            "stale",
            "This text was changed in another window. Both versions are kept: compare them and save again.",
        )
        self.text = text
        self.version = version


@transaction.atomic
def save(*, seat: Seat, step: str, text: str, base: int, now: datetime) -> Note:
    """Save the candidate's note on a step, typed on top of version `base`; Refused if it cannot count."""
    if not seats.writes_notes(seat.role):
        raise Refused("forbidden", "Only the candidate writes these notes.", status=403)
    # The lock makes a save and the end of the session take turns: what is acknowledged is in the submission.
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    note = Note.objects.filter(session=session, step=step).first()
    if note is None:
        raise Refused("unknown_step", "There is no such step.", status=400)
    verdict = rules.judge(stored_text=note.text, stored_version=note.version, text=text, base=base)
    if verdict == "same":
        return note
    if not clock_of(session).at(now).can_edit:
        raise Refused(
            "closed", "The clock is not running, so this was not saved. Your text is still on the page."
        )
    _raise_unless_write(verdict, note)
    change = splice(note.text, text)
    note.text, note.version, note.updated_at = text, note.version + 1, now
    note.save(update_fields=["text", "version", "updated_at"])
    NoteRevision.objects.create(
        note=note,
        version=note.version,
        at=now,
        start=change.start,
        removed=change.removed,
        inserted=change.inserted,
    )
    tell(
        session,
        {"t": "notes.changed", "step": step, "text": text, "version": note.version, "seat": seat.pk},
    )
    return note


@transaction.atomic
def save_private(*, seat: Seat, text: str, base: int, now: datetime) -> PrivateNote:
    """Save the interviewer's own notes. They may be written before, during and after the session."""
    if seat.role != Role.INTERVIEWER:
        raise Refused("forbidden", "Only the interviewer has private notes here.", status=403)
    Seat.objects.select_for_update().get(pk=seat.pk)
    note, _ = PrivateNote.objects.get_or_create(seat=seat, defaults={"updated_at": now})
    verdict = rules.judge(stored_text=note.text, stored_version=note.version, text=text, base=base)
    if verdict == "same":
        return note
    _raise_unless_write(verdict, note)
    note.text, note.version, note.updated_at = text, note.version + 1, now
    note.save(update_fields=["text", "version", "updated_at"])
    return note


@transaction.atomic
def read_guide(*, seat: Seat, now: datetime, although_it_spoils: bool = False) -> dict[str, Any]:
    """The guide to this session's case, for its interviewer (queries.guides.may_open), who has seen the case from now
    on; the first reading is logged. Refused with the code "would_spoil" to whoever waits to be interviewed on this
    case, unless `although_it_spoils`."""
    if not may_open(seat):
        raise PermissionDenied(
            "The guide is for the interviewer of a session that runs, or ran, or who has read it before."
        )
    version = seat.session.case_version
    awaits_it = version.case_id in awaited_cases([seat.user_id]).get(seat.user_id, ())
    if not although_it_spoils and guide_would_spoil(ways_of(seat.user, version.case), awaits_it=awaits_it):
        raise Refused(
            "would_spoil",
            "In another session you are about to be interviewed on this very case. Its guide would give it away.",
        )
    if not has_opened(seat):
        log_private(seat.session, "guide_opened", by=seat, now=now)
    seen.mark(case_id=version.case_id, ways={seat.user_id: SeenCase.How.GUIDE}, now=now)
    readings.guide(seat, now=now)
    return guide_of(version)


def _raise_unless_write(verdict: rules.Verdict, note: Note | PrivateNote) -> None:
    if verdict == "too_long":
        raise Refused(
            "too_long",
            f"A note holds at most {rules.MAX_CHARACTERS:,} characters. Nothing was saved; shorten it.",
            status=413,
        )
    if verdict == "stale":
        raise Stale(text=note.text, version=note.version)
