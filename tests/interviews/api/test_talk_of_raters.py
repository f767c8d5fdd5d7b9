"""Two raters who are far apart talk over REST; nobody else does, and neither is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from casebank import checklist
from casebank.limits import Limit
from casebank.models import CaseVersion
from interviews.actions import gaps as verbs
from interviews.models import SecondRating
from interviews.rules.second import LONGEST, MESSAGES
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT

JSON = "application/json"
ALL = {item.id: "2" for item in checklist.load().items} | {"overall": "3"}


@pytest.fixture
def taken(
    ada: User, ben: User, cleo: User, case_version: CaseVersion, as_ada: Client, as_cleo: Client
) -> str:
    """The address of a rating that Cleo has taken; Ben interviewed, and gave nothing for a point."""
    past = history.ratable(ada, ben, cleo, case_version)
    as_ada.post(f"/api/v1/sessions/{past.pk}/second/")
    page = f"/api/v1/ratings/{SecondRating.objects.get().pk}/"
    as_cleo.post(page + "take/")
    return page


@pytest.fixture
def talk(taken: str, as_cleo: Client) -> str:
    """The talk, once Cleo has sealed twos."""
    as_cleo.post(taken + "seal/", {"answers": ALL, "base": 0}, content_type=JSON)
    return taken + "talk/"


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, body, content_type=JSON)


def test_each_says_what_they_saw_and_closes_the_point(talk: str, as_ben: Client, as_cleo: Client) -> None:
    (gap,) = as_cleo.get(talk).json()["gaps"]
    assert (gap["item"], gap["left"], gap["may_close"]) == (POINT, MESSAGES, True)
    assert [(one["by"], one["yours"], one["level"]) for one in gap["levels"]] == [
        ("Second rater", True, 2),
        ("Interviewer", False, 0),
    ]
    said = post(as_cleo, f"{talk}{POINT}/", words="30k <a second>")
    assert (said.status_code, said.json()["left"]) == (201, MESSAGES - 1)
    found = as_ben.get(talk).json()
    assert found["you"] == "Interviewer"
    (told,) = found["gaps"][0]["remarks"]
    assert (told["by"], told["yours"], told["words"]) == ("Second rater", False, "30k <a second>")
    last = post(as_ben, f"{talk}{POINT}/close/", level=1, words="Missed it.").json()
    assert (last["may_close"], last["left"], last["closed"]) == (False, 0, False)
    assert post(as_cleo, f"{talk}{POINT}/close/", level=2).json()["closed"]
    assert [one["level"] for one in as_ben.get(talk).json()["gaps"][0]["remarks"]] == [None, 1, 2]
    assert post(as_ben, f"{talk}{POINT}/", words="One more.").json()["code"] == "closed"
    assert post(as_ben, f"{talk}{POINT}/close/", level=3).json()["code"] == "closed"


def test_both_find_it_until_they_have_closed_it(talk: str, as_ben: Client, as_cleo: Client) -> None:
    rating = talk.split("/")[-3]
    for client in (as_ben, as_cleo):
        (one,) = client.get("/api/v1/ratings/").json()["talking"]
        assert (one["id"], one["open"]) == (rating, 1)
        post(client, f"{talk}{POINT}/close/", level=1)
        assert client.get("/api/v1/ratings/").json()["talking"] == []
    session = SecondRating.objects.get().session_id
    assert as_ben.get(f"/api/v1/sessions/{session}/second/").json()["talk"] == rating


def test_nobody_is_named_and_no_session(talk: str, as_ben: Client, as_cleo: Client) -> None:
    for client, names in (
        (as_ben, ("Cleo",)),
        (as_cleo, ("Ada", "Ben", str(SecondRating.objects.get().session_id))),
    ):
        for address in (talk, "/api/v1/ratings/"):
            said = client.get(address).content.decode()
            assert not [name for name in names if name in said]


def test_there_is_none_before_the_seal(taken: str, as_ben: Client, as_cleo: Client) -> None:
    for client in (as_ben, as_cleo):
        assert client.get(taken + "talk/").status_code == 404
        assert post(client, f"{taken}talk/{POINT}/", words="Hm.").status_code == 404


def test_its_candidate_and_a_stranger_find_nothing(talk: str, as_ada: Client, signed_in: Any) -> None:
    stranger = signed_in(User.objects.create_user("dora@example.com", display_name="Dora"))
    for client in (as_ada, stranger):
        assert client.get(talk).status_code == 404
        assert post(client, f"{talk}{POINT}/", words="Mine.").status_code == 404
        assert post(client, f"{talk}{POINT}/close/", level=3).status_code == 404
    session = SecondRating.objects.get().session_id
    assert as_ada.get(f"/api/v1/sessions/{session}/second/").json()["talk"] is None


@pytest.mark.parametrize("item", ["clarify.goal", "no.such", "overall"])
def test_a_point_on_which_they_are_not_apart(talk: str, as_ben: Client, item: str) -> None:
    assert post(as_ben, f"{talk}{item}/", words="Hm.").status_code == 404
    assert post(as_ben, f"{talk}{item}/close/", level=1).status_code == 404


def test_what_is_no_message_and_no_level_is_refused(talk: str, as_ben: Client) -> None:
    for words in (" ", "x" * (LONGEST + 1)):
        assert post(as_ben, f"{talk}{POINT}/", words=words).status_code == 422
    for body in ({}, {"words": "a", "level": 1}, {"words": 7, "by": 1}):
        assert post(as_ben, f"{talk}{POINT}/", **body).status_code == 400
    for level in (-1, 4, "x", None):
        assert post(as_ben, f"{talk}{POINT}/close/", level=level).status_code == 400
    for _ in range(MESSAGES):
        post(as_ben, f"{talk}{POINT}/", words="Hm.")
    assert post(as_ben, f"{talk}{POINT}/", words="Hm.").json()["code"] == "enough"


def test_asked_again_with_the_same_key_it_is_said_once(talk: str, as_ben: Client) -> None:
    for _ in range(2):
        as_ben.post(
            f"{talk}{POINT}/", {"words": "Hm."}, content_type=JSON, headers={"Idempotency-Key": "once"}
        )
    assert len(as_ben.get(talk).json()["gaps"][0]["remarks"]) == 1


def test_each_says_only_so_much(talk: str, as_ben: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "SAY", Limit("test-say", 1))
    assert post(as_ben, f"{talk}{POINT}/", words="Hm.").status_code == 201
    assert post(as_ben, f"{talk}{POINT}/close/", level=1).status_code == 429
