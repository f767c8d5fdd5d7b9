"""Ada in Berlin and Ben in New York, one of whom is free on Tuesday evenings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from interviews.actions import availability, bookings
from interviews.models import Booking, Listing
from interviews.rules.availability import Hours
from mlsd_site.accounts.models import User

# A Monday at noon; the Tuesday after it is summer in Berlin and in New York.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
# Tuesday, 18:00 in Berlin, noon in New York.
TUESDAY = datetime(2026, 6, 2, 16, tzinfo=UTC)
PLAN: dict[str, Any] = {"minutes": 45, "framework": "seven-step"}


def lives_in(user: User, zone: str) -> None:
    user.timezone = zone
    user.save(update_fields=["timezone"])


def offers_evenings(user: User, *, wanted: str = "either", now: datetime = NOW) -> Listing:
    """Free on Tuesdays from 18:00 to 20:00 by this person's clock, and found."""
    availability.add_hours(by=user, hours=Hours(1, 18 * 60, 20 * 60))
    return availability.list_me(by=user, wanted=wanted, language="en", now=now)


def proposed(by: User, to: User, *, start: datetime = TUESDAY, now: datetime = NOW, **more: Any) -> Booking:
    wish: dict[str, Any] = {**PLAN, "role": "interviewer", **more}
    return bookings.propose(by=by, to=to, start=start, now=now, **wish)


def agreed(by: User, to: User, *, start: datetime = TUESDAY, now: datetime = NOW, **more: Any) -> Booking:
    booking = proposed(by, to, start=start, now=now, **more)
    return bookings.accept(booking=booking, by=to, start=start, now=now + timedelta(minutes=1))
