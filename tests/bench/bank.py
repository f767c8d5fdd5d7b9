"""What a page of the bank costs on the server with 1,000 imported cases: all middleware, views and templates, and a
new connection to Postgres for each request, as under ASGI. Beside it the log-in page, which lists nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from statistics import median, quantiles

from tests.bench.timing import seconds

CASES, ROUNDS = 1_000, 200
PAGES = {
    "list, a stranger": ("/cases/", False),
    "list, a member with 60 known cases and 5 scores": ("/cases/", True),
    "its last page": ("/cases/?page=42", True),
    "filtered by level and tag": ("/cases/?level=senior&tag=latency", True),
    "sorted by the weakest step": ("/cases/?sort=weakest", True),
    "a search while typing": ("/cases/?words=ranking+vid", True),
    "a search that most cases fit": ("/cases/?words=system", True),
    "the same over REST": ("/api/v1/cases/?words=ranking+vid", True),
}


def run() -> Iterator[str]:
    os.environ["DEBUG"] = "1"
    import django

    from tests import environment  # noqa: F401 (starts Postgres and Valkey)

    django.setup()
    from django.conf import settings
    from django.db import connection, connections
    from django.test import Client

    settings.DEBUG = False  # or every query would be kept
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        from tests.bench.bank_stage import fill, known_and_scored

        chance = random.Random(7)
        fill(CASES, chance)
        stranger, member = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
        member.force_login(known_and_scored(chance))

        def get(client: Client, address: str) -> None:
            connections.close_all()
            answer = client.get(address)
            if answer.status_code != 200:
                raise AssertionError(f"{address} answers {answer.status_code}")

        clients = {False: stranger, True: member}
        times: dict[str, list[float]] = {page: [] for page in PAGES}
        floor: list[float] = []
        for turn in range(ROUNDS + 5):
            plain = seconds(lambda: get(stranger, "/accounts/login/"))
            turns = {
                page: seconds(lambda: get(clients[signed_in], address))  # noqa: B023
                for page, (address, signed_in) in PAGES.items()
            }
            if turn >= 5:  # the first fill caches
                floor.append(plain)
                for page, time in turns.items():
                    times[page].append(time)
        yield _line("the log-in page", floor, floor)
        for page, measured in times.items():
            yield _line(page, measured, floor)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _line(page: str, measured: list[float], floor: list[float]) -> str:
    p95 = quantiles(measured, n=20)[-1]
    ratio = median(one / other for one, other in zip(measured, floor, strict=True))
    return f"{page:<50} p50 {median(measured) * 1e3:5.1f} ms   p95 {p95 * 1e3:5.1f} ms   {ratio:4.1f} x the log-in page"
