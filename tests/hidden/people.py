"""The people of one session, each with a browser, and what they are sent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from interviews.models import OutgoingMail, Seat, Session, Webhook, WebhookDelivery
from interviews.rules.webhooks import EVENTS
from mlsd_site.accounts.models import User
from tests.hidden.addresses import addresses, sent
from tests.hidden.ledger import Ledger
from tests.sockets import Line, serving

# Asked for at every stage: where most of a session stands.
ALWAYS = ("", "report/", "feedback/", "replay/", "chat/?after=0", "facts/", "told/", "people/", "notices/")
ELSEWHERE = ("/sessions/", "/progress/", "/accounts/data/", "/calendar/", "/groups/", "/cases/", "/ratings/")

# Where a candidate opens the guide after the end.
_OPENED = re.compile(r"/sessions/[^/]+/(sheet[./]|report/reference/)")


class Person:
    """Somebody with an account; `name` is what the ledger knows them by."""

    def __init__(self, name: str, ledger: Ledger) -> None:
        self.name = name
        self.user = User.objects.create(email=f"{name}@example.com", display_name=name.capitalize()[:40])
        EmailAddress.objects.create(user=self.user, email=self.user.email, verified=True, primary=True)
        self.client = Client()
        self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
        self._ledger = ledger
        told = [event for event, *_ in EVENTS]
        Webhook.objects.create(user=self.user, url=f"https://example.com/{name}", events=told)

    def seat(self, session: Session) -> Seat:
        """Theirs, as it is now."""
        return Seat.objects.select_related("session__case_version__case", "session__board", "user").get(
            session_id=session.pk, user=self.user
        )

    def looks(self, session: Session, chance: Random, most: int, theirs: Collection[str] = ()) -> None:
        """Ask for what always matters, and for `most` of all other addresses, as a page or as a part of one. `theirs`
        may be read where the guide's sheet and the reference are opened, and nowhere else."""
        room = f"/sessions/{session.pk}/"
        asked = [room + path for path in ALWAYS]
        asked += [f"/api/v1{room}", f"/api/v1{room}report/", *ELSEWHERE]
        everything = addresses(session)
        for address in [*asked, *chance.sample(everything, min(most, len(everything)))]:
            but = theirs if _OPENED.search(address) else ()
            self.opens(address, htmx=chance.random() < 0.3, but=but)

    def opens(self, address: str, *, htmx: bool = False, but: Collection[str] = ()) -> int:
        """Ask for one address; its status."""
        answer = self.client.get(address, headers={"HX-Request": "true"} if htmx else {})
        self._ledger.receive(self.name, address, sent(answer), but=but)
        return int(answer.status_code)

    def posts(self, address: str, **form: Any) -> int:
        """Send a form; the status of the answer."""
        answer = self.client.post(address, form)
        self._ledger.receive(self.name, address, sent(answer))
        return int(answer.status_code)


def meet(session: Session, people: dict[Person, list[dict[str, Any]]], ledger: Ledger) -> None:
    """All of them open the room's socket, say these messages, hear what comes of it, and leave."""

    async def run() -> None:
        async with serving():
            lines = {person: Line(person.client, session.pk) for person in people}
            for line in lines.values():
                await line.hears("board.init")
            for person, messages in people.items():
                for message in messages:
                    lines[person].say(**message)
                lines[person].say(t="ping", at=1)
                await lines[person].hears("pong")
            for line in lines.values():
                await line.close()
            for person, line in lines.items():
                for one in line.received:
                    ledger.receive(person.name, "the socket", str(one.get("text", one)).encode())

    asyncio.run(run())


def messages(people: list[Person], ledger: Ledger) -> int:
    """Every message to everybody's webhook, searched in the same way; how many there were."""
    names = {person.user.pk: person.name for person in people}
    queued = WebhookDelivery.objects.filter(webhook__user__in=names).values_list(
        "webhook__user", "key", "body"
    )
    for user, key, body in queued:
        ledger.receive(names[user], f"a webhook, {key}", body.encode())
    return len(queued)


def mails(people: list[Person], ledger: Ledger) -> int:
    """Every mail that waits or has left, searched for what its reader may not know; how many there were."""
    names = {person.user.email: person.name for person in people}
    waiting = OutgoingMail.objects.filter(to__in=names)
    for one in waiting:
        text = f"{one.subject}\n{one.body}\n{one.attachments}"
        ledger.receive(names[one.to], f"a mail, {one.key}", text.encode())
    left = [(to, one) for one in mail.outbox for to in one.to if to in names]
    for to, letter in left:
        ledger.receive(names[to], "a mail", letter.message().as_bytes())
    return len(waiting) + len(left)
