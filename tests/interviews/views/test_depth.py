"""The report in depth, on a session with probes and changed constraints; and the page beside the reference."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from casebank.access import guide_of
from interviews.actions import conducting, feedback, marks, notes, sessions
from interviews.models import ItemScore, PrivateEvent, Role, ScoreSheet
from interviews.queries.feedback import questions_of
from mlsd_site.accounts.models import User
from tests.interviews.history import sheet
from tests.interviews.stage import Pair, alone, interview
from tests.whiteboard.drawing import box
from whiteboard.actions import paint

START = timezone.now() - timedelta(minutes=30)


def at(minute: float) -> dict[str, Any]:
    return {"now": START + timedelta(minutes=minute)}


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Two probes; a flip at 5:00 that Ada takes up in notes and drawing, one at 8:00 that she does not; in at 10:00."""
    two = interview(ada, ben, now=START)
    both: dict[str, Any] = {"session": two.session, "seat": two.interviewer}
    notes.save(seat=two.candidate, step="data", text="Clicks.", base=0, **at(1))
    conducting.probe(**both, level="senior", number=1, mark="rescued", **at(2))
    conducting.probe(**both, level="senior", number=2, mark="unprompted", **at(3))
    conducting.flip(**both, text="Half the money", **at(5))
    notes.save(seat=two.candidate, step="data", text="Clicks. A tenth of them.", base=1, **at(6))
    paint(
        board=two.session.board,
        elements=[box("cache", x=0, y=0)],
        author_id=ada.pk,
        now=START + timedelta(minutes=7),
    )
    conducting.flip(**both, text="And twice the load", **at(8))
    two.session = sessions.submit(session=two.session, by=two.candidate, **at(10))
    sheet(two.session, 1, items={"model.loss": 0, "data.labels": 3})
    return two


def page(client: Client, two: Pair, rest: str = "") -> str:
    return " ".join(client.get(f"/sessions/{two.session.pk}/report/{rest}").content.decode().split())


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def skip(two: Pair) -> None:
    feedback.skip_self(seat=two.session.seats.get(pk=two.candidate.pk), now=timezone.now())


def reveal(two: Pair) -> None:
    """Both send what they have to say of each other."""
    hers, his = (two.session.seats.get(pk=one.pk) for one in (two.candidate, two.interviewer))
    said = dict.fromkeys(("strength", "second_strength", "change"), "words")
    marks.mark(seat=his, item="", level=3, sheet=None, reason="Solid", now=timezone.now())
    feedback.send(seat=his, about=hers, given=said, now=timezone.now())
    form = questions_of("interviewer", two.session)
    given = {one.name: "4" if one.scale else "words" for one in form}
    feedback.send(seat=hers, about=his, given=given, now=timezone.now())


def test_what_would_have_gained_most_and_where_the_chain_breaks(two: Pair, as_ada: Client) -> None:
    before = page(as_ada, two)
    assert 'id="gains"' not in before
    assert 'id="chain"' not in before
    skip(two)
    said = page(as_ada, two)
    assert "The three changes that would have gained most" in said
    assert "raised the mean level from 1.02 to 1.08 of 3" in said
    assert "Grow it from:" in said
    assert "It breaks at “Loss”:" in text(said)
    assert 'href="#gains"' in said


def test_the_interviewers_levels_come_first_where_they_are_revealed(
    two: Pair, ben: User, as_ada: Client
) -> None:
    skip(two)
    reveal(two)
    assert "By the automatic sheet" in text(page(as_ada, two))  # Ben has marked nothing to go by
    made = sheet(two.session, 2, source="interviewer", rater=ben, at=timezone.now())
    ScoreSheet.objects.filter(pk=made.pk).update(arithmetic={"automatic": {}, "reasons": {}})
    said = text(page(as_ada, two))
    assert "By the sheet of Ben" in said
    assert "The chain holds as far as Ben marked it" in said


def test_what_an_interviewer_only_heard_is_not_called_absent(two: Pair, ben: User, as_ada: Client) -> None:
    skip(two)
    reveal(two)
    made = sheet(two.session, 3, source="interviewer", rater=ben, at=timezone.now(), items={"model.loss": 1})
    ScoreSheet.objects.filter(pk=made.pk).update(arithmetic={"automatic": {}, "reasons": {}})
    ItemScore.objects.filter(item="model.loss", level=0).update(evidence=[])  # the scorer's
    said = text(page(as_ada, two))
    assert "Ben marked it; no words of it were found in notes or drawing." in said
    assert "neither notes nor board speak of it" not in said


def test_probes_are_private_until_both_have_written(
    two: Pair, as_ada: Client, as_cleo: Client, cleo: User
) -> None:
    two.session.seats.create(user=cleo, role=Role.OBSERVER)
    asks = [one["ask"] for one in guide_of(two.session.case_version)["ladders"]["senior"]]
    skip(two)
    assert escape(asks[0]) not in page(as_ada, two)
    reveal(two)
    said = page(as_ada, two)
    assert "As Ben marked it: 1 unprompted, 1 rescued." in text(said)
    assert [escape(ask) in said for ask in asks[:3]] == [True, True, False]
    assert escape(asks[0]) not in page(as_cleo, two)


def test_what_a_changed_constraint_changed_is_told_in_words(
    two: Pair, as_ada: Client, as_ben: Client
) -> None:
    skip(two)
    for client in (as_ada, as_ben):
        said = text(page(client, two))
        assert "The first change came 1:00 later. Prepare the data: 4 words more" in said
        assert "Drawn: a part without a name" in said
        assert "Nothing in notes or drawing changed after it." in said


def test_time_and_changes_come_of_the_recording_and_close_with_it(two: Pair, as_ada: Client) -> None:
    skip(two)
    assert "Time against the plan" in page(as_ada, two)
    as_ada.post(f"/sessions/{two.session.pk}/ready/", {"replay": "no"})
    said = page(as_ada, two)
    assert "Time against the plan" not in said
    assert "4 words more" not in said


def test_the_report_asks_the_database_a_bounded_number_of_questions(two: Pair, as_ada: Client) -> None:
    skip(two)
    reveal(two)
    page(as_ada, two)
    with CaptureQueriesContext(connection) as few:
        page(as_ada, two)
    for number in (3, 4, 5):
        data = {"level": "senior", "number": number, "mark": "missed"}
        PrivateEvent.objects.create(
            session=two.session, seat=two.interviewer, kind="probe_marked", at=START, data=data
        )
    with CaptureQueriesContext(connection) as more:
        page(as_ada, two)
    assert len(more) <= len(few)


def test_beside_the_reference(two: Pair, as_ada: Client, as_ben: Client) -> None:
    reference = guide_of(two.session.case_version)["reference"]
    path = f"/sessions/{two.session.pk}/report/reference/"
    assert as_ada.get(path)["Location"] == f"/sessions/{two.session.pk}/report/"  # she rates herself first
    skip(two)
    for client in (as_ada, as_ben):
        said = page(client, two, "reference/")
        assert "The reference solution" in said
        assert "Only the reference has" in said
        assert escape(reference["objective_chain"]["loss"]) in said
        assert escape(reference["alternatives"][0]["name"]) in said
    assert escape(reference["alternatives"][0]["name"]) not in page(as_ada, two)


def test_it_is_closed_to_strangers_and_to_who_waits_to_be_asked_the_same_case(
    two: Pair, ada: User, as_ada: Client, as_cleo: Client
) -> None:
    skip(two)
    path = f"/sessions/{two.session.pk}/report/reference/"
    assert as_cleo.get(path).status_code == 404
    alone(ada)
    assert as_ada.get(path).status_code == 403


def test_an_empty_board_and_empty_notes_read_well(ada: User, ben: User, as_ada: Client) -> None:
    two = interview(ada, ben, now=START)
    two.session = sessions.submit(session=two.session, by=two.candidate, **at(10))
    skip(two)
    made = ScoreSheet.objects.create(
        submission=two.session.submission, source="automatic", scorer="local", scorer_version="1", overall=1
    )
    assert made.items.count() == 0
    said = text(page(as_ada, two))
    assert "Nothing was written and nothing was drawn, and the scorer reads nothing else" in said
    assert "No work can be seen on any phase." in said
    assert "It breaks at “Business goal”: nothing was shown of it." in said
    assert "Nothing to grow it from" in said
    assert "The board was empty." in said
    assert "Nothing was written in the notes." in said
    assert "The board was empty." in text(page(as_ada, two, "reference/"))
