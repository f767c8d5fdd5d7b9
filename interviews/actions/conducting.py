"""What an interviewer does while the other one thinks: hints, changed constraints, and marks of probes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from casebank.access import guide_of
from interviews.actions.facts import running
from interviews.actions.record import log, log_private
from interviews.errors import Refused
from interviews.models import Event, PrivateEvent, Seat, Session
from interviews.queries.probes import MARKED, MARKS, marks_of
from interviews.queries.told import FLIPPED, HINTED
from interviews.rules import seats

MOST_FLIPS = 10
LONGEST_FLIP = 500
MOST_PROBE_MARKS = 500


@transaction.atomic
def hint(*, session: Session, seat: Seat, step: str, grade: int, now: datetime) -> Event:
    """Tell everybody in the session the hint `grade` (from 1) of a step. Hints go from a nudge to nearly the answer, so
    only the next one can be given; one that was given changes nothing.

    Raises Refused: forbidden (403), no_such_hint (404), too_soon or not_running (409).
    """
    _conducts(seat)
    session = running(session, now)
    hints = guide_of(session.case_version).get("hints", {}).get(step, [])
    if not 1 <= grade <= len(hints):
        raise Refused("no_such_hint", "The guide has no such hint. Nothing was given.", status=404)
    given = list(Event.objects.filter(session=session, kind=HINTED, data__step=step).order_by("pk"))
    if grade <= len(given):
        return given[grade - 1]
    if grade > len(given) + 1:
        raise Refused("too_soon", f"Hint {len(given) + 1} of this step comes first. Nothing was given.")
    return log(session, HINTED, by=seat, now=now, step=step, grade=grade, text=str(hints[grade - 1]))


@transaction.atomic
def flip(*, session: Session, seat: Seat, text: str, now: datetime) -> Event:
    """Change a constraint of the case for everybody: one of the guide's flips or one's own words. Board and notes of
    this moment stay in their logs, so the time of the event is what tells before from after. The same words twice in a
    row are one flip.

    Raises Refused: forbidden (403), not_running (409), no_words, too_long (422), too_many (429).
    """
    _conducts(seat)
    session = running(session, now)
    text = " ".join(text.split())
    if not text:
        raise Refused("no_words", "Say what changes. Nothing was announced.", status=422)
    if len(text) > LONGEST_FLIP:
        raise Refused(
            "too_long", f"A change has at most {LONGEST_FLIP} characters. Nothing was announced.", status=422
        )
    flips = list(Event.objects.filter(session=session, kind=FLIPPED).order_by("pk"))
    if flips and flips[-1].data["text"] == text:
        return flips[-1]
    if len(flips) >= MOST_FLIPS:
        raise Refused(
            "too_many",
            f"The constraints have changed {MOST_FLIPS} times; more would be another interview.",
            status=429,
        )
    return log(session, FLIPPED, by=seat, now=now, text=text)


@transaction.atomic
def probe(*, session: Session, seat: Seat, level: str, number: int, mark: str, now: datetime) -> None:
    """Mark the probe `number` (from 1) of a level's ladder: how the candidate came to it. For interviewers only; the
    last mark counts, and all are kept.

    Raises Refused: forbidden (403), no_such_probe (404), no_such_mark (422), not_running (409), too_many (429).
    """
    _conducts(seat)
    session = running(session, now)
    ladder: list[Any] = guide_of(session.case_version).get("ladders", {}).get(level, [])
    if not 1 <= number <= len(ladder):
        raise Refused("no_such_probe", "The guide has no such probe. Nothing was saved.", status=404)
    if mark not in MARKS:
        raise Refused("no_such_mark", "A probe cannot be marked so. Nothing was saved.", status=422)
    place = (level, number)
    if (
        marks_of(session, by=seat).get(place) == (last := marks_of(session).get(place))
        and last
        and last.mark == mark
    ):
        return
    if PrivateEvent.objects.filter(session=session, kind=MARKED).count() >= MOST_PROBE_MARKS:
        raise Refused("too_many", "These probes were marked too often. What was saved stays.", status=429)
    log_private(session, MARKED, by=seat, now=now, level=level, number=number, mark=mark)


def _conducts(seat: Seat) -> None:
    if not seats.conducts(seat.role):
        raise Refused("forbidden", "Only the interviewer does this.", status=403)
