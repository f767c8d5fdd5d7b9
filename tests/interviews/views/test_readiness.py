"""Being ready, and whether a replay is all right: who is asked, who is told, and what an answer opens and shuts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import consents, invites, sessions
from interviews.models import Consent, Event, Session
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from mlsd_site.accounts.models import User


@pytest.fixture
def met(make_session: Callable[..., Session], ada: User, ben: User) -> Session:
    """Ada and Ben have just taken their seats, and said nothing yet."""
    session = make_session(ada)
    _, token = invites.create(session=session, by=session.seats.get(), role="interviewer", now=timezone.now())
    invites.redeem(token=token, by=ben, now=timezone.now())
    return session


def lobby(client: Client, session: Session) -> str:
    return client.get(f"/sessions/{session.pk}/lobby/").content.decode()


def say(client: Client, session: Session, replay: str) -> int:
    return client.post(f"/sessions/{session.pk}/ready/", {"replay": replay}).status_code


def test_a_lobby_says_who_is_ready(met: Session, as_ada: Client, as_ben: Client) -> None:
    before = lobby(as_ben, met)
    assert before.count("not ready yet") == 2
    assert "Ada has not said that they are ready" in before
    assert say(as_ada, met, "yes") == 302
    after = lobby(as_ben, met)
    assert after.count("not ready yet") == 1
    assert "has not said" not in after
    assert Event.objects.filter(session=met, kind="ready").count() == 1


def test_a_page_that_shows_who_is_ready_is_answered_when_that_changes(met: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{met.pk}/lobby/?people=2").status_code == 204
    say(as_ada, met, "yes")
    assert as_ada.get(f"/sessions/{met.pk}/lobby/?people=2").status_code == 200


def test_a_lobby_answers_with_itself(met: Session, as_ada: Client) -> None:
    answer = as_ada.post(
        f"/sessions/{met.pk}/ready/",
        {"replay": "yes"},
        headers={"HX-Request": "true", "HX-Target": "lobby-live"},
    ).content.decode()
    assert 'id="lobby-live"' in answer
    assert "I’m ready" not in answer


def test_a_replay_opens_to_both_once_both_have_agreed(
    met: Session, ada: User, as_ada: Client, as_ben: Client
) -> None:
    say(as_ada, met, "yes")
    as_ben.post(f"/sessions/{met.pk}/start/")  # by which he agrees
    sessions.submit(session=met, by=met.seats.get(user=ada), now=timezone.now())
    shown = as_ben.get(f"/sessions/{met.pk}/replay/")
    assert shown.status_code == 200
    assert "Take that back" in shown.content.decode()
    assert say(as_ada, met, "no") == 302  # and may take it back
    for client in (as_ada, as_ben):
        shut = client.get(f"/sessions/{met.pk}/replay/")
        assert shut.status_code == 403
        assert "no replay" in shut.content.decode()
        assert (
            client.get(f"/sessions/{met.pk}/replay/?t=9", headers={"HX-Request": "true"}).status_code == 403
        )
    assert "You have declined" in as_ada.get(f"/sessions/{met.pk}/replay/").content.decode()
    assert "You have agreed" in as_ben.get(f"/sessions/{met.pk}/replay/").content.decode()


def test_who_was_not_asked_before_the_start_is_asked_in_the_room(
    met: Session, ada: User, ben: User, as_ada: Client, as_ben: Client
) -> None:
    sessions.start(session=met, by=met.seats.get(user=ben), now=timezone.now())
    assert "Yes, keep it" in as_ada.get(f"/sessions/{met.pk}/").content.decode()
    assert "Yes, keep it" not in as_ben.get(f"/sessions/{met.pk}/").content.decode()
    assert not replay_is_open(cast_of(met))
    say(as_ada, met, "yes")
    assert "Yes, keep it" not in as_ada.get(f"/sessions/{met.pk}/consent/").content.decode()
    assert replay_is_open(cast_of(met))


def test_who_said_no_is_not_overruled_by_starting(met: Session, ben: User, as_ben: Client) -> None:
    say(as_ben, met, "no")
    as_ben.post(f"/sessions/{met.pk}/start/")
    assert Consent.objects.get(seat__user=ben).replay is False


def test_alone_nobody_is_asked_and_the_replay_is_ones_own(
    make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    own = make_session(ada, mode="solo")
    assert "without a replay" not in lobby(as_ada, own)
    as_ada.post(f"/sessions/{own.pk}/start/")
    as_ada.post(f"/sessions/{own.pk}/submit/")
    replay = as_ada.get(f"/sessions/{own.pk}/replay/")
    assert replay.status_code == 200
    assert "Take that back" not in replay.content.decode()


def test_who_watches_is_not_asked(met: Session, ben: User, cleo: User, as_cleo: Client) -> None:
    _, token = invites.create(session=met, by=met.seats.get(user=ben), role="observer", now=timezone.now())
    invites.redeem(token=token, by=cleo, now=timezone.now())
    assert "without a replay" not in as_cleo.get(f"/sessions/{met.pk}/").content.decode()
    assert say(as_cleo, met, "yes") == 403


def test_an_answer_is_yes_or_no(met: Session, as_ada: Client) -> None:
    assert say(as_ada, met, "maybe") == 422
    assert not Consent.objects.exists()


def test_answers_are_counted(met: Session, as_ada: Client) -> None:
    assert [say(as_ada, met, "yes") for _ in range(11)] == [302] * 10 + [429]


def test_the_same_answer_twice_is_one(met: Session, ada: User) -> None:
    seat = met.seats.get(user=ada)
    first = consents.answer(seat=seat, replay=True, now=timezone.now())
    again = consents.answer(seat=seat, replay=True, now=timezone.now())
    assert (again.answered_at, again.ready_at) == (first.answered_at, first.ready_at)
    assert Event.objects.filter(session=met, kind="ready").count() == 1
