"""A case, and sessions in each of their states."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import consents, feedback, invites, marks, notes, scoring, sessions
from interviews.calibration import keys, works
from interviews.models import Group, Mode, Role, ScoreJob, Seat, Session
from interviews.views.calibration_shown import work_shown
from mlsd_site.accounts.models import User
from tests.interviews.programme import person, programme
from tests.interviews.stage import ad_clicks

# Stands in every part of the guide and nowhere else: whoever is sent it has been sent the guide.
CANARY = "zanzibarcanary4711x"
# Stands in the interviewer's private notes.
PRIVATE_CANARY = "privatecanary0815x"
# What each key teaches, once `another_key` has changed them.
LESSON = "lesson-canary-2718"


@pytest.fixture
def case_version(db: None) -> CaseVersion:
    """A published case with a guide."""
    return ad_clicks({"opening": CANARY, "entities": [CANARY]})


@pytest.fixture
def make_session(case_version: CaseVersion) -> Callable[..., Session]:
    """A session in the lobby, its maker seated."""

    def make(by: User, *, mode: Mode = Mode.PEER, role: Role = Role.CANDIDATE, **changed: Any) -> Session:
        now: datetime = changed.pop("now", timezone.now())
        wish = {"framework": "seven-step", "level": "senior", **changed}
        return sessions.create(by=by, version=case_version, mode=mode, role=role, now=now, **wish)

    return make


@pytest.fixture
def lobby(ada: User, ben: User, make_session: Callable[..., Session]) -> Session:
    """Ada and Ben have taken their seats, and are ready; the clock stands."""
    session = make_session(ada)
    seat = session.seats.get()
    _, token = invites.create(session=session, by=seat, role="interviewer", now=timezone.now())
    for one in (seat, invites.redeem(token=token, by=ben, now=timezone.now())):
        consents.answer(seat=one, replay=True, now=timezone.now())
    return session


@pytest.fixture
def live(lobby: Session, ben: User) -> Session:
    """Ada and Ben at work."""
    return sessions.start(session=lobby, by=lobby.seats.get(user=ben), now=timezone.now())


@pytest.fixture
def submitted(unrated: Session, ada: User) -> Session:
    """Handed in, and Ada would rather not rate herself: the sheets are open to her; nobody has scored it yet."""
    feedback.skip_self(seat=unrated.seats.get(user=ada), now=timezone.now())
    return unrated


@pytest.fixture
def unrated(live: Session, ada: User) -> Session:
    """Ada has written about the scale and handed in; nobody has scored it yet, and she has not rated herself."""
    seat = live.seats.get(user=ada)
    text = (
        "The goal is more revenue from ads without users who leave. "
        "200 million users a day, about 30k requests per second <at peak>, and 100 ms for each. "
        "An ad is ranked by its predicted click-through rate times the bid, so the model must be calibrated."
    )
    notes.save(seat=seat, step="clarify", text=text, base=0, now=timezone.now())
    return sessions.submit(session=live, by=seat, now=timezone.now())


@pytest.fixture
def scored(submitted: Session) -> Session:
    """Handed in and scored; Ben has sealed his marks, of which there are none, and sees the automatic ones."""
    scoring.run(job_id=ScoreJob.objects.get(submission__session=submitted).pk, now=timezone.now())
    marks.seal(seat=submitted.seats.get(role=Role.INTERVIEWER), now=timezone.now())
    return submitted


@pytest.fixture
def seat_of(db: None) -> Callable[[Session, User], Seat]:
    def seat_of(session: Session, user: User) -> Seat:
        return session.seats.select_related("session__case_version__case", "session__board").get(user=user)

    return seat_of


@pytest.fixture
def dora(db: None) -> User:
    """A member of the group."""
    return person("Dora")


@pytest.fixture
def group(ben: User, ada: User, dora: User) -> Group:
    """Ben mentors Ada and Dora in it."""
    return programme(ben, ada, dora)


@pytest.fixture
def another_key(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Once called, the same works have keys that differ in everything a key can say."""
    before = works.CONTENT

    def change() -> None:
        shutil.copytree(before, tmp_path / "content")
        for path in (tmp_path / "content").glob("*/key.yaml"):
            key = yaml.safe_load(path.read_text())
            key |= {"lesson": LESSON, "overall": 5 - key["overall"], "judges": 3 - key["judges"]}
            key["levels"] = {item: 3 - level for item, level in key["levels"].items()}
            key["evidence"] = {item: key["evidence"].get(item, []) for item in reversed(key["levels"])}
            path.write_text(yaml.safe_dump(key))
        works.CONTENT = tmp_path / "content"
        forget()

    def forget() -> None:
        for cached in (works.load, keys.of, work_shown):
            cached.cache_clear()

    yield change
    works.CONTENT = before
    forget()
