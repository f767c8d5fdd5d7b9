"""The outbox, against a mail server that is really there, goes away and comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import mail
from interviews.actions.mail import Attachment
from interviews.errors import Refused
from interviews.models import OutgoingMail
from mlsd_site.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


class Mailbox:
    """A mail server on a port of its own; `answer` is what it says to the next mail's text."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.answer = "250 OK"
        self.hangs_up = False
        self.busy = 0  # so many mails it answers with 421 first
        self._controller: Controller | None = None
        self.port = _free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.busy:
            self.busy -= 1
            return "421 Too many at once"
        if self.hangs_up:
            self.received.append(message_from_bytes(envelope.content))
            server.transport.abort()
        elif self.answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content))
        return self.answer

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    box = Mailbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    box.stop()


def put(key: str = "welcome:1", *, now: datetime = NOW, **more: Any) -> bool:
    return mail.queue("ada@example.com", "Your interview", "See you.", key, now=now, **more)


def one() -> OutgoingMail:
    return OutgoingMail.objects.get()


def test_a_mail_leaves_once_and_is_not_kept(mailbox: Mailbox) -> None:
    assert put()
    assert not put()
    assert mail.deliver(now=NOW) == 1
    assert mail.deliver(now=NOW + timedelta(days=1)) == 0
    assert [m["Subject"] for m in mailbox.received] == ["Your interview"]
    assert (one().state, one().body, one().sent_at) == ("sent", "", NOW)
    assert not put()


@pytest.mark.asvs("2.3.3")
def test_it_is_queued_with_what_it_tells_of_or_not_at_all(mailbox: Mailbox) -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert mail.deliver(now=NOW) == 0
    assert mailbox.received == []


def test_while_the_server_is_down_it_waits_and_leaves_when_it_is_back(
    mailbox: Mailbox, client: Client
) -> None:
    mailbox.stop()
    put(now=NOW - timedelta(minutes=3))
    assert mail.deliver(now=NOW) == 0
    waits = one()
    assert (waits.state, waits.attempts, waits.next_at) == ("queued", 1, NOW + timedelta(seconds=30))
    assert "ConnectionRefusedError" in waits.error
    assert client.get("/health/ready").json()["oldest_mail_waits_s"] >= 180
    assert mail.deliver(now=NOW + timedelta(seconds=30)) == 0
    assert one().next_at == NOW + timedelta(seconds=90)
    mailbox.start()
    assert mail.deliver(now=NOW + timedelta(seconds=89)) == 0
    assert mail.deliver(now=NOW + timedelta(seconds=90)) == 1
    assert len(mailbox.received) == 1
    assert client.get("/health/ready").json()["oldest_mail_waits_s"] == 0


def test_not_now_is_tried_again_and_never_is_shown(mailbox: Mailbox, client: Client) -> None:
    mailbox.answer = "451 Greylisted"
    put()
    assert mail.deliver(now=NOW) == 0
    assert one().state == "queued"
    mailbox.answer = "554 No such thing"
    assert mail.deliver(now=NOW + timedelta(minutes=1)) == 0
    assert (one().state, one().next_at) == ("refused", None)
    assert client.get("/health/ready").json()["mails_stuck"] == 1


def test_after_a_server_that_hangs_up_the_next_mail_is_in_no_doubt(mailbox: Mailbox) -> None:
    mailbox.busy = 1
    put("first")
    put("second")
    assert mail.deliver(now=NOW) == 1
    assert dict(OutgoingMail.objects.values_list("key", "state")) == {"first": "queued", "second": "sent"}


def test_where_the_line_breaks_nobody_sends_a_second_time_but_an_admin_may(
    mailbox: Mailbox, client: Client
) -> None:
    mailbox.hangs_up = True
    put()
    mail.deliver(now=NOW)
    assert one().state == "doubtful"
    mailbox.hangs_up = False
    assert mail.deliver(now=NOW + timedelta(days=1)) == 0
    client.force_login(User.objects.create_superuser("root@example.com", "x", display_name="Root"))
    listed = client.get("/admin/interviews/outgoingmail/").content.decode()
    assert "Perhaps sent" in listed
    assert "See you." not in client.get(f"/admin/interviews/outgoingmail/{one().pk}/change/").content.decode()
    client.post("/admin/interviews/outgoingmail/", {"action": "send_again", "_selected_action": one().pk})
    assert mail.deliver(now=timezone.now()) == 1
    first, second = mailbox.received
    assert first["Message-ID"] == second["Message-ID"]


def test_a_worker_that_died_leaves_a_doubt_and_no_second_mail(mailbox: Mailbox) -> None:
    put()
    OutgoingMail.objects.update(state="sending", next_at=NOW + timedelta(seconds=110))
    assert mail.deliver(now=NOW + timedelta(seconds=109)) == 0
    assert one().state == "sending"
    assert mail.deliver(now=NOW + timedelta(seconds=111)) == 0
    assert one().state == "doubtful"
    assert mailbox.received == []


def test_what_comes_too_late_is_not_sent(mailbox: Mailbox) -> None:
    put(useful_until=NOW + timedelta(minutes=15))
    assert mail.deliver(now=NOW + timedelta(minutes=15)) == 0
    assert one().state == "stale"


def test_what_is_stuck_is_dropped_when_it_is_of_no_use(mailbox: Mailbox) -> None:
    mailbox.answer = "554 No such thing"
    put(useful_until=NOW + timedelta(days=1))
    mail.deliver(now=NOW)
    assert (one().state, one().body) == ("refused", "See you.")
    mail.deliver(now=NOW + timedelta(days=1))
    assert (one().state, one().body) == ("stale", "")
    assert mail.send_again(mails=[one().pk], by=1, now=NOW + timedelta(days=1)) == 0


def test_withdrawn_mail_is_not_sent(mailbox: Mailbox) -> None:
    put("reminder:7:ada")
    assert mail.withdraw("reminder:7:") == 1
    assert mail.deliver(now=NOW) == 0


def test_four_workers_send_each_of_thirty_mails_once(mailbox: Mailbox) -> None:
    for number in range(30):
        put(f"n:{number}")
    ready = threading.Barrier(4)

    def work() -> int:
        try:
            ready.wait()
            return mail.deliver(now=NOW) + mail.deliver(now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        left = sum(f.result() for f in [pool.submit(work) for _ in range(4)])
    ids = [m["Message-ID"] for m in mailbox.received]
    assert (left, len(ids), len(set(ids))) == (30, 30, 30)


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ada@example.com\nBcc: cleo@example.com", "Hello"),
        ("ada@example.com, cleo@example.com", "Hello"),
        ("ada@example.com", "Hello\r\nBcc: cleo@example.com"),
        ("ada@example.com", "Hello\u2028Bcc: cleo@example.com"),
        ("ada@example.com", "Hello\x00"),
    ],
)
def test_nothing_smuggles_in_a_header(to: str, subject: str, db: None) -> None:
    with pytest.raises(Refused):
        mail.queue(to, subject, "Body", "k", now=NOW)
    assert not OutgoingMail.objects.exists()


def test_an_attachment_keeps_the_parameters_of_its_type(mailbox: Mailbox) -> None:
    put(attachments=[Attachment("interview.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR ü")])
    mail.deliver(now=NOW)
    (part,) = [p for p in mailbox.received[0].walk() if p.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "interview.ics"
    assert part.get_payload(decode=True) == "BEGIN:VCALENDAR ü".encode()
