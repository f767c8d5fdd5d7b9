"""What a migration does to rows that stood before it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.db import connection
from django.utils import timezone

from interviews.actions import notes
from interviews.models import NoteRevision, Seat, Session
from interviews.queries.notes_then import notes_then
from mlsd_site.accounts.models import User


def test_a_note_from_before_revisions_is_replayed_and_goes_on(
    live: Session, ada: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    seat = seat_of(live, ada)
    notes.save(seat=seat, step="data", text="clicks", base=0, now=timezone.now())
    NoteRevision.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("interviews.migrations.0004_first_revisions").FILL)
    assert notes_then(live, timezone.now())["data"] == "clicks"
    notes.save(seat=seat, step="data", text="clicks and hides", base=1, now=timezone.now())
    assert notes_then(live, timezone.now())["data"] == "clicks and hides"
