"""Who may say what over a room's socket, and who hears it; and that nobody learns whether a room exists.

Each message of the protocol has a row: `frames._READERS` is held against it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from interviews.room import frames
from mlsd_site.accounts.models import User
from tests.access import stage
from tests.sockets import Line, close_room_threads, serving
from tests.whiteboard.drawing import text

ROLES = ("candidate", "interviewer", "observer")
# Each message, with {word} where words of the speaker's stand, and what the speaker hears then, by who it is. After a
# colon stands why it was refused; "-" is nothing.
VERBS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "board.delta": (
        {"ref": 1, "elements": [text("{word}", "{word}", index="a1")]},
        {"candidate": "board.ack", "interviewer": "board.ack", "observer": "board.reject:forbidden"},
    ),
    "pointer": (
        {"x": 1, "y": 2, "tool": "laser", "button": "up", "selected": ["{word}"]},
        dict.fromkeys(ROLES, "-"),
    ),
    "notes.save": (
        {"ref": 2, "step": "clarify", "text": "{word}", "base": 0},
        {
            "candidate": "notes.ack",
            "interviewer": "notes.reject:forbidden",
            "observer": "notes.reject:forbidden",
        },
    ),
    "private.save": (
        {"ref": 3, "text": "{word}", "base": 0},
        {
            "candidate": "private.reject:forbidden",
            "interviewer": "private.ack",
            "observer": "private.reject:forbidden",
        },
    ),
    "chat.say": (
        {"ref": 4, "text": "{word}"},
        {"candidate": "chat.ack", "interviewer": "chat.ack", "observer": "chat.reject:forbidden"},
    ),
    "signal": (
        {"to": 0, "data": {"me": "a", "you": None, "description": {"type": "offer", "sdp": "{word}"}}},
        dict.fromkeys(ROLES, "-"),
    ),
    "presence.step": ({"step": "{word}"}, dict.fromkeys(ROLES, "-")),
    "ping": ({"at": 1}, dict.fromkeys(ROLES, "pong")),
}
# Who hears the speaker's words, by who speaks; a chat is fetched, and a private note is nobody else's.
OTHERS = {"candidate": {"interviewer", "observer"}, "interviewer": {"candidate", "observer"}}
HEARD: dict[str, dict[str, set[str]]] = {
    "board.delta": OTHERS,
    "pointer": OTHERS,
    "notes.save": {"candidate": {"interviewer", "observer"}},
    "private.save": {},
    "chat.say": {},
    "signal": {"candidate": {"interviewer"}, "interviewer": {"candidate"}},
    "presence.step": {**OTHERS, "observer": {"candidate", "interviewer"}},
    "ping": {},
}


def test_every_message_has_a_row() -> None:
    assert VERBS.keys() == HEARD.keys() == frames._READERS.keys()


@pytest.fixture
def held(transactional_db: None) -> Iterator[stage.Circle]:
    yield stage.circle(("Ada", "Ben", "Dora", "Fay"), "case-ada")
    # Pools of threads keep their connections, and a database in use is not emptied.
    close_room_threads()


@pytest.mark.asvs("2.2.2", "8.3.1")
def test_each_says_what_their_seat_may_and_is_heard_by_whom_it_concerns(held: stage.Circle) -> None:
    session = held.sessions[stage.LIVE]
    people = {"candidate": held.candidate, "interviewer": held.interviewer, "observer": held.watcher}
    clients = {role: logged_in(user) for role, user in people.items()}
    seats = {role: session.seats.get(user=user).pk for role, user in people.items()}

    async def meet() -> dict[str, Line]:
        async with serving():
            lines = {role: Line(client, session.pk) for role, client in clients.items()}
            for line in lines.values():
                assert (await line.hears("board.init"))["t"] == "board.init"
            for role, line in lines.items():
                to = seats["candidate" if role != "candidate" else "interviewer"]
                for verb, (message, answers) in VERBS.items():
                    await say(line, verb, spoken(message, word(verb, role), to), answers[role])
            for verb, by in HEARD.items():
                for role, hearers in by.items():
                    for hearer in hearers:
                        await lines[hearer].hears_word(word(verb, role))
            for line in lines.values():
                line.say(t="ping", at=77)
                await line.hears("pong")
                await line.close()
            return lines

    lines = asyncio.run(meet())
    came = {role: "".join(one.get("text", "") for one in line.received) for role, line in lines.items()}
    for verb, by in HEARD.items():
        for speaker in ROLES:
            heard = {hearer for hearer in ROLES if hearer != speaker and word(verb, speaker) in came[hearer]}
            assert heard == by.get(speaker, set()), f"{verb} of the {speaker}"


async def say(line: Line, verb: str, message: dict[str, Any], answer: str) -> None:
    """Say it, and hear what is expected."""
    kind, _, code = answer.partition(":")
    line.say(t=verb, **message)
    if kind == "-":
        return
    family = verb.partition(".")[0]
    said = await line.hears(kind, f"{family}.ack", f"{family}.reject")
    assert (said.get("t"), said.get("code", "")) == (kind, code), verb


def word(verb: str, role: str) -> str:
    """What this seat says with this message and nobody with any other."""
    return f"{verb.replace('.', '')}by{role}"


def spoken(message: dict[str, Any], word: str, to: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(message).replace("{word}", word))
    return {**said, "to": to} if "to" in said else said


def test_every_room_that_is_not_ones_own_refuses_alike(held: stage.Circle) -> None:
    own = [session.pk for session in held.sessions.values()]
    own_seat = logged_in(held.candidate)
    far = stage.circle(("Eve", "Finn", "Gil", "Hal"), "case-eve")
    foreign = [session.pk for session in far.sessions.values()]
    root = stage.user("Root", is_staff=True, is_superuser=True)
    outside = [Client(), logged_in(stage.user("Cleo")), logged_in(root), logged_in(held.former)]

    async def knock() -> list[list[dict[str, Any]]]:
        async with serving():
            rooms: list[UUID | str] = [*foreign, stage.NO_UUID, "no-such-room"]
            lines = [Line(client, pk) for client in outside for pk in (*own, *rooms)]
            lines += [Line(own_seat, pk) for pk in rooms]
            for line in lines:
                await line.hears("hello")
            return [line.received for line in lines]

    answers = asyncio.run(knock())
    assert len(answers) == 4 * 8 + 5
    assert all(answer == [{"type": "websocket.close", "code": 4403}] for answer in answers)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
