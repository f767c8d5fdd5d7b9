"""The pages of a dispute, and whom they are shut to."""

from __future__ import annotations

import pytest
from django.test import Client

from casebank.models import CaseVersion
from interviews.models import Dispute, Session
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Session:
    return history.disputable(ada, ben, case_version)


def page(session: Session, rest: str = "") -> str:
    return f"/sessions/{session.pk}/report/dispute/{POINT}/{rest}"


def test_from_the_report_to_the_dispute_and_its_answer(past: Session, as_ada: Client, as_ben: Client) -> None:
    report = f"/sessions/{past.pk}/report/"
    assert page(past) in as_ada.get(report).content.decode()
    assert page(past) not in as_ben.get(report).content.decode()
    assert "Ben: not shown" in as_ada.get(page(past)).content.decode()
    sheet = past.submission.sheets.get(source="interviewer")
    sent = as_ada.post(page(past, "file/"), {"sheet": sheet.pk, "words": "30k <a second>"}, follow=True)
    assert "30k &lt;a second&gt;" in sent.content.decode()
    assert "Disputed, to be answered by you" in as_ben.get("/sessions/").content.decode()
    told = as_ben.get(report).content.decode()
    assert "Disputed, to be answered by you" in told
    assert "30k &lt;a second&gt;" in told
    row = Dispute.objects.get()
    answer = {"dispute": row.pk, "level": "2", "words": "You are right."}
    as_ben.post(page(past, "answer/"), answer)
    told = as_ada.get(report).content.decode()
    assert "would now give “Applied”" in told
    assert "You are right." in told
    assert "Disputed, to be answered by you" not in as_ben.get(report).content.decode()


def test_the_report_says_whose_level_is_disputed(past: Session, as_ada: Client, as_ben: Client) -> None:
    def link() -> str:
        told = as_ada.get(f"/sessions/{past.pk}/report/").content.decode()
        return told.split(f'href="{page(past)}">')[-1].split("<span")[0] if page(past) in told else ""

    assert link() == "Dispute the scorer’s or Ben’s level"
    for sheet, left in (("interviewer", "Dispute the scorer’s level"), ("automatic", "")):
        row = past.submission.sheets.get(source=sheet)
        as_ada.post(page(past, "file/"), {"sheet": row.pk, "words": "It stands there."})
        assert link() == left
    assert "It stands there." in as_ada.get(page(past)).content.decode()


def test_what_was_typed_stays_in_the_form(past: Session, as_ada: Client) -> None:
    sheet = past.submission.sheets.get(source="interviewer")
    again = as_ada.post(page(past, "file/"), {"sheet": sheet.pk, "words": "long " * 200})
    assert again.status_code == 422
    assert "long long" in again.content.decode()
    assert "At most 600 characters" in again.content.decode()


def test_a_stranger_and_a_point_that_is_none_get_404(past: Session, as_ada: Client, as_cleo: Client) -> None:
    assert as_cleo.get(page(past)).status_code == 404
    assert as_cleo.post(page(past, "file/"), {"sheet": 1, "words": "Hm."}).status_code == 404
    assert as_cleo.post(page(past, "answer/"), {"dispute": 1, "words": "Hm."}).status_code == 404
    assert as_ada.get(f"/sessions/{past.pk}/report/dispute/no.such/").status_code == 404
    for sheet in ("", "x", "9" * 40, "-1", "²"):
        assert as_ada.post(page(past, "file/"), {"sheet": sheet, "words": "Hm."}).status_code == 404


def test_each_side_keeps_to_its_form(past: Session, as_ada: Client, as_ben: Client) -> None:
    assert as_ben.post(page(past, "file/"), {"sheet": 1, "words": "Hm."}).status_code == 403
    assert as_ada.post(page(past, "answer/"), {"dispute": 1, "words": "Hm."}).status_code == 403
    assert as_ben.get(page(past)).status_code == 404  # nothing is disputed, and nothing is theirs to dispute
