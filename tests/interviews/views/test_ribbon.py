"""The ribbon of a replay: work against the plan, and its table."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import notes, sessions
from interviews.models import Session
from interviews.queries.film import film_of
from interviews.queries.ribbon import Ribbon, ribbon_of
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, pair
from tests.whiteboard.drawing import box
from whiteboard.actions import paint

pytestmark = pytest.mark.django_db
START = timezone.now() - timedelta(minutes=60)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Ada writes in Clarify until 3:00, pauses from 4:00 to 6:00, writes in Data from 6:30 to 8:00, draws at 9:00,
    and hands in at 20:00."""
    made = pair(ada, ben, now=START)
    sessions.start(session=made.session, by=made.interviewer, now=START)
    for version, minute in enumerate((1, 2, 3)):
        notes.save(
            seat=made.candidate, step="clarify", text="x" * (version + 1), base=version, now=at(minute)
        )
    sessions.pause(session=made.session, by=made.interviewer, now=at(4))
    sessions.resume(session=made.session, by=made.interviewer, now=at(6))
    for version, later in enumerate((6.5, 8)):
        notes.save(seat=made.candidate, step="data", text="y" * (version + 1), base=version, now=at(later))
    paint(board=made.session.board, elements=[box("b1")], author_id=ada.pk, now=at(9))
    made.session = sessions.submit(session=made.session, by=made.candidate, now=at(20))
    return made


def ribbon(session: Session) -> Ribbon:
    film = film_of(session)
    assert film is not None
    return ribbon_of(session, film)


def test_work_stands_against_the_plan(two: Pair) -> None:
    told = [(row.id, row.planned, row.minutes, row.began, row.due) for row in ribbon(two.session).rows]
    assert told[:5] == [
        ("clarify", 6, 3, 0, ((0, 240), (360, 480))),
        ("frame", 5, 0, 480, ((480, 780),)),
        # From the last sign of Clarify to the last of Data: a minute before the pause and three after it.
        ("data", 6, 4, 780, ((780, 1140),)),
        ("features", 6, 0, 1140, ((1140, 1200),)),
        ("model", 9, 0, None, ()),
    ]


def test_work_in_another_framework_belongs_to_the_phase_of_its_items(two: Pair) -> None:
    plan = [
        {"id": "requirements", "name": "Requirements", "minutes": 5},
        {"id": "data", "name": "Data and features", "minutes": 10},
    ]
    Session.objects.filter(pk=two.session.pk).update(framework="blueprint-45", plan=plan)
    told = [(row.id, row.minutes) for row in ribbon(Session.objects.get(pk=two.session.pk)).rows]
    assert told == [("requirements", 3), ("data", 4)]


def test_the_board_is_counted(two: Pair) -> None:
    found = ribbon(two.session)
    assert (found.changes, sum(found.drawn), found.drawn.index(1)) == (1, 1, int(9 / 20 * 90))


def test_the_table_says_it_in_words_to_both(two: Pair, as_ada: Client, as_ben: Client) -> None:
    for client in (as_ada, as_ben):
        page = client.get(f"/sessions/{two.session.pk}/replay/?t=490").content.decode()
        table = re.search(r'<table id="ribbon".*?</table>', page, re.S)
        assert table is not None
        text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", table[0], flags=re.S)
        rows = " ".join(text.split())
        assert "Clarify requirements 0:00 to 3:00 3 min of 6 planned" in rows
        assert "Prepare the data 3:00 to 4:00, 6:00 to 9:00 4 min of 6 planned" in rows
        assert "Choose and train the model Never 0 min of 9 planned" in rows
        assert "1 change " in rows
        assert "Clock Paused 4:00 to 6:00 20:00 in all" in rows
        assert '<a href="?t=480" aria-current="step">Frame as an ML problem</a>' in table[0]


def test_a_session_in_which_nothing_was_done_has_its_ribbon(ada: User, ben: User, as_ada: Client) -> None:
    made = pair(ada, ben, now=START)
    sessions.start(session=made.session, by=made.interviewer, now=START)
    ended = sessions.submit(session=made.session, by=made.candidate, now=START)
    page = as_ada.get(f"/sessions/{ended.pk}/replay/")
    assert (page.status_code, "Never paused" in page.content.decode()) == (200, True)
