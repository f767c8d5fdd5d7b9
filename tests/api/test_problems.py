"""Whatever is refused is a problem document, and so often as there are requests is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from interviews.models import Session
from mlsd_site.accounts.models import User
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db
JSON = "application/json"


def problem(response: Any, status: int) -> dict[str, Any]:
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    said: dict[str, Any] = response.json()
    assert {"type", "title", "status", "code", "detail"} <= said.keys()
    assert said["status"] == status
    return said


def test_each_is_one(live: Session, ada: User, program: Program, client: Client) -> None:
    hers, here = program(ada), f"/api/v1/sessions/{live.pk}/"
    problem(client.get(here), 401)
    problem(hers.get(f"{here}guide/"), 403)
    problem(hers.get("/api/v1/sessions/nowhere/"), 404)
    problem(hers.get("/api/v1/sessions/00000000-0000-4000-8000-000000000000/"), 404)
    problem(hers.delete(here), 405)
    problem(hers.get(here, headers={"Accept": "text/html"}), 406)
    problem(hers.post(f"{here}extend/", "{", content_type=JSON), 400)
    problem(hers.post(f"{here}extend/", "x=1", content_type="text/plain"), 415)
    problem(hers.post(f"{here}extend/", {"minutes": 7}, content_type=JSON), 400)
    note = f"{here}notes/clarify/"
    problem(hers.put(note, {"text": "x"}, content_type=JSON), 428)
    problem(hers.put(note, {"text": "x", "base": 7}, content_type=JSON), 409)
    problem(hers.put(note, {"text": "x"}, content_type=JSON, headers={"If-Match": '"7"'}), 412)
    problem(hers.put(note, {"text": "x"}, content_type=JSON, headers={"If-Match": "*"}), 412)
    problem(hers.put(note, {"text": "x" * 1_100_000, "base": 0}, content_type=JSON), 413)
    big = {"Idempotency-Key": "big"}
    problem(hers.post(f"{here}extend/", {"x": "x" * 1_100_000}, content_type=JSON, headers=big), 413)


@pytest.mark.asvs("15.3.3")
def test_names_that_there_are_not_are_refused(live: Session, ada: User, program: Program) -> None:
    hers = program(ada)
    for path in ("sessions/?owner=1", "sessions/?order=case", "sessions/?per_page=101", "sessions/?page=0"):
        problem(hers.get(f"/api/v1/{path}"), 400)
    for path in (
        f"sessions/{live.pk}/?x=1",
        "progress/?by=everybody",
        "cases/?sort=guide",
        "drafts/?format=xml",
    ):
        problem(hers.get(f"/api/v1/{path}"), 400)
    said = {"minutes": 5, "deadline_at": "2099-01-01T00:00:00Z"}
    refused = hers.post(f"/api/v1/sessions/{live.pk}/extend/", said, content_type=JSON)
    assert "deadline_at" in problem(refused, 400)["errors"]


def test_the_rate_is_told_and_kept(ada: User, program: Program, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    hers = program(ada)
    answers = [hers.get("/api/v1/progress/") for _ in range(3)]
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"api";q=3;w=60'
    refused = hers.get("/api/v1/progress/")
    assert problem(refused, 429)["code"] == "too_often"
    assert int(refused["Retry-After"]) > 0


def test_what_cannot_be_counted_is_503_where_it_costs_much(
    ada: User, program: Program, settings: Settings
) -> None:
    """What cannot be counted is let through, and what costs much says so."""
    hers = program(ada)
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": {}}
    }
    assert hers.get("/api/v1/progress/").status_code == 200
    refused = hers.post("/api/v1/drafts/", {"text": "x"}, content_type=JSON)
    assert problem(refused, 503)["code"] == "unavailable"
