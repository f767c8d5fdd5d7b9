"""The row of the plan about hostile files: each is refused in words, at no great cost, and nobody else notices."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence

import httpx

from tests.chaos import hostile, stage
from tests.chaos.abuses import _resident
from tests.chaos.checkers import Violation, most_likely_below
from tests.chaos.crowd import CSRF
from tests.chaos.fleet import Fleet
from tests.chaos.history import Entry, Kind, What
from tests.chaos.hostile import Upload
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Outcome

# Each person sends so many, which is below every limit.
EACH = 6
# Bytes by which the process that takes them may grow.
GROWTH = 100 * 2**20
# Milliseconds that an answer may take where the machine is shared; the plan's one second is a figure.
LONGEST = 10_000


def verdict(upload: Upload, status: int, text: str) -> str:
    """What is wrong with this answer; empty where nothing is. Pure."""
    if status >= 500:
        return str(status)
    if status >= 400:
        return ""
    if not upload.poison:
        return f"taken ({status})"
    held = [word for word in upload.poison if word in text]
    return f"came back with {held[0]}" if held else ""


def harmful(history: Iterable[Entry]) -> list[Violation]:
    """Uploads that were taken as they were, broke something, or kept somebody waiting; pure."""
    return [
        Violation("I7", f"{one.key}: {one.detail or f'answered after {one.seq} ms'}")
        for one in history
        if one.what == What.UPLOAD and (one.kind == Kind.FAIL or one.seq > LONGEST)
    ]


def hostile_files(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Files of all kinds through every door that takes one."""
    chance = random.Random(seed)
    pairs = stage.open_sessions([None] * -(-size.count // EACH))
    outcome = Outcome()
    said: Counter[int] = Counter()
    before, memory = len(fleet.said()), _resident(fleet)
    for number in range(size.count):
        place = pairs[number // EACH][0]
        upload = hostile.upload(chance)
        ms, status, text = _send(fleet.bases[0], place, upload)
        wrong = verdict(upload, status, text)
        said[status] += 1
        outcome.history.write(
            *(place.who, place.session, Kind.FAIL if wrong else Kind.OK, What.UPLOAD, upload.kind),
            seq=ms,
            detail=wrong,
        )
    outcome.violations += harmful(outcome.history.entries)
    if "Traceback" in fleet.said()[before:]:
        outcome.violations.append(Violation("I7", "there is a traceback in the log"))
    if (grown := _resident(fleet) - memory) > GROWTH:
        outcome.violations.append(Violation("I7", f"the web process grew by {grown / 2**20:.0f} MiB"))
    waits = sorted(one.seq for one in outcome.history.entries)
    outcome.figures = {
        "files": f"{most_likely_below(len(outcome.violations), size.count)} did harm",
        "answered": ", ".join(f"{count} with {status}" for status, count in sorted(said.items())),
        "took": f"median {waits[len(waits) // 2]} ms, at most {waits[-1]} ms",
        "memory of the web process": f"{grown / 2**20:+.0f} MiB",
    }
    return outcome


def _send(base: str, place: stage.Place, upload: Upload) -> tuple[int, int, str]:
    """Milliseconds, the status and the answer; 599 where the line broke."""
    address, name = hostile.DOORS[upload.door]
    headers = {"Cookie": f"{place.cookie}; csrf={CSRF}", "Origin": base, "X-CSRFToken": CSRF}
    began = time.monotonic()
    try:
        answer = httpx.post(
            f"{base}/api/v1/{address.format(session=place.session)}",
            headers=headers,
            data=upload.form,
            files={name: ("file", upload.data)},
            timeout=60,
        )
    except httpx.HTTPError as error:
        return int((time.monotonic() - began) * 1000), 599, type(error).__name__
    return int((time.monotonic() - began) * 1000), answer.status_code, answer.text


SCENARIOS: Sequence[Scenario] = [
    Scenario(
        "T22",
        "hostile files by four doors: bombs, depths, scripts, links, foreign pages (no browser here)",
        "I7",
        "careless_imports",
        quick=Size(count=120),
        full=Size(count=3_000),
        proof=Size(count=30),
        run=hostile_files,
    ),
]
