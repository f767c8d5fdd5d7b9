"""What a page of the bank costs on the server with 1,000 imported cases: all middleware, views and templates, and a
new connection to Postgres for each request, as under ASGI. Beside it the log-in page, which lists nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median, quantiles

from tests.bench.timing import seconds

CASES, ROUNDS = 1_000, 100
PLAIN = "/accounts/login/"
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
        plain = partial(get, stranger, PLAIN)
        for page, (address, signed_in) in PAGES.items():
            yield _line(page, _measure(partial(get, clients[signed_in], address), plain))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure(call: Callable[[], object], plain: Callable[[], object]) -> list[tuple[float, float, float]]:
    """(seconds, of them in this process, seconds of the plain page beside it) for each of ROUNDS turns."""
    for _ in range(5):
        call()  # the first fill caches
    measured = []
    for _ in range(ROUNDS):
        beside, busy = seconds(plain), time.process_time()
        measured.append((seconds(call), time.process_time() - busy, beside))
    return measured


def _line(page: str, measured: list[tuple[float, float, float]]) -> str:
    wall, own, beside = zip(*measured, strict=True)
    ratio = median(one / other for one, other in zip(wall, beside, strict=True))
    return (
        f"{page:<48} p50 {_ms(median(wall))}, p95 {_ms(_p95(wall))}; own CPU p50 {_ms(median(own))}, "
        f"p95 {_ms(_p95(own))}; {ratio:.1f} x the log-in page (p95 {_ms(_p95(beside))})"
    )


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _ms(span: float) -> str:
    return f"{span * 1e3:.0f} ms"
