"""Whether answers take longer in one world than in the other: calls in turns, and a test of ranks."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from statistics import median
from time import perf_counter

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from interviews.models import Session
from tests.hidden import worlds

CALLS = int(os.environ.get("TIMED_CALLS", "24"))
# So many calls in one world, then in the other; the machine's moods are the same for both.
IN_A_ROW = 6
# What nobody can tell from another machine, in milliseconds; and how sure one must be, among a hundred addresses.
LEAST, SURE = 1.0, 0.01 / 100


def slower(client: Client, session: Session, addresses: Sequence[str]) -> list[str]:
    """The addresses whose answers take another time in the other world, twice in two looks."""
    for _ in range(2):
        addresses = [address for address in addresses if differ(*_timed(client, session, address))]
    return list(addresses)


def differ(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the medians lie apart by as much as can be told, and the ranks do (Mann and Whitney, by the normal)."""
    if abs(median(one) - median(other)) < LEAST:
        return False
    pairs = len(one) * len(other)
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    z = abs(wins - pairs / 2) / math.sqrt(pairs * (len(one) + len(other) + 1) / 12)
    return math.erfc(z / math.sqrt(2)) < SURE


def _timed(client: Client, session: Session, address: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each call in the one world and in the other."""
    here: list[float] = []
    there: list[float] = []
    _call(client, address)  # what is made once is made by now
    for _ in range(max(CALLS // IN_A_ROW // 2, 1)):
        here += [_call(client, address) for _ in range(IN_A_ROW)]
        with transaction.atomic():
            worlds.alter(session)
            there += [_call(client, address) for _ in range(IN_A_ROW)]
            transaction.set_rollback(True)
    return here, there


def _call(client: Client, address: str) -> float:
    cache.clear()
    began = perf_counter()
    with transaction.atomic():
        client.get(address).getvalue()
        transaction.set_rollback(True)
    return (perf_counter() - began) * 1000
