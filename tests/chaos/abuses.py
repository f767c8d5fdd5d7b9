"""Rows of the plan about what people may do to a room's socket that no browser of ours does."""

from __future__ import annotations

import json
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from django.contrib.sessions.models import Session as Cookie
from django.db import connection
from django.http import Http404
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from interviews.actions import invites, sessions
from interviews.errors import Refused
from interviews.models import Mode, Role
from tests import visitors
from tests.chaos import nonsense, stage
from tests.chaos.checkers import Violation, most_likely_below
from tests.chaos.client import Drawer
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Outcome
from tests.interviews.stage import published_case

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a server may say of a frame that it does not take; anything else is a crash.
REFUSALS = {1003, 1007, 1008, 1009, 4408}
ORIGINS = (
    *("https://evil.example", "http://localhost", "null", "http://localhost:1", "https://localhost"),
    *("http://127.0.0.1.evil.example", "file://"),
)


@contextmanager
def browser(base: str, cookie: str, session: str, seed: int = 1) -> Iterator[Drawer]:
    """A client with this cookie, not yet connected."""
    name, _, value = cookie.partition("=")
    with httpx.Client(base_url=base, cookies={name: value} if value else {}) as http:
        drawer = Drawer(http, session, seed)
        yield drawer
        drawer.close()


def fuzz(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Frames full of nonsense: each is refused in words or by a code, and a neighbour draws on."""
    chance = random.Random(seed)
    (pair,) = stage.open_sessions([None])
    base, before = fleet.bases[0], len(fleet.said())
    memory = _resident(fleet)
    codes: Counter[int | None] = Counter()
    waits: list[float] = []
    with (
        browser(base, pair[0].cookie, pair[0].session) as rude,
        browser(base, pair[1].cookie, pair[1].session) as good,
    ):
        rude.connect()
        good.connect()
        for number in range(size.count):
            frame = nonsense.frame(chance)
            rude.send_raw(frame)
            rude.send_raw('{"t":"ping","at":1}')
            if (code := _until_pong(rude)) is not None:
                # Who is still sending when the server hangs up may see the line break before they read why.
                codes[1009 if code == 1006 and len(frame) > nonsense.LARGEST else code] += 1
                rude.connect()
            if number % 20 == 0:
                waits.append(_one_edit(good))
    outcome = Outcome()
    outcome.violations += [
        Violation("I7", f"{count} sockets were closed with {code}")
        for code, count in codes.items()
        if code not in REFUSALS
    ]
    if "Traceback" in fleet.said()[before:]:
        outcome.violations.append(Violation("I7", "there is a traceback in the log"))
    if good.unacked:
        outcome.violations.append(Violation("I1", "the neighbour's edits were not acknowledged"))
    outcome.figures = {
        "frames": f"{most_likely_below(len(outcome.violations), size.count)} not refused as they should",
        "closed": ", ".join(f"{count} with {code}" for code, count in sorted(codes.items(), key=str)),
        "a neighbour's edit": f"at most {max(waits) * 1000:.0f} ms",
        "memory of the web process": f"{(_resident(fleet) - memory) / 2**20:+.0f} MiB",
    }
    return outcome


def _until_pong(drawer: Drawer) -> int | None:
    """The code that the socket was closed with, or None where it still answers."""
    heard = len(drawer.said)
    code = None
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        code = drawer.hear_one(0.5)
        if code is not None or any(one["t"] == "pong" for one in drawer.said[heard:]):
            break
    return code


def _one_edit(drawer: Drawer) -> float:
    began = time.monotonic()
    drawer.draw()
    drawer.settle(10)
    return time.monotonic() - began


def _resident(fleet: Fleet) -> int:
    """Bytes of the first web process in memory."""
    status = Path(f"/proc/{fleet.pid('web-0')}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024


def doors(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Origins by log-ins: one cell opens. A log-out closes it; an invite that many try at once lets one person in."""
    (pair,) = stage.open_sessions([None])
    stranger = visitors.log_in(visitors.people(1))[0]
    base = fleet.bases[0]
    outcome = Outcome()
    tried = 0
    for who, cookie in (("the candidate", pair[0].cookie), ("a stranger", stranger), ("nobody", "")):
        for origin in (base, *ORIGINS):
            tried += 1
            may = origin == base and who == "the candidate"
            if _opens(base, cookie, pair[0].session, origin) != may:
                text = f"{who} from {origin} was {'refused' if may else 'let in'}"
                outcome.violations.append(Violation("I10", text))
    took = 0.0
    with browser(base, pair[0].cookie, pair[0].session) as drawer:
        drawer.connect()
        Cookie.objects.filter(session_key=pair[0].cookie.partition("=")[2]).delete()
        began = time.monotonic()
        if (code := drawer.close_code(30)) != 4401:
            outcome.violations.append(Violation("I10", f"who logged out was closed with {code}"))
        took = time.monotonic() - began
    won, guessed = _redeemed(size.count), _guessed(size.count)
    if won != 1:
        outcome.violations.append(Violation("I10", f"an invite let {won} people in"))
    if guessed:
        outcome.violations.append(Violation("I10", f"{guessed} guesses were right"))
    outcome.figures = {
        "doors": f"{most_likely_below(len(outcome.violations), tried)} answered wrongly",
        "closed": f"{took:.1f} s after the log-out",
        "an invite": f"tried by {size.count} at once, {won} let in; {size.count:,} guesses, {guessed} right",
    }
    return outcome


def _opens(base: str, cookie: str, session: str, origin: str) -> bool:
    with browser(base, cookie, session) as drawer:
        try:
            drawer.connect(origin)
        except InvalidStatus:
            return False
        return True


def _redeemed(count: int) -> int:
    owner, *guests = visitors.people(count + 1)
    now = timezone.now()
    session = sessions.create(
        by=owner,
        version=published_case(),
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=now,
    )
    _, token = invites.create(session=session, by=session.seats.get(), role="interviewer", now=now)
    threads = min(count, 8)
    together = threading.Barrier(threads)

    def race(number: int) -> int:
        won = 0
        together.wait()
        for guest in guests[number::threads]:
            try:
                invites.redeem(token=token, by=guest, now=now)
                won += 1
            except Refused:
                pass
        connection.close()
        return won

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(race, range(threads)))


def _guessed(count: int) -> int:
    guest = visitors.people(1)[0]
    right = 0
    for _ in range(count):
        try:
            invites.redeem(token=secrets.token_urlsafe(24), by=guest, now=timezone.now())
            right += 1
        except (Refused, Http404):
            pass
    return right


def flood(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Somebody signals without end: the socket is closed for it, and others' edits go on."""
    loud, calm = stage.open_sessions([None, None])
    base = fleet.bases[0]
    signal = json.dumps(
        {"t": "signal", "to": loud[1].seat, "data": {"me": "a", "you": None, "candidate": {"candidate": ""}}}
    )
    codes: Counter[int | None] = Counter()
    waits: list[float] = []
    with (
        browser(base, loud[0].cookie, loud[0].session) as rude,
        browser(base, calm[0].cookie, calm[0].session) as good,
    ):
        good.connect()
        alone = sorted(_one_edit(good) for _ in range(20))
        for _ in range(size.count):
            rude.connect()
            for number in range(600):
                rude.send_raw(signal)
                if number % 200 == 0:
                    waits.append(_one_edit(good))
            codes[rude.close_code(5)] += 1
    waits.sort()
    outcome = Outcome(
        figures={
            "signals": f"{600 * size.count:,}, closed "
            + ", ".join(f"{n} with {code}" for code, n in codes.items()),
            "others' edits": f"median {waits[len(waits) // 2] * 1000:.0f} ms, "
            f"without the flood {alone[len(alone) // 2] * 1000:.0f} ms",
        }
    )
    if set(codes) != {4408}:
        outcome.violations.append(Violation("I7", f"a flood of signals was closed with {dict(codes)}"))
    if good.unacked:
        outcome.violations.append(Violation("I1", "edits beside the flood were not acknowledged"))
    return outcome


SCENARIOS: Sequence[Scenario] = [
    Scenario(
        "T11",
        "frames full of nonsense: JSON, bytes, too large",
        "I7",
        "unread_frames",
        quick=Size(count=400),
        full=Size(count=10_000),
        proof=Size(count=20),
        run=fuzz,
    ),
    Scenario(
        "T23",
        "origins by log-ins, log-out, invites tried at once and guessed",
        "I10",
        "any_origin",
        quick=Size(count=100),
        full=Size(count=10_000),
        proof=Size(count=8),
        run=doors,
    ),
    Scenario(
        "T24",
        "a flood of signals (relay only: tests/e2e/test_calls.py)",
        "I7",
        "endless_signals",
        quick=Size(count=5),
        full=Size(count=100),
        proof=Size(count=1),
        run=flood,
    ),
]
