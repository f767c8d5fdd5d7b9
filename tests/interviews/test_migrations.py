"""What a migration does to rows that stood before it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.utils import timezone

from casebank.models import SeenCase
from casebank.seen import ways_of
from interviews.actions import notes
from interviews.models import NoteRevision, Seat, SelfRating, Session
from interviews.queries.feedback import rates_first
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


def test_sessions_and_guides_from_before_count_as_seen(
    live: Session, ada: User, ben: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    notes.read_guide(seat=seat_of(live, ben), now=timezone.now())
    SeenCase.objects.all().delete()
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(import_module("interviews.migrations.0005_cases_seen_before").FILL)
    case = live.case_version.case
    assert ways_of(ada, case) == {"candidate"}
    assert ways_of(ben, case) == {"interviewer", "guide"}


def test_a_report_that_could_be_read_before_self_ratings_stays_open(
    unrated: Session, lobby: Session, ada: User
) -> None:
    fill = import_module(
        "interviews.migrations.0082_read_before_self_ratings"
    ).skipped_before_anybody_was_asked
    for _ in range(2):
        fill(apps, None)
    assert [(one.seat.user, one.sheet) for one in SelfRating.objects.all()] == [(ada, None)]
    assert not rates_first(unrated.seats.get(user=ada))
