"""Running sessions of three people, with boards that somebody has drawn on, and the cookies to enter them."""

from __future__ import annotations

from datetime import timedelta

import orjson
from django.db import connection, transaction
from django.utils import timezone

from interviews.models import Mode, Note, Role, Seat, Session, State
from interviews.rules import notes
from tests import visitors
from tests.bench.rooms import corpus
from tests.bench.rooms.protocols import NAME_SIZE
from tests.bench.rooms.wire import Place
from tests.interviews.stage import published_case
from whiteboard.models import Board

ROLES = (Role.CANDIDATE, Role.INTERVIEWER, Role.OBSERVER)
DRAWN = 100


@transaction.atomic
def rooms(count: int) -> list[Place]:
    """The places of so many new rooms: the candidate, the interviewer and the observer of the first, and so on."""
    now = timezone.now()
    until = now + timedelta(hours=1)
    version = published_case()
    boards = Board.objects.bulk_create([Board(seq=1, open_until=until) for _ in range(count)])
    sessions = Session.objects.bulk_create(
        Session(
            mode=Mode.PEER,
            state=State.LIVE,
            case_version=version,
            framework="seven-step",
            plan=[{"id": "clarify", "name": "Clarify", "minutes": 60}],
            level="senior",
            board=board,
            started_at=now,
            deadline_at=until,
        )
        for board in boards
    )
    Note.objects.bulk_create(
        Note(session=session, step=step, updated_at=now) for session in sessions for step in notes.STEPS
    )
    users = visitors.people(count * len(ROLES))
    Seat.objects.bulk_create(
        Seat(session=session, user=users[place * len(ROLES) + seat], role=role, is_live=True)
        for place, session in enumerate(sessions)
        for seat, role in enumerate(ROLES)
    )
    _draw(boards)
    cookies = visitors.log_in(users)
    return [
        Place(room, f"{room:0{NAME_SIZE}}", f"/ws/sessions/{sessions[room].pk}/", cookie)
        for place, cookie in enumerate(cookies)
        for room in [place // len(ROLES)]
    ]


def _draw(boards: list[Board]) -> None:
    """The same drawing on each board, put there by Postgres itself: it is a hundred rows for each."""
    drawing = corpus.board(DRAWN)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO whiteboard_element (board_id, element_id, version, nonce, seq, is_deleted, data) "
            "SELECT board, e->>'id', 1, (e->>'versionNonce')::bigint, 1, false, e "
            "FROM unnest(%s::uuid[]) AS board, jsonb_array_elements(%s::jsonb) AS e",
            [[board.pk for board in boards], orjson.dumps(drawing).decode()],
        )
        cursor.execute(
            "INSERT INTO whiteboard_delta (board_id, seq, at, elements) "
            "SELECT board, 1, now(), %s::jsonb FROM unnest(%s::uuid[]) AS board",
            [orjson.dumps(drawing).decode(), [board.pk for board in boards]],
        )
        cursor.execute("ANALYZE")
