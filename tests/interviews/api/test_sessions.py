"""The REST form: the same doors and verbs as the pages, in JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from interviews.models import Note, Session


def address(session: Session, rest: str = "") -> str:
    return f"/api/v1/sessions/{session.pk}/{rest}"


def put(client: Client, session: Session, step: str = "clarify", **body: Any) -> Any:
    return client.put(address(session, f"notes/{step}/"), body, content_type="application/json")


def test_a_session_names_its_fields_and_no_others(live: Session, as_ada: Client) -> None:
    said = as_ada.get(address(live)).json()
    assert set(said) == {
        "id", "mode", "state", "case", "framework", "level", "ended_at", "end_reason", "role", "server_time",
        "clock",
    }  # fmt: skip
    assert (said["state"], said["role"], said["clock"]["state"]) == ("live", "candidate", "live")
    assert said["case"] == {"slug": "ad-clicks", "version": 1, "title": "Ad click prediction"}


def test_a_report_has_the_evidence(scored: Session, as_ben: Client) -> None:
    said = as_ben.get(address(scored, "report/")).json()
    levels = {item["id"]: item for step in said["steps"] for item in step["items"]}
    assert len(levels) == 50
    assert said["job"] == "done"
    assert said["sheet"]["source"] == "automatic"
    assert all(bool(item["evidence"]) == (item["level"] > 0) for item in levels.values())


def test_a_report_before_its_time_is_empty(live: Session, as_ada: Client) -> None:
    said = as_ada.get(address(live, "report/")).json()
    assert (said["job"], said["sheet"], said["steps"]) == (None, None, [])


def test_a_note_is_saved(live: Session, as_ada: Client) -> None:
    response = put(as_ada, live, text="  30k per second\n", base=0)
    assert (response.status_code, response.json()) == (200, {"step": "clarify", "version": 1})
    assert Note.objects.get(session=live, step="clarify").text == "  30k per second\n"


def test_a_stale_note_gets_the_servers_text(live: Session, as_ada: Client) -> None:
    put(as_ada, live, text="first", base=0)
    response = put(as_ada, live, text="second", base=0)
    assert response.status_code == 409
    assert (response.json()["text"], response.json()["version"]) == ("first", 1)


def test_a_closed_clock_takes_no_notes(lobby: Session, as_ada: Client) -> None:
    response = put(as_ada, lobby, text="early", base=0)
    assert (response.status_code, response.json()["code"]) == (409, "closed")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "x", "base": -1},
        {"text": "x\x00", "base": 0},
        {"text": ["x"], "base": 0},
        {"text": "x", "base": 0, "version": 7},
        {"text": "x" * 50_001, "base": 0},
    ],
)
def test_a_malformed_note_is_refused(body: dict[str, Any], live: Session, as_ada: Client) -> None:
    assert put(as_ada, live, **body).status_code == 400


def test_a_note_says_what_it_is_based_on(live: Session, as_ada: Client) -> None:
    response = put(as_ada, live, text="x")
    assert (response.status_code, response.json()["code"]) == (428, "precondition_required")


def test_if_match_says_it_too(live: Session, as_ada: Client) -> None:
    put(as_ada, live, text="first", base=0)
    named = as_ada.get(address(live, "notes/clarify/"))["ETag"]
    path, head = address(live, "notes/clarify/"), {"If-Match": named}
    saved = as_ada.put(path, {"text": "second"}, content_type="application/json", headers=head)
    assert (saved.status_code, saved["ETag"]) == (200, '"2"')
    late = as_ada.put(path, {"text": "third"}, content_type="application/json", headers=head)
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    assert (late.json()["text"], late.json()["version"]) == ("second", 2)


def test_an_unknown_step_is_refused(live: Session, as_ada: Client) -> None:
    assert put(as_ada, live, step="nothing", text="x", base=0).status_code == 400


def test_what_is_no_json_is_refused(live: Session, as_ada: Client) -> None:
    assert (
        as_ada.put(address(live, "notes/clarify/"), "{", content_type="application/json").status_code == 400
    )


def test_the_interviewer_writes_no_notes(live: Session, as_ben: Client) -> None:
    assert put(as_ben, live, text="x", base=0).status_code == 403


@pytest.mark.parametrize("rest", ["", "report/"])
def test_a_stranger_finds_nothing(rest: str, live: Session, as_cleo: Client) -> None:
    assert as_cleo.get(address(live, rest)).status_code == 404
    assert put(as_cleo, live, text="x", base=0).status_code == 404


@pytest.mark.parametrize("rest", ["", "report/"])
def test_nobody_reads_without_logging_in(rest: str, live: Session, client: Client) -> None:
    assert client.get(address(live, rest)).status_code in (401, 403)
