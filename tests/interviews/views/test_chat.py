"""The chat: who reads and writes it, what is refused, and that it is nobody's answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import chat, invites, sessions
from interviews.errors import Refused
from interviews.models import ChatMessage, Event, Seat, Session, Submission
from interviews.queries.film import film_of
from interviews.rules.chat import MAX_CHARACTERS, MAX_MESSAGES
from interviews.views.telling import lines
from mlsd_site.accounts.models import User

HOUR = timedelta(hours=1)
HOSTILE = "<img src=x onerror=alert(1)> {{ csrf_token }} \"'&"


@pytest.fixture
def says(live: Session, seat_of: Callable[[Session, User], Seat]) -> Callable[..., ChatMessage]:
    def says(user: User, text: str, ref: int = 1) -> ChatMessage:
        return chat.say(seat=seat_of(live, user), text=text, ref=ref, now=timezone.now())

    return says


def read(client: Client, session: Session, query: str = "") -> str:
    return client.get(f"/sessions/{session.pk}/chat/{query}").content.decode()


def test_what_one_says_the_other_reads(
    says: Callable[..., ChatMessage], live: Session, ada: User, ben: User, as_ada: Client
) -> None:
    says(ada, "Is the budget fixed?", 5)
    second = says(ben, "Yes, 50 ms.", 9)
    everything = read(as_ada, live)
    assert everything.index("Is the budget fixed?") < everything.index("Yes, 50 ms.")
    assert 'data-ref="5"' in everything
    assert 'data-ref="9"' not in everything  # a number is its writer's own
    assert "Is the budget fixed?" not in read(as_ada, live, f"?after={second.pk - 1}")
    assert "Yes, 50 ms." in as_ada.get(f"/sessions/{live.pk}/").content.decode()
    assert Event.objects.filter(session=live, kind="said").count() == 2


def test_text_is_shown_as_text(
    says: Callable[..., ChatMessage], live: Session, ben: User, as_ada: Client
) -> None:
    says(ben, HOSTILE)
    for page in (read(as_ada, live), as_ada.get(f"/sessions/{live.pk}/").content.decode()):
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt; {{ csrf_token }}" in page


def test_said_again_it_is_kept_once(says: Callable[..., ChatMessage], ada: User, ben: User) -> None:
    first = says(ada, "Hello", 4)
    assert says(ada, "Hello", 4) == first
    assert says(ben, "Hello", 4) != first
    assert ChatMessage.objects.count() == 2


def test_without_a_script_a_form_says_it(live: Session, as_ada: Client, as_ben: Client) -> None:
    answer = as_ada.post(f"/sessions/{live.pk}/chat/", {"text": " Can you hear\r\nme?\x00\x07 "})
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{live.pk}/#pane-chat")
    assert ChatMessage.objects.get().text == "Can you hear\nme?"
    assert "Can you hear" in read(as_ben, live)


@pytest.mark.parametrize(
    ("text", "code", "status"), [("  \n ", "empty", 422), ("x" * (MAX_CHARACTERS + 1), "too_long", 413)]
)
def test_what_is_no_message_is_refused(
    says: Callable[..., ChatMessage], ada: User, text: str, code: str, status: int
) -> None:
    with pytest.raises(Refused) as refusal:
        says(ada, text)
    assert (refusal.value.code, refusal.value.status) == (code, status)
    assert not ChatMessage.objects.exists()


def test_a_flood_is_refused_and_a_lost_answer_costs_nothing(
    says: Callable[..., ChatMessage], ada: User
) -> None:
    for ref in range(30):
        says(ada, "again", ref)
        says(ada, "again", ref)
    with pytest.raises(Refused) as refusal:
        says(ada, "again", 30)
    assert refusal.value.status == 429
    assert refusal.value.retry_after
    assert ChatMessage.objects.count() == 30


def test_a_chat_is_full_at_some_time(
    says: Callable[..., ChatMessage], live: Session, ada: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    seat = seat_of(live, ada)
    ChatMessage.objects.bulk_create(
        ChatMessage(session=live, seat=seat, ref=-n, text="x") for n in range(1, MAX_MESSAGES + 1)
    )
    with pytest.raises(Refused, match="no more fit"):
        says(ada, "one more")


def test_who_watches_reads_and_does_not_write(live: Session, ben: User, cleo: User, as_cleo: Client) -> None:
    host = live.seats.get(user=ben)
    _, token = invites.create(session=live, by=host, role="observer", now=timezone.now())
    invites.redeem(token=token, by=cleo, now=timezone.now())
    chat.say(seat=host, text="Welcome, Cleo", ref=1, now=timezone.now())
    assert "Welcome, Cleo" in read(as_cleo, live)
    assert "chat-form" not in as_cleo.get(f"/sessions/{live.pk}/").content.decode()
    assert as_cleo.post(f"/sessions/{live.pk}/chat/", {"text": "Hint: cache"}).status_code == 403
    assert ChatMessage.objects.count() == 1


def test_people_write_on_for_an_hour_after_the_end_and_it_is_no_part_of_the_answer(
    says: Callable[..., ChatMessage], live: Session, ada: User, as_ben: Client
) -> None:
    says(ada, "calibration-canary, said and not written")
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    answer = Submission.objects.get()
    assert "calibration-canary" not in str((answer.notes, answer.board, answer.events))
    assert "said" not in {event["kind"] for event in answer.events}
    says(ada, "One more thing", 2)
    assert "One more thing" in read(as_ben, live)
    assert "chat-form" in as_ben.get(f"/sessions/{live.pk}/").content.decode()
    live.refresh_from_db()
    film = film_of(live)
    assert film
    assert [one.text for one in film.activity if one.kind == "said"] == [
        "calibration-canary, said and not written"
    ]
    Session.objects.update(ended_at=timezone.now() - HOUR)
    assert "chat-form" not in as_ben.get(f"/sessions/{live.pk}/").content.decode()
    with pytest.raises(Refused, match="has ended"):
        says(ada, "And another", 3)
    assert "calibration-canary" in read(as_ben, live)  # it stays with the session


def test_a_stranger_says_nothing(live: Session, as_cleo: Client) -> None:
    assert as_cleo.post(f"/sessions/{live.pk}/chat/", {"text": "Hello"}).status_code == 404
    assert not ChatMessage.objects.exists()


def test_a_replay_tells_what_was_said(says: Callable[..., ChatMessage], live: Session, ada: User) -> None:
    says(ada, "Is the budget <b>fixed</b>? " + "x" * 300)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    live.refresh_from_db()
    film = film_of(live)
    assert film is not None
    words = [line.words for line in lines(film.activity, {ada.pk: "Ada"})]
    told = next(line for line in words if "in the chat" in line)
    assert told.startswith("Ada in the chat: “Is the budget <b>fixed</b>?")
    assert len(told) < 200
