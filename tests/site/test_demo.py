from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from casebank.actions.publish import publish
from casebank.checklist import CONTENT
from casebank.schema import read_case
from interviews.models import ScoreJob, Session
from interviews.queries.progress import progress
from interviews.queries.sheets_seen import sheets_of
from mlsd_site.accounts.models import User
from tests.interviews.stage import published_case

pytestmark = pytest.mark.django_db


def test_the_demo_brings_people_and_finished_interviews(settings: Settings) -> None:
    settings.DEBUG = True
    published_case()
    said = call_command("load_demo")
    assert "ada@example.com" in said
    session = Session.objects.get()
    assert session.state == "ended"
    assert len(session.submission.board) > 20
    assert ScoreJob.objects.filter(submission__session=session).count() == 1


def test_those_that_lie_back_have_an_interviewers_sheet(settings: Settings) -> None:
    settings.DEBUG = True
    for slug in ("eta-prediction", "similar-listings"):
        publish(content=read_case(CONTENT / "cases" / slug))
    call_command("load_demo")
    ada = User.objects.get(email="ada@example.com")
    found = [(one.source, one.session.case_version.case.slug) for one in sheets_of(ada.pk, timezone.now())]
    assert {("interviewer", "similar-listings"), ("interviewer", "eta-prediction")} <= set(found)
    standing = progress(sheets_of(ada.pk, timezone.now()), by="", now=timezone.now()).levels[0].standing
    assert standing
    assert (standing.sessions, standing.raters) == (2, 2)


def test_loading_the_demo_twice_changes_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    published_case()
    call_command("load_demo")
    call_command("load_demo")
    assert (User.objects.count(), Session.objects.count()) == (3, 1)


@pytest.mark.asvs("6.3.2", "15.2.3")
def test_there_are_no_demo_people_in_production(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known password"):
        call_command("load_demo")
    assert not User.objects.exists()
