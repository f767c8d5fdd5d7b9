"""Second ratings over REST: the offer and its result, and rating somebody else's session blind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from casebank import checklist
from casebank.limits import Limit
from casebank.models import CaseVersion, SeenCase
from interviews.actions import second as verbs
from interviews.audit.verbs import Verb
from interviews.models import AuditEntry, SecondRating, Session
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT

JSON = "application/json"
ALL = {item.id: "2" for item in checklist.load().items} | {"overall": "3"}


@pytest.fixture
def past(ada: User, ben: User, cleo: User, case_version: CaseVersion) -> Session:
    return history.ratable(ada, ben, cleo, case_version)


@pytest.fixture
def offered(past: Session, as_ada: Client) -> str:
    """The address of the rating of a session that Ada has offered."""
    assert as_ada.post(of(past)).status_code == 201
    return f"/api/v1/ratings/{SecondRating.objects.get().pk}/"


@pytest.fixture
def taken(offered: str, as_cleo: Client) -> str:
    assert as_cleo.post(offered + "take/").status_code == 200
    return offered


def of(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/second/"


def keep(client: Client, address: str, answers: dict[str, str], **more: Any) -> Any:
    return client.put(address, {"answers": answers, **more}, content_type=JSON)


def test_it_is_offered_taken_rated_and_shown(
    past: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    assert as_ada.get(of(past)).json()["may_offer"]
    assert as_ada.post(of(past)).json()["may_withdraw"]
    (one,) = as_cleo.get("/api/v1/ratings/").json()["open"]
    page = f"/api/v1/ratings/{one['id']}/"
    held = as_cleo.post(page + "take/").json()
    assert (held["case"]["title"], held["sealed_at"]) == ("Ad click prediction", None)
    work = as_cleo.get(page)
    assert (work["ETag"], work.json()["notes"]) == ('"0"', {"data": "clicks"})
    assert len(work.json()["questions"]) > 50
    kept = keep(as_cleo, page, {POINT: "3"}, base=0)
    assert (kept["ETag"], kept.json()) == ('"1"', {"version": 1})
    assert as_cleo.get(page).json()["answers"] == {POINT: "3"}
    half = as_cleo.post(page + "seal/", {"answers": {POINT: "3"}, "base": 1}, content_type=JSON)
    assert (half.status_code, len(half.json()["errors"])) == (422, 50)
    assert as_cleo.post(page + "seal/", {"answers": ALL, "base": 1}, content_type=JSON).status_code == 204
    for client in (as_ada, as_ben):
        result = client.get(of(past)).json()["result"]
        assert (result["overall"], result["levels"][POINT], len(result["levels"])) == (3, 2, 50)
    (mine,) = as_cleo.get("/api/v1/ratings/").json()["yours"]
    assert (mine["overall"], bool(mine["sealed_at"])) == (3, True)
    assert as_cleo.get(page).json()["code"] == "sealed"


def test_no_answer_names_anybody_or_tells_a_level(taken: str, past: Session, as_cleo: Client) -> None:
    for page in ("/api/v1/ratings/", taken):
        said = as_cleo.get(page).content.decode()
        assert not [word for word in ("Ada", "Ben", "Monitoring.", str(past.pk)) if word in said]


def test_who_reads_what_is_written_down(taken: str, past: Session, cleo: User, as_cleo: Client) -> None:
    as_cleo.get(taken)
    assert AuditEntry.objects.filter(actor=cleo.pk, verb=Verb.WORK_READ).count() == 1


def test_an_interviewer_who_reads_the_result_is_written_down(
    taken: str, past: Session, ben: User, as_ben: Client, as_cleo: Client
) -> None:
    as_ben.get(of(past))
    assert not AuditEntry.objects.filter(actor=ben.pk, verb=Verb.REPORT_READ).exists()
    as_cleo.post(taken + "seal/", {"answers": ALL, "base": 0}, content_type=JSON)
    as_ben.get(of(past))
    assert AuditEntry.objects.filter(actor=ben.pk, verb=Verb.REPORT_READ).exists()


def test_an_offer_is_taken_back_while_nobody_rates_it(offered: str, past: Session, as_ada: Client) -> None:
    assert as_ada.delete(of(past)).status_code == 204
    assert not SecondRating.objects.exists()
    assert as_ada.delete(of(past)).status_code == 404


def test_it_stays_once_it_is_taken_until_it_is_given_back(
    taken: str, past: Session, as_ada: Client, as_cleo: Client
) -> None:
    assert as_ada.delete(of(past)).json()["code"] == "taken"
    assert as_cleo.delete(taken).status_code == 204
    assert as_ada.delete(of(past)).status_code == 204


def test_a_save_names_what_it_is_based_on(taken: str, as_cleo: Client) -> None:
    assert keep(as_cleo, taken, {POINT: "1"}).status_code == 428
    assert keep(as_cleo, taken, {POINT: "1"}, base=0).status_code == 200
    late = keep(as_cleo, taken, {POINT: "2"}, base=0)
    assert (late.status_code, late.json()["answers"], late.json()["version"]) == (409, {POINT: "1"}, 1)
    named = as_cleo.put(taken, {"answers": {POINT: "2"}}, content_type=JSON, headers={"If-Match": '"0"'})
    assert named.status_code == 412
    stale = as_cleo.post(taken + "seal/", {"answers": ALL, "base": 0}, content_type=JSON)
    assert stale.status_code == 409


def test_cases_that_one_has_not_read_are_named(
    offered: str, cleo: User, as_cleo: Client, as_ada: Client, as_ben: Client
) -> None:
    SeenCase.objects.filter(user=cleo).delete()
    said = as_cleo.get("/api/v1/ratings/").json()
    assert (said["open"], said["unread"]) == ([], ["ad-clicks"])
    assert as_cleo.post(offered + "take/").status_code == 404
    for client in (as_ada, as_ben):
        assert client.get("/api/v1/ratings/").json() == {
            "open": [],
            "yours": [],
            "unread": [],
            "talking": [],
        }


def test_a_stranger_gets_404_and_the_wrong_seat_403(
    taken: str, past: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    for client in (as_ada, as_ben):
        assert client.get(taken).status_code == 404
        assert client.delete(taken).status_code == 404
        assert keep(client, taken, ALL, base=0).status_code == 404
        assert client.post(taken + "take/").status_code == 404
        sealed = client.post(taken + "seal/", {"answers": ALL, "base": 0}, content_type=JSON)
        assert sealed.status_code == 404
    for ask in (as_cleo.get, as_cleo.post, as_cleo.delete):
        assert ask(of(past)).status_code == 404
    for ask in (as_ben.post, as_ben.delete):
        assert ask(of(past)).status_code == 403


@pytest.mark.parametrize("limit", ["OFFER", "TAKE", "SAVE"])
def test_each_is_done_only_so_often(
    limit: str, offered: str, past: Session, as_ada: Client, as_cleo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_cleo.post(offered + "take/")
    monkeypatch.setattr(verbs, limit, Limit(f"test-{limit}", 1))
    asks: dict[str, Callable[[], Any]] = {
        "OFFER": lambda: as_ada.post(of(past)),
        "TAKE": lambda: as_cleo.post(offered + "take/"),
        "SAVE": lambda: keep(as_cleo, offered, {POINT: "1"}, base=0),
    }
    statuses = [asks[limit]().status_code for _ in range(2)]
    assert statuses[0] != 429
    assert statuses[1] == 429
