"""Disputes over REST."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from casebank.limits import Limit
from casebank.models import CaseVersion
from interviews.actions import disputes as verbs
from interviews.models import Dispute, Session
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT


@pytest.fixture
def past(ada: User, ben: User, case_version: CaseVersion) -> Session:
    return history.disputable(ada, ben, case_version)


def at(session: Session, rest: str = f"{POINT}/") -> str:
    return f"/api/v1/sessions/{session.pk}/disputes/{rest}"


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, body, content_type="application/json")


def file(client: Client, session: Session, name: str = "Ben") -> Any:
    offered = client.get(at(session)).json()["disputable"]
    (sheet,) = [one["sheet"] for one in offered if one["name"] == name]
    return post(client, at(session), sheet=sheet, words="It stands under clarify.")


def test_a_level_is_disputed_and_answered(past: Session, as_ada: Client, as_ben: Client) -> None:
    made = file(as_ada, past)
    assert made.status_code == 201
    said = made.json()
    assert (said["source"], said["rater"], said["level"], said["answer"]) == ("interviewer", "Ben", 0, None)
    assert [one["name"] for one in as_ada.get(at(past)).json()["disputable"]] == ["The automatic scorer"]
    (waiting,) = as_ben.get("/api/v1/disputes/").json()
    assert (waiting["session"], waiting["item"], waiting["candidate"]) == (str(past.pk), POINT, "Ada")
    assert as_ben.get(at(past, "")).json()[0]["awaits_you"]
    answer = {"dispute": said["id"], "level": 2, "words": "I had missed it."}
    assert post(as_ben, at(past, f"{POINT}/answer/"), **answer).status_code == 201
    (row,) = as_ada.get(at(past, "")).json()
    assert (row["answer"]["by"], row["answer"]["level"], row["awaits_you"]) == ("Ben", 2, False)
    assert as_ben.get("/api/v1/disputes/").json() == []
    assert post(as_ben, at(past, f"{POINT}/answer/"), **answer).json()["code"] == "answered"


def test_once_and_in_words(past: Session, as_ada: Client) -> None:
    sheet = past.submission.sheets.get(source="interviewer").pk
    for words in (" ", "long " * 200):
        assert post(as_ada, at(past), sheet=sheet, words=words).status_code == 422
    assert file(as_ada, past).status_code == 201
    assert post(as_ada, at(past), sheet=sheet, words="Again.").json()["code"] == "disputed"
    assert Dispute.objects.count() == 1


def test_it_is_each_sides_own(past: Session, as_ada: Client, as_ben: Client, as_cleo: Client) -> None:
    row = file(as_ada, past).json()["id"]
    answer = {"dispute": row, "level": 2, "words": "Hm."}
    assert post(as_ben, at(past), sheet=1, words="Hm.").status_code == 403
    assert post(as_ada, at(past, f"{POINT}/answer/"), **answer).status_code == 403
    assert post(as_ben, at(past, "clarify.goal/answer/"), **answer).status_code == 404
    assert post(as_cleo, at(past), sheet=1, words="Hm.").status_code == 404
    assert post(as_cleo, at(past, f"{POINT}/answer/"), **answer).status_code == 404
    for rest in ("", f"{POINT}/"):
        assert as_cleo.get(at(past, rest)).status_code == 404
    assert as_cleo.get("/api/v1/disputes/").json() == []
    for item in ("no.such", "clarify.goal"):
        assert as_ben.get(at(past, f"{item}/")).status_code == 404


def test_a_point_that_is_none_is_nothing(past: Session, as_ada: Client, as_ben: Client) -> None:
    sheet = past.submission.sheets.get(source="interviewer").pk
    for item in ("no.such", "%00", "%F0%9F%92%A9", "x" * 300):
        assert as_ada.get(at(past, f"{item}/")).status_code == 404
        assert post(as_ada, at(past, f"{item}/"), sheet=sheet, words="Hm.").status_code == 404
        answer = {"dispute": 1, "level": 2, "words": "Hm."}
        assert post(as_ben, at(past, f"{item}/answer/"), **answer).status_code == 404


def test_nothing_is_told_before_it_is_shown(scored: Session, as_ada: Client) -> None:
    assert as_ada.get(at(scored, "")).json() == []
    assert as_ada.get(at(scored)).status_code == 404
    sheet = scored.submission.sheets.get().pk
    assert post(as_ada, at(scored), sheet=sheet, words="Hm.").json()["code"] == "sealed"


def test_only_so_many_in_an_hour(past: Session, as_ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "DISPUTE", Limit("dispute-test", 1))
    assert [file(as_ada, past, name).status_code for name in ("Ben", "The automatic scorer")] == [201, 429]
