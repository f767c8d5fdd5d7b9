from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from casebank.models import CaseVersion
from interviews.models import ScoreJob, Session
from mlsd_site.accounts.models import User

WISH = {"case": "ad-clicks", "arrangement": "alone", "framework": "seven-step", "level": "senior"}


def test_an_empty_list_teaches(as_cleo: Client) -> None:
    page = as_cleo.get("/sessions/")
    assert "How a session goes" in page.content.decode()


def test_the_list_shows_only_my_sessions(lobby: Session, as_ada: Client, as_cleo: Client) -> None:
    assert str(lobby.pk) in as_ada.get("/sessions/").content.decode()
    assert str(lobby.pk) not in as_cleo.get("/sessions/").content.decode()


def test_an_ended_session_shows_its_verdict(scored: Session, as_ada: Client) -> None:
    page = as_ada.get("/sessions/").content.decode()
    assert f"/sessions/{scored.pk}/report/" in page
    assert "hire" in page.lower()


def test_a_failed_score_does_not_look_as_if_it_would_come(submitted: Session, as_ada: Client) -> None:
    assert "Being scored" in as_ada.get("/sessions/").content.decode()
    ScoreJob.objects.update(state="parked", lease_until=None)
    assert "Not scored" in as_ada.get("/sessions/").content.decode()


def test_the_list_costs_the_same_for_many(
    make_session: Callable[..., Session],
    ada: User,
    as_ada: Client,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for _ in range(5):
        make_session(ada)
    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        as_ada.get("/sessions/")


@pytest.mark.parametrize(
    ("arrangement", "mode", "role"),
    [
        ("alone", "solo", "candidate"),
        ("candidate", "peer", "candidate"),
        ("interviewer", "peer", "interviewer"),
    ],
)
def test_each_arrangement_makes_its_session(
    arrangement: str, mode: str, role: str, case_version: CaseVersion, as_ada: Client
) -> None:
    response = as_ada.post("/sessions/new/", {**WISH, "arrangement": arrangement})
    session = Session.objects.get()
    assert response["Location"] == f"/sessions/{session.pk}/"
    assert (session.mode, session.seats.get().role, session.case_version) == (mode, role, case_version)


@pytest.mark.parametrize(("ticked", "draws"), [({}, True), ({"hands_off": "on"}, False)])
def test_the_board_can_be_the_candidates_alone(
    ticked: dict[str, str], draws: bool, case_version: CaseVersion, as_ben: Client
) -> None:
    as_ben.post("/sessions/new/", {**WISH, "arrangement": "interviewer", **ticked})
    session = Session.objects.get()
    assert session.interviewer_draws is draws
    assert f'"draws": {str(draws).lower()}' in as_ben.get(f"/sessions/{session.pk}/").content.decode()


def test_the_case_that_one_comes_from_is_chosen(case_version: CaseVersion, as_ada: Client) -> None:
    page = as_ada.get("/sessions/new/?case=ad-clicks").content.decode()
    assert '<option value="ad-clicks" selected>' in page


def test_the_plans_show_their_steps(case_version: CaseVersion, as_ada: Client) -> None:
    page = as_ada.get("/sessions/new/").content.decode()
    assert "Seven-step framework" in page
    assert "Clarify requirements" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": "no-such-case"},
        {"case": ""},
        {"case": "ad-clicks\x00"},
        {"arrangement": "observer"},
        {"framework": "../etc"},
        {"level": "intern"},
    ],
)
def test_a_wrong_wish_is_named_and_the_rest_is_kept(
    wrong: dict[str, str], case_version: CaseVersion, as_ada: Client
) -> None:
    response = as_ada.post("/sessions/new/", {**WISH, "arrangement": "interviewer", **wrong})
    assert response.status_code == 422
    assert "was not made yet" in response.content.decode()
    assert not Session.objects.exists()


def test_a_fresh_session_has_no_guide_in_its_room(case_version: CaseVersion, as_ada: Client) -> None:
    room = as_ada.post("/sessions/new/", WISH)["Location"]
    assert UUID(room.split("/")[2])
    assert as_ada.get(room).status_code == 200
