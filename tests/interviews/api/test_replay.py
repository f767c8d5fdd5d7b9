"""The replay over REST."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import chat, notes, sessions
from interviews.audit.verbs import Verb
from interviews.models import AuditEntry, Consent, SecondRating, Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, pair
from tests.whiteboard.drawing import box
from whiteboard.actions import paint

START = timezone.now() - timedelta(minutes=10)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Ada draws at 10 s and writes at 20 s, Ben draws at 30 s and says something at 40 s; handed in at 60 s."""
    made = pair(ada, ben, now=START)
    board = made.session.board
    sessions.start(session=made.session, by=made.interviewer, now=START)
    paint(board=board, elements=[box("b1")], author_id=ada.pk, now=at(10))
    notes.save(seat=made.candidate, step="data", text="<click> logs", base=0, now=at(20))
    paint(board=board, elements=[box("b2")], author_id=ben.pk, now=at(30))
    chat.say(seat=made.interviewer, text="And then?", ref=1, now=at(40))
    made.session = sessions.submit(session=made.session, by=made.candidate, now=at(60))
    return made


@pytest.fixture
def rated(two: Pair, cleo: User) -> str:
    """Cleo rates it blind."""
    row = SecondRating.objects.create(session=two.session, rater=cleo, taken_at=timezone.now())
    return f"/api/v1/ratings/{row.pk}/replay/"


def of(session: Session, rest: str = "") -> str:
    return f"/api/v1/sessions/{session.pk}/replay/{rest}"


def test_the_timeline_tells_what_happened_when(two: Pair, as_ada: Client, as_ben: Client) -> None:
    said = as_ada.get(of(two.session)).json()
    assert said == as_ben.get(of(two.session)).json()
    assert said["duration"] == 60
    assert {10, 20, 30} <= set(said["seconds"])
    assert said["phases"][0] == {"second": 0, "id": "clarify", "name": "Clarify requirements"}
    told = {(one["second"], one["kind"]): one["words"] for one in said["activity"]}
    assert told[20, "wrote"] == "Ada wrote in “Prepare the data”"
    assert told[40, "said"] == "Ben in the chat: “And then?”"
    assert [one["second"] for one in said["activity"]] == sorted(one["second"] for one in said["activity"])


@pytest.mark.parametrize(("second", "drawn", "text"), [(0, 0, ""), (15, 1, ""), (25, 1, "<click> logs")])
def test_board_and_notes_are_as_they_were(
    two: Pair, as_ada: Client, second: int, drawn: int, text: str
) -> None:
    said = as_ada.get(of(two.session, f"moment/?t={second}")).json()
    assert (said["second"], said["phase"]) == (second, "clarify")
    assert (len(said["elements"]), said["notes"]["data"]) == (drawn, text)


def test_a_second_beyond_the_end_is_the_last_and_what_is_none_is_refused(two: Pair, as_ada: Client) -> None:
    assert as_ada.get(of(two.session, "moment/?t=999999999")).json()["second"] == 60
    for wish in ("-1", "x", "9999999999", "²"):
        assert as_ada.get(of(two.session, f"moment/?t={wish}")).status_code == 400


@pytest.mark.parametrize("rest", ["", "moment/"])
def test_it_is_for_those_in_it_once_all_have_agreed(
    two: Pair, as_ada: Client, as_cleo: Client, rest: str
) -> None:
    assert as_cleo.get(of(two.session, rest)).status_code == 404
    Consent.objects.filter(seat=two.interviewer).update(replay=False)
    closed = as_ada.get(of(two.session, rest))
    assert (closed.status_code, closed.json()["code"]) == (403, "no_consent")
    Session.objects.update(replay_gone_at=timezone.now())
    assert as_ada.get(of(two.session, rest)).status_code == 410


def test_there_is_none_while_it_runs(live: Session, as_ada: Client) -> None:
    assert as_ada.get(of(live)).json()["code"] == "not_ended"


def test_who_reads_it_is_written_down(
    two: Pair, ada: User, ben: User, as_ada: Client, as_ben: Client
) -> None:
    for client in (as_ada, as_ben):
        client.get(of(two.session, "moment/"))
    readers = AuditEntry.objects.filter(verb=Verb.REPLAY_READ).values_list("actor", flat=True)
    assert list(readers) == [ben.pk]


def test_a_second_rater_sees_the_candidates_work_and_nobody(rated: str, cleo: User, as_cleo: Client) -> None:
    said = as_cleo.get(rated)
    assert set(said.json()) == {"duration", "seconds", "phases"}
    then = as_cleo.get(rated + "moment/?t=60").json()
    assert [one["id"] for one in then["elements"]] == ["b1"]
    assert then["notes"]["data"] == "<click> logs"
    assert AuditEntry.objects.filter(verb=Verb.WORK_READ, actor=cleo.pk).exists()


@pytest.mark.parametrize("rest", ["", "moment/"])
def test_which_is_nobody_elses(rated: str, as_ada: Client, as_ben: Client, rest: str) -> None:
    for client in (as_ada, as_ben):
        assert client.get(rated + rest).status_code == 404
