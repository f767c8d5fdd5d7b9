"""The nightly purge takes what is over its time, and nothing on which somebody stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session as LogIn
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import notes, pictures, sessions, shares, webhooks
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.models import (
    AuditEntry,
    CallLink,
    ChatMessage,
    Complaint,
    JudgeCall,
    NotePicture,
    NoteRevision,
    OutgoingMail,
    ScoreJob,
    Session,
    ShareLink,
    Slot,
    Ticket,
)
from interviews.rules.pictures import mention
from interviews.rules.shares import Wish
from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import ApiToken, KeptAnswer, User
from mlsd_site.purge import _LOCK, due, purge
from tests.accounts.who_left import shared
from tests.interviews import history
from tests.interviews.pictures import picture
from tests.interviews.stage import alone, published_case
from tests.whiteboard.drawing import box
from whiteboard.actions import paint
from whiteboard.actions import record as pack
from whiteboard.models import Board, Delta, Element, Recording

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=1_000)
YESTERDAY = NOW - timedelta(days=1)


def keep(settings: Settings, **days: int | None) -> None:
    settings.RETAIN = {**settings.RETAIN, **days}


def drawn(user: User, *, ended: datetime) -> Session:
    """A session alone, with a board whose log is packed, a note and two pictures: one that the note shows at the end,
    one that it showed for a while, one that it never did."""
    began = ended - timedelta(minutes=20)
    session = alone(user, now=began)
    seat = session.seats.get()
    session = sessions.start(session=session, by=seat, now=began)
    seat.refresh_from_db()
    paint(board=session.board, elements=[box("b1")], author_id=user.pk, now=began)
    shown, once, _ = (pictures.add(seat=seat, data=picture(), now=began) for _ in range(3))
    notes.save(seat=seat, step="data", text=f"A {mention(once.pk)}", base=0, now=began)
    notes.save(seat=seat, step="data", text=f"A {mention(shown.pk)}", base=1, now=began)
    session = sessions.submit(session=session, by=seat, now=ended)
    pack(board=session.board, now=ended)
    return session


@pytest.fixture
def ben(ben: User) -> User:
    ben.contact = "ben@example.com"
    ben.save()
    return ben


def test_by_default_what_people_did_stays(ada: User, ben: User, as_ada: Client) -> None:
    session = shared(ada, ben, LONG_AGO)
    text = as_ada.get(f"/sessions/{session.pk}/report/").content
    before = session.submission.pk, ChatMessage.objects.count(), NoteRevision.objects.count()
    gone = purge(now=NOW)
    assert (session.submission.pk, ChatMessage.objects.count(), NoteRevision.objects.count()) == before
    assert gone.keys() & {"sessions", "replays", "chats"} == set()
    assert len(as_ada.get(f"/sessions/{session.pk}/report/").content) == len(text)
    assert as_ada.get(f"/sessions/{session.pk}/replay/").status_code == 200


def test_a_replay_goes_and_its_session_says_so(ada: User, as_ada: Client, settings: Settings) -> None:
    keep(settings, replays=30)
    old, new = drawn(ada, ended=NOW - timedelta(days=31)), drawn(ada, ended=NOW - timedelta(days=29))
    room = f"/sessions/{old.pk}/"
    assert as_ada.get(room + "replay/").status_code == 200
    assert purge(now=NOW)["replays"] == 1
    answer = as_ada.get(room + "replay/")
    assert answer.status_code == 410
    assert "not kept any longer" in answer.content.decode()
    report = as_ada.get(room + "report/")
    assert report.status_code == 200
    assert "Its replay was kept until" in report.content.decode()
    assert "/replay/" not in report.content.decode()
    for page in ("", "board.svg", "feedback/"):
        assert as_ada.get(room + page).status_code in (200, 302), page
    assert as_ada.get(f"/sessions/{new.pk}/replay/").status_code == 200
    assert list(Recording.objects.values_list("board", flat=True)) == [new.board_id]
    assert not Delta.objects.exists()
    assert set(NoteRevision.objects.values_list("note__session", flat=True)) == {new.pk}
    assert Element.objects.filter(board=old.board_id).exists()
    assert old.submission.notes["data"].startswith("A !")
    assert purge(now=NOW)["replays"] == 0


def test_whole_sessions_go_but_not_while_a_score_is_due(
    ada: User, ben: User, as_ada: Client, settings: Settings
) -> None:
    keep(settings, sessions=100)
    gone, waits = drawn(ada, ended=LONG_AGO), drawn(ada, ended=LONG_AGO)
    ScoreJob.objects.filter(submission__session=gone).update(state="done", done_at=LONG_AGO)
    stays = history.held(ada, ben, published_case(), ended=YESTERDAY)
    assert purge(now=NOW)["sessions"] == 1
    assert set(Session.objects.values_list("pk", flat=True)) == {waits.pk, stays.pk}
    assert set(Board.objects.values_list("pk", flat=True)) == {waits.board_id, stays.board_id}
    assert as_ada.get(f"/sessions/{gone.pk}/report/").status_code == 404
    assert as_ada.get("/sessions/").status_code == 200
    assert as_ada.get("/progress/").status_code == 200


def test_pictures_go_once_neither_note_nor_replay_shows_them(ada: User, settings: Settings) -> None:
    session = drawn(ada, ended=NOW - timedelta(days=31))
    assert due(NOW)["pictures"] == 2
    assert purge(now=NOW)["pictures"] == 1
    keep(settings, replays=1)
    assert purge(now=NOW)["pictures"] == 1
    left = NotePicture.objects.get()
    assert str(left.pk) in session.submission.notes["data"]


def test_chat_and_links_to_calls(ada: User, ben: User, settings: Settings) -> None:
    session = shared(ada, ben, LONG_AGO)
    assert ChatMessage.objects.filter(session=session).exists()
    seat = session.seats.get(user=ada)
    CallLink.objects.get_or_create(session=session, defaults={"seat": seat, "url": "https://example.org"})
    assert purge(now=NOW)["call_links"] == 1
    keep(settings, chats=1)
    assert purge(now=NOW)["chats"] == 2
    assert not ChatMessage.objects.exists()


def test_what_only_made_something_work(ada: User, ben: User) -> None:
    for at in (LONG_AGO, NOW):
        for state in ("sent", "refused"):
            key = f"{state} {at}"
            OutgoingMail.objects.create(key=key, to="a@example.com", subject="A", state=state, created_at=at)
        Slot.objects.create(user=ada, starts_at=at - timedelta(hours=2), ends_at=at - timedelta(hours=1))
        KeptAnswer.objects.create(
            user=ada,
            key_hash=str(at),
            request_hash="r",
            status=200,
            content_type="",
            body=b"",
            created_at=at,
        )
        tokens.create(by=ada, name="CI", scopes=["cases:read"], days=7, now=at)
        LogIn.objects.create(session_key=f"k{at.timestamp()}", session_data="", expire_date=at)
        Complaint.objects.create(
            by=ada, of=ben, reason="other", state="handled", created_at=at, handled_at=at, words=str(at)
        )
        hook = webhooks.create(by=ada, url=f"https://example.com/{at:%Y}", events=["score.ready"], now=at)
        webhooks.ping(webhook=hook, now=at)
        Board.objects.create(created_at=at)
        _ticket(ada, at)
    session = history.held(ada, ben, published_case(), ended=LONG_AGO)
    seat = session.seats.select_related("session").get(user=ada)
    shares.create(seat=seat, wish=Wish(frozenset({"verdict"}), timedelta(days=7)), now=LONG_AGO)
    shares.create(seat=seat, wish=Wish(frozenset({"verdict"}), timedelta(days=7)), now=NOW)
    counted = due(NOW)
    gone = purge(now=NOW)
    expected = {"mails": 1, "free_times": 1, "idempotency": 1, "links": 2, "logins": 1, "complaints": 1}
    expected |= {
        "webhooks": 1,
        "boards": 1,
        "line": 1,
        "audit": 3,
    }  # that a token, a link and a webhook were made
    assert dict(+gone) == expected
    assert dict(+counted) == expected
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent", "refused"}
    for left in (Slot, KeptAnswer, ApiToken, LogIn, Complaint, ShareLink, Ticket):
        assert left._default_manager.count() == 1, left
    assert sum(purge(now=NOW).values()) == 0


def _ticket(user: User, at: datetime) -> None:
    Ticket.objects.create(
        user=user,
        role="either",
        level="senior",
        language="en",
        since=at,
        seen_at=at,
        state="closed",
        ending="left",
        closed_at=at,
    )


def test_answers_of_the_judge_go_once_they_are_a_sheet_and_what_they_cost_stays(ada: User, ben: User) -> None:
    session = history.held(ada, ben, published_case(), ended=LONG_AGO)
    made = history.sheet(session, 2, source="judge")
    for version in (made.scorer_version, "without a sheet"):
        JudgeCall.objects.create(
            submission=session.submission,
            step="data",
            version=version,
            outcome="answered",
            tokens=9,
            answer=[{}],
            at=LONG_AGO,
        )
    assert purge(now=NOW)["judge_answers"] == 1
    assert list(JudgeCall.objects.order_by("pk").values_list("answer", "tokens")) == [([], 9), ([{}], 9)]
    assert purge(now=NOW)["judge_answers"] == 0


def test_rows_of_the_audit_log_go_when_they_said_they_would(settings: Settings) -> None:
    keep(settings, audit=10)
    for at in (NOW - timedelta(days=11), NOW):
        record(Deed(Verb.LINK_MADE, Kind.SESSION, "x", 1, 1), now=at)
    keep(settings, audit=5)
    assert purge(now=NOW)["audit"] == 1
    assert AuditEntry.objects.count() == 1


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlsd_site.purge.BATCH", 3)
    Board.objects.bulk_create(Board(created_at=LONG_AGO) for _ in range(10))
    assert purge(now=NOW, seconds=0)["boards"] == 0
    assert purge(now=NOW)["boards"] == 10


@pytest.mark.django_db(transaction=True)
def test_while_another_purges_it_is_left_to_them() -> None:
    Board.objects.create(created_at=LONG_AGO)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            assert purge(now=NOW)["boards"] == 0
            # Given back by name: of a connection that is closed Postgres takes note a little later.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    finally:
        other.close()
    assert purge(now=NOW)["boards"] == 1


def test_the_command_counts_and_does(settings: Settings) -> None:
    Board.objects.create(created_at=LONG_AGO)
    for options, left in ((["--dry-run"], 1), ([], 0)):
        said = StringIO()
        call_command("purge", *options, stdout=said)
        assert Board.objects.count() == left
        lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in said.getvalue().splitlines()}
        assert lines["boards"] == ["1", "kept 1 day"]
        assert lines["sessions"] == ["0", "kept for ever"]
        assert list(lines) == list(settings.RETAIN)
