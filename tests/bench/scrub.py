"""What a request of the replay costs with everything in it: door, queries, picture and page. The session has
45 minutes, 400 elements, 6,000 updates and 1,350 saves of notes; times also as a ratio to the list of sessions."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.replay import MINUTES, START, log_of, splices_of
from tests.bench.timing import ratio, seconds

if TYPE_CHECKING:
    from interviews.models import Session
    from mlsd_site.accounts.models import User


def run() -> Iterator[str]:
    _start()
    from django.test import Client

    from interviews.queries import film
    from mlsd_site.accounts.models import User
    from whiteboard import queries

    chance = random.Random(7)
    ada, ben = (User.objects.create_user(f"{name}@example.com", password=None) for name in ("ada", "ben"))
    address = f"/sessions/{_session(chance, ada, ben).pk}/replay/"
    client = Client(headers={"host": "localhost"})
    client.force_login(ada)

    def sessions() -> None:
        assert client.get("/sessions/").status_code == 200

    def first() -> None:
        film._open.cache_clear()
        queries._opened.cache_clear()
        assert client.get(address).status_code == 200

    def scrub() -> None:
        second = chance.randrange(MINUTES * 60)
        answer = client.get(address, {"t": second}, headers={"HX-Request": "true"})
        assert b"<html" not in answer.content

    for name, call in (("the first page, nothing open yet", first), ("a scrub to any second", scrub)):
        call()
        cost = median(seconds(call) for _ in range(20))
        yield f"{name}: {cost * 1e3:.0f} ms, {ratio(call, sessions, rounds=20):.1f} x the list of sessions"


def _start() -> None:
    """A server of its own, empty, that goes with this process."""
    from mlsd_site.embedded import ensure

    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")
    ensure(profile="trial")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _session(chance: random.Random, ada: User, ben: User) -> Session:
    from interviews.actions import recordings, sessions
    from interviews.models import NoteRevision
    from tests.interviews.stage import pair
    from whiteboard.models import Board, Delta, Element

    made = pair(ada, ben, now=START)
    session = sessions.start(session=made.session, by=made.interviewer, now=START)
    people = {1: ada.pk, 2: ben.pk, None: None}
    log = log_of(chance)
    Delta.objects.bulk_create(
        Delta(
            board=session.board,
            seq=one.seq,
            at=one.at,
            author_id=people[one.author],
            elements=list(one.elements),
        )
        for one in log
    )
    Element.objects.bulk_create(
        Element(
            board=session.board,
            element_id=drawn["id"],
            version=drawn["version"],
            nonce=drawn["versionNonce"],
            seq=seq,
            is_deleted=drawn["isDeleted"],
            data=drawn,
        )
        for seq, drawn in {drawn["id"]: (one.seq, drawn) for one in log for drawn in one.elements}.values()
    )
    Board.objects.filter(pk=session.board_id).update(seq=len(log))
    note = session.notes.get(step="model")
    NoteRevision.objects.bulk_create(
        NoteRevision(
            note=note,
            version=version,
            at=START + timedelta(seconds=2 * version),
            start=one.start,
            removed=one.removed,
            inserted=one.inserted,
        )
        for version, one in enumerate(splices_of(chance), start=1)
    )
    end = START + timedelta(minutes=MINUTES, seconds=1)
    assert sessions.close_if_over(pk=session.pk, now=end)
    assert recordings.pack(board=session.board_id, now=end)
    return session
