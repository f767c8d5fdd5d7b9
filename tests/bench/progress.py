"""What the page of one's progress costs on the server, with 20 sessions and with 500. Beside it the log-in page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from statistics import median

from tests.bench.scrub import _start
from tests.bench.timing import seconds

FEW, MANY, ROUNDS = 20, 500, 30


def run() -> Iterator[str]:
    _start()
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from interviews.models import ScoreSheet
    from mlsd_site.accounts.models import User
    from tests.interviews.history import held, sheet
    from tests.interviews.stage import published_case

    version, now = published_case(), timezone.now()
    ben = User.objects.create_user("ben@example.com", password=None)
    clients = {}
    for count in (FEW, MANY):
        person = User.objects.create_user(f"ada{count}@example.com", password=None)
        for number in range(count):
            session = held(person, ben, version, ended=now - timedelta(days=2 + number))
            sheet(session, number % 4)
            sheet(session, (number + 1) % 4, source=ScoreSheet.Source.INTERVIEWER, rater=ben)
        clients[count] = Client(headers={"host": "localhost"})
        clients[count].force_login(person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    stranger = Client(headers={"host": "localhost"})

    def get(client: Client, address: str = "/progress/") -> None:
        assert client.get(address).status_code == 200

    calls = [
        partial(get, stranger, "/accounts/login/"),
        *(partial(get, client) for client in clients.values()),
    ]
    for call in calls:
        call()  # the first fills caches
    rounds = [[seconds(call) for call in calls] for _ in range(ROUNDS)]
    plain, few, many = (median(column) for column in zip(*rounds, strict=True))
    yield f"{MANY} sessions: {1000 * many:.0f} ms, {many / plain:.1f} times the log-in page beside it"
    yield f"{many / few:.2f} times what {FEW} sessions cost"
