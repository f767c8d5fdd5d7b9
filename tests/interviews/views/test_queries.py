"""How often the pages of every day ask Postgres: seldom, and as often after many sessions as after two."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.models import ScoreSheet
from mlsd_site.accounts.models import User
from tests.interviews.history import held, sheet
from tests.interviews.stage import Pair, interview, pair

MOST = 12
PAGES = (
    *("/", "/sessions/", "/cases/", "/practise/"),
    *("/progress/", "/progress/points/", "/progress/interviewing/"),
)
Bound = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(params=[2, 30])
def history(request: pytest.FixtureRequest, ada: User, ben: User, case_version: CaseVersion) -> None:
    """So many interviews that Ada gave Ben, and as many that he gave her."""
    now = timezone.now()
    for number in range(request.param):
        for candidate, interviewer in ((ada, ben), (ben, ada)):
            session = held(candidate, interviewer, case_version, ended=now - timedelta(days=3 + number))
            sheet(session, number % 4)
            sheet(session, 1, source=ScoreSheet.Source.INTERVIEWER, rater=interviewer)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/sessions/",
        "/progress/",
        "/progress/points/",
        "/progress/interviewing/",
        "/cases/",
        "/practise/",
    ],
)
def test_a_page_asks_twelve_times_at_most(
    address: str, as_ada: Client, django_assert_max_num_queries: Bound
) -> None:
    as_ada.get(address)  # the first fills caches
    with django_assert_max_num_queries(MOST):
        assert as_ada.get(address).status_code == 200


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("met", [pair, interview], ids=["lobby", "room"])
def test_a_room_asks_twelve_times_at_most(
    met: Callable[[User, User], Pair],
    ada: User,
    ben: User,
    as_ada: Client,
    as_ben: Client,
    django_assert_max_num_queries: Bound,
) -> None:
    address = f"/sessions/{met(ada, ben).session.pk}/"
    for client in (as_ada, as_ben):
        client.get(address)  # the first marks the person as come
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200
