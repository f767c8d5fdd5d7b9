"""The guide as a page of its own: its interviewer reads it again, whatever became of the session."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from casebank.access import guide_of
from interviews.actions import sessions
from interviews.audit.verbs import Verb
from interviews.models import AuditEntry
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, alone, pair

HTMX = {"HX-Request": "true"}


@pytest.fixture
def met(ada: User, ben: User) -> Pair:
    """Ada and Ben in the lobby."""
    return pair(ada, ben)


def address(met: Pair) -> str:
    return f"/sessions/{met.session.pk}/guide/"


def report(client: Client, met: Pair) -> str:
    return client.get(f"/sessions/{met.session.pk}/report/").content.decode()


def hand_in(met: Pair) -> None:
    now = timezone.now()
    session = sessions.start(session=met.session, by=met.interviewer, now=now)
    sessions.submit(session=session, by=met.candidate, now=now)


def give_up(met: Pair) -> None:
    sessions.abandon(session=met.session, by=met.candidate, now=timezone.now())


def test_it_is_a_page_and_to_the_room_a_part_of_one(met: Pair, as_ben: Client) -> None:
    fact = escape(guide_of(met.session.case_version)["facts"][0]["answer"])
    page, part = as_ben.get(address(met)), as_ben.get(address(met), headers=HTMX)
    assert [fact in one.content.decode() for one in (page, part)] == [True, True]
    assert ["<h1" in one.content.decode() for one in (page, part)] == [True, False]


def test_the_report_leads_its_interviewer_to_it_and_nobody_else(
    met: Pair, as_ben: Client, as_ada: Client, as_cleo: Client
) -> None:
    hand_in(met)
    assert address(met) in report(as_ben, met)
    assert address(met) not in report(as_ada, met)
    assert [one.get(address(met)).status_code for one in (as_ben, as_ada, as_cleo)] == [200, 403, 404]


def test_who_opened_it_in_the_lobby_reads_it_again_though_the_clock_never_ran(
    met: Pair, as_ben: Client
) -> None:
    as_ben.get(address(met), headers=HTMX)
    give_up(met)
    assert address(met) in report(as_ben, met)
    assert as_ben.get(address(met)).status_code == 200
    assert as_ben.get(f"/api/v1{address(met)}").status_code == 200


def test_who_did_not_is_not_shown_it_then(met: Pair, as_ben: Client) -> None:
    give_up(met)
    assert address(met) not in report(as_ben, met)
    rest = ("guide/", "guide/reference.mmd", "console/")
    answers = [as_ben.get(f"/sessions/{met.session.pk}/{path}").status_code for path in rest]
    assert answers == [403, 403, 403]
    assert as_ben.get(f"/api/v1{address(met)}").status_code == 403


def test_a_reading_afterwards_is_recorded(met: Pair, as_ben: Client) -> None:
    hand_in(met)
    read = AuditEntry.objects.filter(verb=Verb.GUIDE_READ, actor=met.interviewer.user_id)
    assert not read.exists()
    as_ben.get(address(met))
    assert read.count() == 1


def test_who_awaits_the_case_is_asked_first(met: Pair, ben: User, as_ben: Client) -> None:
    hand_in(met)
    alone(ben)
    fact = escape(guide_of(met.session.case_version)["facts"][0]["answer"])
    asked = as_ben.get(address(met)).content.decode()
    assert fact not in asked
    assert 'href="?anyway=1"' in asked
    assert fact in as_ben.get(f"{address(met)}?anyway=1").content.decode()
