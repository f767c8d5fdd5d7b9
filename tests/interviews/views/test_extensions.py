from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import extensions
from interviews.models import Extension, Role, Seat, Session
from mlsd_site.accounts.models import User
from tests.interviews.views.test_clock import post


def notices(client: Client, session: Session) -> str:
    return client.get(f"/sessions/{session.pk}/notices/").content.decode()


@pytest.fixture
def asked(live: Session, ada: User) -> Extension:
    """Ada has asked for five minutes more."""
    seat = live.seats.get(user=ada)
    extensions.ask(session=live, by=seat, minutes=5, now=timezone.now())
    return Extension.objects.get()


def test_both_see_what_is_asked_and_one_can_answer(asked: Extension, as_ada: Client, as_ben: Client) -> None:
    hers, his = notices(as_ada, asked.session), notices(as_ben, asked.session)
    assert "Take it back" in hers
    assert "Agree" not in hers
    assert "<b>Ada</b> asks for <b>5 minutes more</b>" in his
    assert "Agree" in his


def test_agreeing_adds_the_time_and_the_button_goes(asked: Extension, as_ben: Client) -> None:
    status, said = post(as_ben, asked.session, "extend/answer", extension=str(asked.pk), answer="yes")
    assert status == 200
    assert "minutes more" not in said
    assert "More time" not in said
    assert Session.objects.get(pk=asked.session_id).extended_seconds == 300


def test_asking_says_in_the_same_answer_that_it_was_asked(live: Session, as_ada: Client) -> None:
    _, said = post(as_ada, live, "extend", minutes="10")
    assert '<div id="notices"' in said
    assert "<b>10 minutes more</b> are asked for" in said


@pytest.mark.parametrize("minutes", ["", "7", "-5", "x", "600", "9" * 30])
def test_other_amounts_are_refused(minutes: str, live: Session, as_ada: Client) -> None:
    status, said = post(as_ada, live, "extend", minutes=minutes)
    assert status == 422
    assert "Five or ten minutes" in said
    assert not Extension.objects.exists()


@pytest.mark.parametrize("wrong", [{"extension": "0"}, {"answer": "maybe"}, {"extension": "9" * 40}])
def test_a_broken_answer_is_refused(wrong: dict[str, str], asked: Extension, as_ben: Client) -> None:
    given = {"extension": str(asked.pk), "answer": "yes"} | wrong
    assert post(as_ben, asked.session, "extend/answer", **given)[0] == 422
    assert Session.objects.get(pk=asked.session_id).extended_seconds == 0


def test_without_scripts_the_answer_leads_back_to_the_room(asked: Extension, as_ben: Client) -> None:
    answered = as_ben.post(
        f"/sessions/{asked.session_id}/extend/answer/", {"extension": asked.pk, "answer": "no"}
    )
    assert answered["Location"] == f"/sessions/{asked.session_id}/"


def test_who_watches_sees_it_and_has_no_say(asked: Extension, cleo: User, as_cleo: Client) -> None:
    Seat.objects.create(session=asked.session, user=cleo, role=Role.OBSERVER)
    seen = notices(as_cleo, asked.session)
    assert "asks for" in seen
    assert "<button" not in seen
    assert post(as_cleo, asked.session, "extend", minutes="5")[0] == 403
    assert post(as_cleo, asked.session, "extend/answer", extension=str(asked.pk), answer="yes")[0] == 403


def test_asking_again_and_again_is_slowed_down(live: Session, as_ada: Client) -> None:
    answers = [post(as_ada, live, "extend", minutes="5")[0] for _ in range(11)]
    assert answers[-1] == 429


def test_a_pause_says_who_why_and_since_when_to_everybody(
    live: Session, cleo: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    Seat.objects.create(session=live, user=cleo, role=Role.OBSERVER)
    post(as_ben, live, "pause", reason="The <door> bell")
    for client in (as_ada, as_ben, as_cleo):
        said = notices(client, live)
        assert "Paused by Ben" in said
        assert "“The &lt;door&gt; bell”" in said
        assert 'data-local="time"' in said
    post(as_ben, live, "resume")
    assert "Paused" not in notices(as_ada, live)
