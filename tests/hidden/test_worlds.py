"""Nobody can tell, by anything that they can ask, what hidden data there is: two worlds that differ in it alone answer
the candidate, and who watches, alike to the byte."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from difflib import unified_diff

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion, Guide
from interviews.actions import conducting, facts, feedback, invites, marks, notes, scoring, second, sessions
from interviews.models import ScoreJob, Seat, Session
from interviews.queries import server_time
from mlsd_site.accounts.models import User
from tests.hidden import timing, worlds
from tests.hidden.addresses import addresses
from tests.interviews import history
from tests.interviews.actions.test_feedback import ABOUT_ADA


@pytest.fixture(autouse=True)
def _stand_still(monkeypatch: pytest.MonkeyPatch, own_counters: None) -> Iterator[None]:
    """One instant for all, and limits that can be forgotten."""
    instant = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: instant)
    monkeypatch.setattr(server_time, "now", lambda: instant)
    monkeypatch.setattr(server_time, "estimate", lambda: instant)
    monkeypatch.setattr("time.time", lambda: instant.timestamp())
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def case_version(case_version: CaseVersion) -> CaseVersion:
    """Its guide has something of everything."""
    word = worlds.WORD
    body = {
        "opening": word,
        "entities": [word],
        "facts": [{"ask": "How large?", "answer": "A billion."}, {"ask": f"What {word}?", "answer": word}],
        "hints": {"data": ["When is it known?", word]},
        "ladders": {"senior": [{"ask": f"{word} {number}?", "listen_for": word} for number in range(2)]},
        "items": {"clarify.goal": {"earns_2": word, "earns_3": word, "typical_wrong": word}},
        "flips": [{"change": word, "good_adaptation": word}],
        "red_flags": [word],
        "reference": {"steps": {"clarify": "Goals."}},
    }
    Guide.objects.filter(version=case_version).update(body=body)
    return case_version


@pytest.fixture
def running(live: Session, ben: User, seat_of: Callable[[Session, User], Seat]) -> Session:
    now, seat = timezone.now(), seat_of(live, ben)
    notes.save_private(seat=seat, text="Short.", base=0, now=now)
    facts.give(session=live, seat=seat, number=1, now=now)
    conducting.hint(session=live, seat=seat, step="data", grade=1, now=now)
    return live


@pytest.fixture
def sealed(running: Session, ada: User, ben: User, seat_of: Callable[[Session, User], Seat]) -> Session:
    """Ended and scored; Ben has written, Ada has not."""
    now = timezone.now()
    sessions.submit(session=running, by=seat_of(running, ada), now=now)
    feedback.skip_self(seat=seat_of(running, ada), now=now)
    scoring.run(job_id=ScoreJob.objects.get().pk, now=now)
    his, hers = seat_of(running, ben), seat_of(running, ada)
    marks.mark(seat=his, item="", level=3, sheet=None, reason="So.", now=now)
    marks.mark(seat=his, item="data.labels", level=1, sheet=None, reason="Heard.", now=now)
    marks.seal(seat=his, now=now)
    feedback.send(seat=his, about=hers, given=ABOUT_ADA, now=now)
    running.refresh_from_db()
    return running


@pytest.fixture
def rated(case_version: CaseVersion, ada: User, ben: User, cleo: User) -> Session:
    """All is shown, and Cleo rates it a second time."""
    session = history.held(ada, ben, case_version, ended=timezone.now() - timedelta(days=3))
    history.agree(session)
    history.sheet(session, 1)
    history.sent(session, ben, 2)
    seat = session.seats.select_related("session__case_version__case", "user").get(user=ada)
    row = second.offer(seat=seat, now=timezone.now())
    row.rater, row.taken_at = cleo, timezone.now()
    row.save()
    return session


def apart(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """What differs, with the lines in which it does."""
    found = []
    for asked, came in before.items():
        if came != after[asked]:
            one, other = (text.decode("latin-1").splitlines() for text in (came, after[asked]))
            found.append("\n".join([asked, *unified_diff(one, other, n=0)]))
    return found


@pytest.mark.asvs("8.2.3")
def test_while_it_runs(running: Session, as_ada: Client) -> None:
    before = worlds.seen(as_ada, running)
    assert len(before) > 400
    worlds.alter(running)
    assert apart(before, worlds.seen(as_ada, running)) == []


def test_who_watches_learns_as_little(
    running: Session, cleo: User, as_cleo: Client, seat_of: Callable[[Session, User], Seat], ben: User
) -> None:
    now = timezone.now()
    _, token = invites.create(session=running, by=seat_of(running, ben), role="observer", now=now)
    invites.redeem(token=token, by=cleo, now=now)
    before = worlds.seen(as_cleo, running, forms=False)
    worlds.alter(running)
    assert apart(before, worlds.seen(as_cleo, running, forms=False)) == []


def test_while_the_feedback_is_sealed(sealed: Session, as_ada: Client) -> None:
    """The guide's sheet and the reference may be opened by then, and are another in the other world."""
    before = closed(worlds.seen(as_ada, sealed))
    worlds.alter(sealed)
    assert apart(before, closed(worlds.seen(as_ada, sealed))) == []


def test_what_a_second_rater_thinks(rated: Session, as_ada: Client) -> None:
    before = closed(worlds.seen(as_ada, rated, forms=False))
    worlds.alter_second(rated)
    assert apart(before, closed(worlds.seen(as_ada, rated, forms=False))) == []


def test_worlds_that_differ_in_what_is_shown_are_told_apart(
    running: Session, ben: User, as_ada: Client, seat_of: Callable[[Session, User], Seat]
) -> None:
    """A fact that is given is seen: the comparison is not blind."""
    page = f"/sessions/{running.pk}/facts/"
    before = {page: worlds.asked(as_ada, "get", page)}
    facts.give(session=running, seat=seat_of(running, ben), number=2, now=timezone.now())
    assert apart(before, {page: worlds.asked(as_ada, "get", page)})


@pytest.mark.chaos
def test_the_time_that_an_answer_takes_tells_nothing(running: Session, as_ada: Client) -> None:
    """TIMED_CALLS to each of the session's addresses, half of them in either world, in turns; where they are few, to
    every fifth address."""
    own = [one for one in addresses(running) if str(running.pk) in one][:: 5 if timing.CALLS < 100 else 1]
    slower = timing.slower(as_ada, running, own)
    print(f"{len(own)} addresses, {len(own) * timing.CALLS} calls")
    assert len(own) > 20
    assert slower == []


def test_a_difference_in_time_is_seen() -> None:
    one = [1.0 + number % 7 / 10 for number in range(40)]
    assert not timing.differ(one, [*one[7:], *one[:7]])
    assert timing.differ(one, [2.5 + number for number in one])
    assert not timing.differ(one, [0.5 + number for number in one])  # too little to be told apart from afar


def closed(found: dict[str, bytes]) -> dict[str, bytes]:
    """Without what a candidate opens of the guide after the end."""
    return {
        asked: came
        for asked, came in found.items()
        if "/sheet" not in asked and "/report/reference/" not in asked
    }
