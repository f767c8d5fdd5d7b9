from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from interviews.models import ScoreJob, Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import published_case

pytestmark = pytest.mark.django_db


def test_the_demo_brings_people_and_a_finished_interview(settings: Settings) -> None:
    settings.DEBUG = True
    published_case()
    said = call_command("load_demo")
    assert "ada@example.com" in said
    session = Session.objects.get()
    assert session.state == "ended"
    assert len(session.submission.board) > 20
    assert ScoreJob.objects.filter(submission__session=session).count() == 1


def test_loading_the_demo_twice_changes_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    published_case()
    call_command("load_demo")
    call_command("load_demo")
    assert (User.objects.count(), Session.objects.count()) == (3, 1)


def test_there_are_no_demo_people_in_production(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known password"):
        call_command("load_demo")
    assert not User.objects.exists()
