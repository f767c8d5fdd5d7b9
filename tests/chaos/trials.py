"""Rows of the plan about queues: poison, two beats; no crowd draws meanwhile."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from interviews.actions import mail, notes, sessions
from interviews.models import ScoreJob, Seat
from tests.chaos import checkers, stage
from tests.chaos.checkers import Violation
from tests.chaos.fleet import Fleet
from tests.chaos.scenario import Scenario, Size
from tests.chaos.storm import Outcome

PATIENCE, IMPATIENT = 120.0, 40.0


def wait(done: Callable[[], bool], seconds: float) -> float:
    """Until it is done, or the seconds are over; how long it took."""
    began = time.monotonic()
    while not done() and time.monotonic() < began + seconds:
        time.sleep(0.2)
    return time.monotonic() - began


def poison(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """One submission in twenty kills its scorer: it is parked after three tries, and all others get their score."""
    places = [pair[0] for pair in stage.open_sessions([None] * size.count)]
    bad = set(random.Random(seed).sample([one.session for one in places], max(size.count // 20, 1)))
    for place in places:
        seat = Seat.objects.select_related("session").get(pk=place.seat)
        text = "poison" if place.session in bad else "We serve 100 million people a day."
        notes.save(seat=seat, step=stage.STEP, text=text, base=0, now=timezone.now())
        sessions.submit(session=seat.session, by=seat, now=timezone.now())
    jobs = ScoreJob.objects.filter(submission__session__in=[one.session for one in places])
    took = wait(
        lambda: not jobs.exclude(state__in=["done", "parked"]).exists(), IMPATIENT if spoilt else PATIENCE
    )
    outcome = Outcome()
    waits = []
    for job in jobs.select_related("submission"):
        session = str(job.submission.session_id)
        sheets = job.submission.sheets.filter(source="automatic").count()
        wanted = ("parked", 0) if session in bad else ("done", 1)
        if (job.state, sheets) != wanted or job.attempts > 3:
            text = f"{session}: {job.state} after {job.attempts} tries with {sheets} scores, not {wanted}"
            outcome.violations.append(Violation("I3", text))
        elif job.done_at:
            waits.append((job.done_at - job.created_at).total_seconds())
    outcome.figures = {
        "submissions": f"{size.count}, {len(bad)} of them poisonous",
        "all settled": f"{took:.1f} s after the last",
        "others waited": f"median {median(waits or [0]):.1f} s, at most {max(waits, default=0):.1f} s",
    }
    return outcome


def two_beats(fleet: Fleet, size: Size, seed: int, spoilt: bool) -> Outcome:
    """Two beats, killed now and then, sweep for the same mails: each leaves once."""
    chance = random.Random(seed)
    folder = Path(settings.EMAIL_FILE_PATH)
    for old in folder.glob("*"):
        old.unlink()
    fleet.recruit_beat("beat-1")
    keys = [f"chaos:{seed}:{number}" for number in range(size.count)]
    kills = 0
    try:
        for number, key in enumerate(keys):
            with transaction.atomic():
                mail.queue(f"p{number}@example.com", "Chaos", "Once.", key, now=timezone.now())
            if number % max(size.count // 6, 1) == 0:
                fleet.end(chance.choice(("beat-0", "beat-1")))
                kills += 1
        ids = {sha256(key.encode()).hexdigest()[:40]: key for key in keys}
        took = wait(lambda: len(set(_left(folder))) >= len(keys), IMPATIENT if spoilt else PATIENCE)
        time.sleep(5)  # long enough for a second copy to leave too
    finally:
        fleet.dismiss("beat-1")
    done = [ids.get(one, one) for one in _left(folder)]
    return Outcome(
        figures={
            "mails": checkers.most_likely_below(len(checkers.effects(keys, done)), len(keys))
            + " lost or doubled",
            "beats killed": str(kills),
            "all left": f"{took:.1f} s after the last",
        },
        violations=checkers.effects(keys, done),
    )


def _left(folder: Path) -> list[str]:
    """The Message-IDs of all mails in the folder, without their domain."""
    return [
        id
        for file in folder.glob("*")
        for id in re.findall(r"^Message-ID: <([0-9a-f]+)@", file.read_text(errors="replace"), re.MULTILINE)
    ]


SCENARIOS: Sequence[Scenario] = [
    Scenario(
        "T6",
        "submissions that kill their scorer",
        "I3",
        "tireless_scorer",
        quick=Size(count=40),
        full=Size(count=200),
        proof=Size(count=6),
        run=poison,
        inside="poisonous_notes",
    ),
    Scenario(
        "T7",
        "two beats, killed",
        "I9",
        "unclaimed_mail",
        quick=Size(count=60),
        full=Size(count=2_000),
        proof=Size(count=30),
        run=two_beats,
    ),
]
