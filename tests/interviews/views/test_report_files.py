"""A report as a file holds what its reader may see."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from casebank.limits import Limit
from interviews.actions import papers, sessions
from interviews.models import ScoreJob, ScoreSheet, Session
from mlsd_site.accounts.models import User
from tests.interviews.canaries import (
    ALL,
    BEN_DREW,
    DRAWN,
    PRIVATE,
    REAL,
    tell_all,
)


@pytest.fixture
def told(live: Session, ada: User, ben: User) -> Session:
    return tell_all(live, ada, ben)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("form", ["md", "pdf"])
@pytest.mark.asvs("5.4.1", "5.4.2")
def test_the_file_holds_what_its_reader_sees(
    told: Session, as_ada: Client, as_ben: Client, form: str
) -> None:
    for client in (as_ada, as_ben):
        answer = client.get(f"/sessions/{told.pk}/report.{form}")
        said = words_of(answer.content) if form == "pdf" else answer.content.decode()
        assert answer["Content-Disposition"] == f'attachment; filename="report-ad-click-prediction.{form}"'
        assert "no-store" in answer["Cache-Control"]
        found = {one for one in ALL if one in said}
        assert found == set(ALL) - {PRIVATE, REAL} - ({BEN_DREW, DRAWN} if form == "md" else set())


def test_the_file_holds_nothing_before_one_has_rated_oneself(unrated: Session, as_ada: Client) -> None:
    said = as_ada.get(f"/sessions/{unrated.pk}/report.md").content.decode()
    assert "rate yourself in the report first" in said
    assert "Step by step" not in said
    assert "200 million users a day" in said


def test_the_interviewers_holds_no_level_before_the_seal(judged_blind: Session, as_ben: Client) -> None:
    said = as_ben.get(f"/sessions/{judged_blind.pk}/report.md").content.decode()
    assert "seal your own marks in the report first" in said
    assert "Automatic" not in said


@pytest.fixture
def judged_blind(submitted: Session) -> Session:
    ScoreSheet.objects.create(
        submission=submitted.submission, source="automatic", scorer="local", scorer_version="7.7", overall=2
    )
    return submitted


def test_a_score_that_failed_is_told(submitted: Session, as_ada: Client) -> None:
    ScoreJob.objects.update(state="parked", attempts=3)
    assert "score could not be made" in as_ada.get(f"/sessions/{submitted.pk}/report.md").content.decode()


def test_an_empty_board_and_empty_notes_make_a_file_too(live: Session, ada: User, as_ada: Client) -> None:
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    for form, read in (("md", bytes.decode), ("pdf", words_of)):
        said = read(as_ada.get(f"/sessions/{live.pk}/report.{form}").content)
        assert "The board was empty." in said
        assert "Nothing was written in the notes." in said


def test_a_session_that_never_began_has_a_page_and_no_links(
    lobby: Session, ada: User, as_ada: Client
) -> None:
    sessions.abandon(session=lobby, by=lobby.seats.get(user=ada), now=timezone.now())
    assert "Nothing was handed in" in as_ada.get(f"/sessions/{lobby.pk}/report.md").content.decode()
    assert "Make a link" not in as_ada.get(f"/sessions/{lobby.pk}/share/").content.decode()


def test_a_running_session_has_no_file(live: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{live.pk}/report.md").status_code == 409
    assert as_ada.get(f"/sessions/{live.pk}/share/").status_code == 409


def test_only_so_many_pdfs_are_made(
    submitted: Session, as_ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "NEW_PDFS", Limit("report-pdf-test", 1))
    path = f"/sessions/{submitted.pk}/report.pdf"
    assert [as_ada.get(path).status_code for _ in range(2)] == [200, 429]
