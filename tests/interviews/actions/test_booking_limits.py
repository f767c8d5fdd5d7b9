"""A booking whose time has come: no cancelling any more, and nobody is noted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casebank.models import CaseVersion
from interviews.actions import attendance, booking_rooms, bookings
from interviews.errors import Refused
from interviews.models import Attendance
from mlsd_site.accounts.models import User
from tests.interviews.appointments import TUESDAY, agreed

HOUR = timedelta(hours=1)


def test_from_its_start_on_it_cannot_be_cancelled(ada: User, ben: User) -> None:
    booking = agreed(ben, ada)
    with pytest.raises(Refused) as refused:
        bookings.cancel(booking=booking, by=ada, now=TUESDAY)
    assert refused.value.code == "too_late"


def test_a_second_room_notes_nobody_a_second_time(ada: User, ben: User, case_version: CaseVersion) -> None:
    booking = agreed(ben, ada)
    first = booking_rooms.open_room(booking=booking, now=TUESDAY)
    assert first.agreed_start == TUESDAY
    attendance.reckon(now=TUESDAY + HOUR / 4)
    first.refresh_from_db()
    assert first.end_reason == "abandoned"
    assert Attendance.objects.filter(came=False).count() == 2
    second = booking_rooms.open_room(booking=booking, now=TUESDAY + HOUR / 2)
    assert second.agreed_start is None
    attendance.reckon(now=TUESDAY + HOUR)
    assert Attendance.objects.count() == 2


def test_a_first_room_that_is_made_late_notes_nobody(ada: User, ben: User, case_version: CaseVersion) -> None:
    room = booking_rooms.open_room(booking=agreed(ben, ada), now=TUESDAY + timedelta(minutes=10))
    assert room.agreed_start is None
