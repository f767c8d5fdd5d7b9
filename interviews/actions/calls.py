"""A call elsewhere, by somebody's own link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casebank.limits import Limit, spend
from interviews.actions.record import log
from interviews.errors import Refused
from interviews.models import CallLink, Seat, Session
from interviews.queries.clock import overtime_of
from interviews.rules import links, seats

LINK = Limit("call-link", 10)
# Each answer is a password to the relay.
SERVERS = Limit("call-servers", 20)


def ask_servers(*, seat: Seat, now: datetime) -> None:
    """Count that this seat asks for the call's servers; Refused where that is too often."""
    spend(SERVERS, by=f"seat:{seat.pk}", now=now)


def share_link(*, seat: Seat, url: str, now: datetime) -> None:
    """Show everybody in the session this link; an empty one takes away the one that is shown."""
    if not seats.talks(seat.role):
        raise Refused("forbidden", "Who watches does not arrange the call.", status=403)
    url = url.strip()
    if url and (why := links.problem(url)):
        raise Refused("no_link", f"{why} Nothing was changed.", status=422)
    if url:
        url = (
            "https://" + url[len("https://") :]
        )  # the table compares letter by letter, and a scheme has no case
    spend(LINK, by=f"seat:{seat.pk}", now=now)
    _share(seat, url, now)


@transaction.atomic
def _share(seat: Seat, url: str, now: datetime) -> None:
    session = Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)
    if not seats.may_talk(seat.role, overtime=overtime_of(session, now)):
        raise Refused("closed", "The session has ended an hour ago; its call with it.")
    CallLink.objects.filter(session=session).delete()
    if url:
        CallLink.objects.create(session=session, seat=seat, url=url, at=now)
    log(session, "call_link", by=seat, now=now, host=links.host_of(url) if url else "")
