"""One's own progress: from which sheets, and from whose."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casebank import checklist
from casebank.models import CaseVersion
from interviews.models import ScoreSheet, SelfRating
from interviews.queries.sheets_seen import sheets_of
from interviews.rules.reveal import SEALED_FOR
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import Past, sheet

SELF, INTERVIEWER = ScoreSheet.Source.SELF, ScoreSheet.Source.INTERVIEWER
DAY = timedelta(days=1)
NOW = timezone.now()


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Past:
    return history.past(ada, ben, case_version, now=NOW)


def text(client: Client, address: str = "/progress/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_before_the_first_interview_the_page_says_what_to_do(as_ada: Client) -> None:
    assert "After your first interview, rate yourself" in text(as_ada)
    assert "No sheet yet" in text(as_ada, "/progress/points/")


def test_a_level_stands_with_its_margin_and_what_it_rests_on(
    past: Past, as_ada: Client, ben: User, cleo: User
) -> None:
    for days, level, rater in ((30, 1, ben), (20, 1, cleo), (10, 2, ben)):
        session = past(days)
        sheet(session, level, source=INTERVIEWER, rater=rater)
        sheet(session, level)
    said = text(as_ada)
    assert re.search(
        r"Interviewers \d\.\d ± \d\.\d .*From 3 sessions, 2 raters\. \d+ sessions with other raters", said
    )
    assert re.search(
        r"The automatic scorer \d\.\d ± \d\.\d .*From 3 sessions, 1 rater\. It is one rater", said
    )
    assert "Interviewers: each dot a session" in said
    assert "The automatic scorer: each dot a session" in text(as_ada, "/progress/?by=automatic")
    assert "Interviewers: each dot a session" in text(as_ada, "/progress/?by=nobody")


def test_an_interviewers_sheet_counts_once_it_is_revealed(
    past: Past, as_ada: Client, ada: User, ben: User
) -> None:
    session = past(1)
    sheet(session, 2, source=INTERVIEWER, rater=ben)
    sheet(session, 2)
    assert {one.source for one in sheets_of(ada.pk, NOW)} == {"automatic"}
    assert "Interviewers" not in text(as_ada)
    assert {one.source for one in sheets_of(ada.pk, NOW + SEALED_FOR)} == {"automatic", "interviewer"}


def test_no_sheet_counts_before_one_has_rated_oneself(past: Past, as_ada: Client, ada: User) -> None:
    session = past(10, rated=False)
    sheet(session, 2)
    assert "Nothing to show yet" in text(as_ada)
    SelfRating.objects.create(seat=session.seats.get(user=ada))
    assert "The automatic scorer" in text(as_ada)


def test_nobody_sees_anothers(past: Past, as_ben: Client, as_cleo: Client, ben: User) -> None:
    sheet(past(10), 2, source=INTERVIEWER, rater=ben)
    for client in (as_ben, as_cleo):
        assert "Nothing to show yet" in text(client)
    assert Client().get("/progress/").status_code == 302
    assert "1 session held, 0.7 hours: 0 interviewed, 1 as interviewer." in text(as_ben)


def test_the_newest_sheet_of_a_source_counts_and_a_thin_one_does_not(
    past: Past, ada: User, ben: User, as_ada: Client
) -> None:
    session = past(10)
    sheet(session, 1)
    sheet(session, 3, at=NOW)
    assert [one.mean for one in sheets_of(ada.pk, NOW)] == [3]
    thin = sheet(session, 2, source=INTERVIEWER, rater=ben)
    thin.items.exclude(item__startswith="data.").delete()
    assert "No level yet: 1 sheet with marks for less than half of the points." in text(as_ada)


def test_a_point_that_a_machine_does_not_name_was_not_shown(past: Past, ada: User) -> None:
    found = sheet(past(10), 2)
    found.items.filter(item__startswith="data.").delete()
    (seen,) = sheets_of(ada.pk, NOW)
    names = [item.id for item in checklist.load().items if item.id.startswith("data.")]
    assert seen.mean_of(names) == 0
    assert seen.mean == pytest.approx(2 * (50 - len(names)) / 50)


def test_the_weakest_points_and_how_one_knows_oneself(past: Past, as_ada: Client) -> None:
    for days in (20, 10):
        session = past(days)
        sheet(session, 2, items={"evaluate.offline": 0})
        sheet(session, 3, source=SELF)
    said = text(as_ada)
    assert f"0.0 {checklist.texts()['evaluate.offline']} · 2 sessions" in said
    assert re.search(r"You Given, on average Points 3 2\.0 100", said)


def test_it_asks_no_more_of_the_database_for_more_sessions(past: Past, as_ada: Client, ben: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            text(as_ada)
        return len(caught)

    def practise(count: int) -> None:
        for number in range(count):
            session = past(3 + number)
            sheet(session, 2)
            sheet(session, 2, source=INTERVIEWER, rater=ben)

    practise(1)
    few = queries()
    practise(6)
    assert queries() == few
    assert few <= 14


def test_days_and_cases(past: Past, as_ada: Client) -> None:
    sheet(past(3), 2)
    page = as_ada.get("/progress/").content.decode()
    assert f"{NOW - 3 * DAY:%-d %b %Y}: 40 min</title>" in page or "40 min</title>" in page
    assert "Ad click prediction" in page
