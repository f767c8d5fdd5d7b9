"""The guide over REST: the page's door and verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from casebank.seen import ways_of
from interviews.models import Role, Session
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY


def address(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/guide/"


def test_the_interviewer_reads_it_and_has_seen_the_case(lobby: Session, ben: User, as_ben: Client) -> None:
    answer = as_ben.get(address(lobby))
    assert answer.json()["opening"] == CANARY
    assert "no-store" in answer["Cache-Control"]
    assert ways_of(ben, lobby.case_version.case) == {"guide"}


@pytest.mark.parametrize(("who", "status"), [("as_ada", 403), ("as_cleo", 404), ("client", 401)])
def test_nobody_else_does(who: str, status: int, lobby: Session, request: pytest.FixtureRequest) -> None:
    answer = request.getfixturevalue(who).get(address(lobby))
    assert answer.status_code == status
    assert CANARY not in answer.content.decode()


def test_it_says_what_it_would_spoil(
    lobby: Session, make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    other = make_session(ada, role=Role.INTERVIEWER)
    refused = as_ada.get(address(other))
    assert (refused.status_code, refused.json()["code"]) == (409, "would_spoil")
    assert as_ada.get(f"{address(other)}?anyway=1").json()["opening"] == CANARY
