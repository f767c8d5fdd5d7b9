"""What pages cost on the server, with few sessions in the store and with 100,000, to a person with a short history and
with a long one: all middleware, views and templates, a new connection to Postgres for each request, as under ASGI.

Beside each, in the same turn, a bare Django view: the site's frame for somebody who is logged in, around nothing."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.scrub import _start
from tests.bench.timing import seconds

STORED, LONG, SHORT, ROUNDS = 100_000, 500, 20, 25
BARE = "/bench/bare/"

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds, how many times those of the bare view beside it, and queries to Postgres; medians."""

    ms: float
    ratio: float
    queries: int


def run() -> Iterator[str]:
    _start()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import clear_url_caches, path
    from django.utils import timezone

    from interviews.models import ScoreSheet, Session
    from mlsd_site import urls
    from mlsd_site.accounts.models import User
    from tests.bench.store import fill
    from tests.interviews.history import held, sheet
    from tests.interviews.stage import interview, pair, published_case

    settings.DEBUG = False  # or every query would be kept
    logging.disable(logging.INFO)
    urls.urlpatterns.append(path(BARE[1:], _bare))
    clear_url_caches()
    call_command("load_cases", stdout=io.StringIO())
    version, now = published_case(), timezone.now()
    people: dict[str, User] = {}
    rooms: dict[str, tuple[Session, Session]] = {}
    for name, count in (("short", SHORT), ("long", LONG)):
        person = people[name] = User.objects.create_user(f"{name}@example.com", password=None)
        ben = User.objects.create_user(f"ben-{name}@example.com", password=None)
        for number in range(count):
            session = held(person, ben, version, ended=now - timedelta(days=3 + number))
            sheet(session, number % 4)
            sheet(session, (number + 1) % 4, source=ScoreSheet.Source.INTERVIEWER, rater=ben)
        rooms[name] = pair(person, ben).session, interview(person, ben).session
    pages = {
        name: {
            "home": "/",
            "list of sessions": "/sessions/",
            "lobby": f"/sessions/{lobby.pk}/lobby/",
            "room": f"/sessions/{live.pk}/",
            "progress": "/progress/",
            "all points": "/progress/points/",
            "list of cases": "/cases/",
            "practise now": "/practise/",
        }
        for name, (lobby, live) in rooms.items()
    }
    clients: dict[str, Client] = {}
    for name, person in people.items():
        clients[name] = Client(headers={"host": "localhost"})
        clients[name].force_login(person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    small = _measure(clients, pages)
    fill(STORED, version, now)
    large = _measure(clients, pages)
    for page in pages["long"]:
        before, long, short = small["long", page], large["long", page], large["short", page]
        yield (
            f"{page:<18} {long.ms:5.0f} ms, {long.ratio:4.1f} x the bare view, {long.queries} queries; "
            f"{long.ratio / short.ratio:.2f} x that of {SHORT} sessions of one's own, "
            f"{long.ratio / before.ratio:.2f} x that with {LONG + SHORT} stored"
        )


def _bare(request: HttpRequest) -> HttpResponse:
    from django.shortcuts import render

    return render(request, "base.html")


def _measure(clients: dict[str, Client], pages: dict[str, dict[str, str]]) -> dict[tuple[str, str], Cost]:
    return {
        (name, page): _cost(clients[name], address)
        for name, addresses in pages.items()
        for page, address in addresses.items()
    }


def _cost(client: Client, address: str) -> Cost:
    page, bare = partial(_get, client, address), partial(_get, client, BARE)
    for call in (page, bare):
        call()  # the first fills caches
    rounds = [(seconds(page), seconds(bare)) for _ in range(ROUNDS)]
    return Cost(
        1000 * median(own for own, _ in rounds),
        median(own / beside for own, beside in rounds),
        _queries(page),
    )


def _get(client: Client, address: str) -> None:
    from django.db import connections

    connections.close_all()
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"


def _queries(call: Callable[[], None]) -> int:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        call()
    return len(asked)
