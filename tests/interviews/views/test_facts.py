"""Facts in the room: one press gives one, and everybody in the session reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from casebank.access import guide_of
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, interview


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    return interview(ada, ben)


def test_a_fact_is_read_once_it_is_given(two: Pair, as_ada: Client, as_ben: Client) -> None:
    room = f"/sessions/{two.session.pk}/"
    answer = escape(guide_of(two.session.case_version)["facts"][0]["answer"])
    assert "None yet" in as_ada.get(f"{room}facts/").content.decode()
    assert as_ben.post(f"{room}console/fact/", {"number": 1})["Location"] == room
    for path in ("", "facts/"):
        for client in (as_ada, as_ben):
            assert answer in client.get(room + path).content.decode()


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 40])
def test_what_is_no_number_gives_nothing(number: str, two: Pair, as_ben: Client, as_ada: Client) -> None:
    room = f"/sessions/{two.session.pk}/"
    assert as_ben.post(f"{room}console/fact/", {"number": number}).status_code == 422
    assert "None yet" in as_ada.get(f"{room}facts/").content.decode()
