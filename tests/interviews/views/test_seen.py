"""Nobody is interviewed by accident on a case that they know."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casebank.actions.seen import mark
from casebank.models import CaseVersion
from interviews.models import Role, Session
from interviews.rules.seats import partner_of
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY

WISH = {"case": "ad-clicks", "arrangement": "candidate", "framework": "seven-step", "level": "senior"}


@pytest.fixture
def seen_guide(ada: User, case_version: CaseVersion) -> None:
    """Ada has opened the guide, some time ago."""
    mark(case_id=case_version.case_id, ways={ada.pk: "guide"}, now=timezone.now())


@pytest.mark.usefixtures("seen_guide")
@pytest.mark.parametrize("arrangement", ["candidate", "alone"])
def test_being_the_candidate_of_a_seen_case_is_asked_in_words(as_ada: Client, arrangement: str) -> None:
    response = as_ada.post("/sessions/new/", {**WISH, "arrangement": arrangement})
    assert response.status_code == 422
    assert "You have seen this case&#x27;s guide." in response.content.decode()
    assert not Session.objects.exists()
    said = as_ada.post("/sessions/new/", {**WISH, "arrangement": arrangement, "although_seen": "on"})
    assert said.status_code == 302


@pytest.mark.usefixtures("seen_guide")
def test_one_interviews_on_what_one_knows(as_ada: Client) -> None:
    assert as_ada.post("/sessions/new/", {**WISH, "arrangement": "interviewer"}).status_code == 302


@pytest.mark.usefixtures("seen_guide")
def test_what_ada_has_seen_asks_cleo_nothing(as_cleo: Client) -> None:
    assert as_cleo.post("/sessions/new/", WISH).status_code == 302


@pytest.mark.usefixtures("seen_guide")
def test_the_choice_of_cases_says_which_are_seen(as_ada: Client, as_cleo: Client) -> None:
    assert "Ad click prediction (seen)" in as_ada.get("/sessions/new/").content.decode()
    assert "(seen)" not in as_cleo.get("/sessions/new/").content.decode()


def invited(host: Client, guest: Client, session: Session) -> str:
    """The page that the guest gets by the host's link."""
    wish = {"role": partner_of(session.seats.get().role)}
    panel = host.post(
        f"/sessions/{session.pk}/invite/", wish, headers={"HX-Request": "true"}
    ).content.decode()
    found = re.search(r'value="http://testserver(/invites/[\w-]+/)"', panel)
    assert found
    return guest.get(found[1], follow=True).content.decode()


@pytest.mark.usefixtures("seen_guide")
def test_an_invite_to_be_asked_what_one_has_seen_says_so(
    make_session: Callable[..., Session], ben: User, as_ben: Client, as_ada: Client, as_cleo: Client
) -> None:
    session = make_session(ben, role=Role.INTERVIEWER)
    assert "You have seen this case&#x27;s guide." in invited(as_ben, as_ada, session)
    assert as_ada.post("/invites/")["Location"] == f"/sessions/{session.pk}/"


@pytest.mark.usefixtures("seen_guide")
def test_an_invite_to_ask_it_says_nothing(
    make_session: Callable[..., Session], cleo: User, as_cleo: Client, as_ada: Client
) -> None:
    page = invited(as_cleo, as_ada, make_session(cleo))
    assert "You have seen" not in page
    assert "the case counts as seen" in page


def test_the_guide_pane_asks_before_it_spoils_an_interview(
    lobby: Session, make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    other = make_session(ada, role=Role.INTERVIEWER)
    pane = as_ada.get(f"/sessions/{other.pk}/guide/").content.decode()
    assert "Open the guide anyway" in pane
    assert CANARY not in pane
    assert CANARY in as_ada.get(f"/sessions/{other.pk}/guide/?anyway=1").content.decode()
    assert as_ada.get(f"/sessions/{lobby.pk}/guide/?anyway=1").status_code == 403


def test_a_done_case_is_marked_in_the_bank(
    live: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    for address in ("/cases/", "/cases/ad-clicks/"):
        assert ">Done<" in as_ada.get(address).content.decode()
        assert ">Seen<" in as_ben.get(address).content.decode()
        stranger = as_cleo.get(address).content.decode()
        assert ">Done<" not in stranger
        assert ">Seen<" not in stranger
