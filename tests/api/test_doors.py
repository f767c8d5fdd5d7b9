"""Foreign and missing look the same, byte for byte, at every address with an id; and what is hidden stays so."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import bookings, conducting, feedback, marks, notes
from interviews.models import Session
from mlsd_site.accounts.models import User
from tests import routes
from tests.api.conftest import Program
from tests.e2e.leaks import leaks
from tests.interviews.conftest import CANARY, PRIVATE_CANARY

pytestmark = pytest.mark.django_db
JSON = "application/json"
METHODS = ("get", "post", "put", "delete")


def same(client: Client, method: str, here: str, nowhere: str, mark: str, other: str) -> None:
    """Two answers that differ in nothing but the id that was asked for."""
    ask = getattr(client, method)
    theirs, missing = (
        ask(path, **({} if method == "get" else {"data": {}, "content_type": JSON}))
        for path in (here, nowhere)
    )
    assert (theirs.status_code, theirs.content.replace(mark.encode(), other.encode())) == (
        missing.status_code,
        missing.content,
    ), f"{method} {here}"
    assert theirs.status_code in (404, 405), f"{method} {here} {theirs.status_code}"


def test_a_strangers_session_is_a_missing_one(live: Session, cleo: User, program: Program) -> None:
    hers, nowhere = program(cleo), str(uuid.uuid4())
    seats = list(live.seats.values_list("pk", flat=True))
    found: dict[str, Sequence[object]] = {
        "pk": [str(live.pk)],
        "seat_id": seats,
        "about_id": seats,
        "step": ["clarify"],
        "slug": ["blank"],
        "form": ["md"],
        "share_id": [1],
        "item": ["clarify.goal"],
    }
    asked = 0
    for route in routes.templates():
        if route.startswith("api/v1/sessions/<uuid:pk>/"):
            for here in routes.filled(route, {"api/": found}):
                for method in METHODS:
                    if "board/import" in here or "pictures" in here:
                        continue  # they want a file, which is asked for below
                    same(hers, method, here, here.replace(str(live.pk), nowhere), str(live.pk), nowhere)
                    asked += 1
    assert asked > 150


@pytest.mark.parametrize("path", ["board/import/", "pictures/"])
def test_nor_is_a_file_taken_there(path: str, live: Session, cleo: User, program: Program) -> None:
    hers = program(cleo)
    for pk in (live.pk, uuid.uuid4()):
        assert hers.post(f"/api/v1/sessions/{pk}/{path}", {"format": "mermaid"}).status_code == 404


def test_a_strangers_booking_is_a_missing_one(ada: User, ben: User, cleo: User, program: Program) -> None:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    made = bookings.propose(
        by=ada, to=ben, role="candidate", start=start, minutes=45, framework="seven-step", now=timezone.now()
    )
    hers, nowhere = program(cleo), str(uuid.uuid4())
    for route in routes.templates():
        if re.match(r"api/v1/bookings/<uuid:pk>/", route):
            (here,) = routes.filled(route, {"api/": {"pk": [str(made.pk)]}})
            for method in METHODS:
                same(hers, method, here, here.replace(str(made.pk), nowhere), str(made.pk), nowhere)


@pytest.mark.asvs("15.3.1")
def test_a_candidate_is_told_nothing_hidden(live: Session, ada: User, ben: User, program: Program) -> None:
    """While it runs and after it, at every address, whatever Ben has written."""
    his = live.seats.select_related("session__case_version__case", "user").get(user=ben)
    now = timezone.now()
    notes.save_private(seat=his, text=PRIVATE_CANARY, base=0, now=now)
    notes.read_guide(seat=his, now=now)
    conducting.flip(session=live, seat=his, text="Twice the traffic", now=now)
    marks.tick(seat=his, item="clarify.goal", level=3, now=now)
    hers = program(ada)
    walk(hers, live)
    hers.post(f"/api/v1/sessions/{live.pk}/submit/", {}, content_type=JSON)
    hers.post(f"/api/v1/sessions/{live.pk}/feedback/skip/", {}, content_type=JSON)
    his.session.refresh_from_db()
    hers_seat = live.seats.get(user=ada)
    words = dict.fromkeys(("strength", "second_strength", "change"), PRIVATE_CANARY)
    feedback.save_draft(seat=his, about=hers_seat, given=words, base=0, now=timezone.now())
    marks.mark(seat=his, item="", level=4, sheet=None, reason=PRIVATE_CANARY, now=timezone.now())
    feedback.send(seat=his, about=hers_seat, given=words, now=timezone.now())
    walk(hers, live)


def walk(client: Client, session: Session) -> None:
    values: dict[str, Any] = {"pk": [session.pk], "step": ["clarify"], "slug": ["ad-clicks"], "number": [1]}
    values |= {"seat_id": [1], "about_id": [1], "share_id": [1], "item": ["clarify.goal"]}
    answers = [
        client.get(here)
        for route in routes.templates()
        if route.startswith("api/")
        for here in routes.filled(route, {"api/": values})
    ]
    assert sum(answer.status_code == 200 for answer in answers) > 20
    for answer in answers:
        sent = answer.getvalue()
        for canary in (CANARY, PRIVATE_CANARY):
            assert leaks(sent, [canary]) == []
