"""Schemathesis against the whole API, in four roles: whatever is sent, nothing breaks and nothing hidden comes back.

Every run plays at least FUZZ_CASES requests a role; FUZZ_CASES=1250 makes 5,000 of them. A failure prints the request;
FUZZ_SEED plays the same ones again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import Any

import pytest
import requests
import schemathesis
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as examples_of
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis.specs.openapi.checks import response_schema_conformance

from casebank.actions import drafts
from interviews.actions import availability, bookings, groups
from interviews.models import Listing, Session
from interviews.rules.availability import Hours
from mlsd_site.accounts.models import User
from mlsd_site.api.schema import schema_for
from tests.api.conftest import Program
from tests.e2e.leaks import leaks
from tests.interviews.conftest import CANARY, PRIVATE_CANARY

CASES = int(os.environ.get("FUZZ_CASES", "300"))
SEED = int(os.environ.get("FUZZ_SEED", "8"))
ROLES = ("candidate", "interviewer", "stranger", "admin")
STATES = ("live", "scored")
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
Values = Mapping[str, Mapping[str, Sequence[object]]]
METHODS = ("get", "post", "put", "delete")


def operations() -> list[Any]:
    """Every operation of the API, as Schemathesis reads the admin's schema."""
    document = schemathesis.openapi.from_dict(schema_for("admin"))
    return [
        document[path][method]
        for path, methods in schema_for("admin")["paths"].items()
        for method in METHODS
        if method in methods
    ]


@pytest.fixture
def who(ada: User, ben: User, cleo: User, program: Program) -> dict[str, Client]:
    admin = User.objects.create_superuser("root@example.com", "x", display_name="Root")
    people = {"candidate": ada, "interviewer": ben, "stranger": cleo, "admin": admin}
    return {role: program(user) for role, user in people.items()}


@pytest.fixture
def things(ada: User, ben: User) -> Values:
    """What else there is: by the beginning of an address, the values of its arguments."""
    now = timezone.now()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    plan: dict[str, Any] = {"role": "candidate", "minutes": 45, "framework": "seven-step"}
    booking = bookings.propose(by=ada, to=ben, start=start, now=now, **plan)
    group = groups.create(by=ada, name="Us", description="", now=now)
    draft = drafts.create(by=ada, text="title: x", now=now)
    hours = availability.add_hours(by=ben, hours=Hours(1, 0, 1440))
    slot = availability.add_slot(by=ben, starts_at=start, ends_at=start + timedelta(hours=2), now=now)
    availability.list_me(by=ben, wanted="either", language="en", now=now)
    return {
        "bookings": {"pk": [booking.pk]},
        "groups": {"pk": [group.pk], "user_id": [ada.pk]},
        "drafts": {"pk": [draft.pk]},
        "calendar/hours": {"pk": [hours.pk]},
        "calendar/slots": {"pk": [slot.pk]},
        "calendar/people": {"pk": list(Listing.objects.values_list("pk", flat=True))},
        "cases": {"slug": ["ad-clicks"], "number": [1], "form": ["md"]},
        "calibration": {"slug": ["ad-clicks"], "round": [1]},
        "sheets": {"slug": ["ranking"], "form": ["md"]},
        "primer": {"slug": ["calibration"]},
        "frameworks": {"slug": ["seven-step"]},
    }


def of_session(session: Session) -> Mapping[str, Sequence[object]]:
    seats = list(session.seats.values_list("pk", flat=True))
    fixed = {"slug": ["blank"], "step": ["clarify"], "form": ["md"], "item": ["clarify.goal"]}
    return {"pk": [session.pk], "seat_id": seats, "about_id": seats, **fixed}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.asvs("2.2.1")
def test_nothing_breaks_and_nothing_hidden_comes_back(
    role: str,
    state: str,
    who: dict[str, Client],
    things: Values,
    request: pytest.FixtureRequest,
    settings: Settings,
    own_counters: None,
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10**9
    session: Session = request.getfixturevalue(state)
    there = {**things, "sessions": of_session(session)}
    found = operations()
    each = ceil(CASES / len(STATES) / len(found))
    hidden = () if role == "interviewer" else (CANARY, PRIVATE_CANARY)
    answers = [answer for one in found for answer in play(one, who[role], there, each, hidden)]
    print(f"{len(answers)} requests of {len(found)} operations: {sorted(Counter(answers).items())}")
    assert len(answers) >= len(found)
    assert {200, 400} <= set(answers)


def play(operation: Any, client: Client, there: Values, examples: int, hidden: Sequence[str]) -> list[int]:
    """So many requests of one operation, as its schema has it and as it has not, each undone; the statuses."""
    path = operation.path.removeprefix("/api/v1/")
    real = next((values for start, values in there.items() if path.startswith(start)), {})
    as_said, wrong = (operation.as_strategy(generation_mode=mode) for mode in (POSITIVE, NEGATIVE))
    statuses: list[int] = []

    @seed(SEED)
    @examples_of(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(as_said, wrong), data=st.data())
    def once(case: Any, data: st.DataObject) -> None:
        for name in case.path_parameters or {}:
            if name in real and data.draw(st.integers(0, 3)) < 3:
                case.path_parameters[name] = str(data.draw(st.sampled_from(real[name])))
        with transaction.atomic():
            answer = send(client, case)
            transaction.set_rollback(True)
        statuses.append(answer.status_code)
        sent = answer.getvalue()  # a file is closed then
        told = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"
        assert answer.status_code < 500, told
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json", told
        else:
            as_promised(case, answer)
        # After the end that is the whole sheet, for who sat there.
        if "/sheet." not in case.formatted_path:
            assert leaks(sent, hidden) == [], told

    once()
    return statuses


def send(client: Client, case: Any) -> Any:
    """The request, by Django's own client."""
    cache.clear()
    query = {key: str(value) for key, value in (case.query or {}).items()}
    # It makes credentials up too; this is about those who come in.
    own = {key: str(value) for key, value in (case.headers or {}).items()}
    headers = {key: value for key, value in own.items() if key.lower() not in ("authorization", "cookie")}
    sent: dict[str, Any] = {"query_params": query, "headers": headers}
    if case.media_type == "application/json":
        sent |= {"data": json.dumps(case.body, default=str), "content_type": "application/json"}
    elif isinstance(case.body, dict):
        sent["data"] = {key: value for key, value in case.body.items() if value is not None}
    if case.method == "GET":
        sent.pop("data", None)
        sent.pop("content_type", None)
    return getattr(client, case.method.lower())(case.formatted_path, **sent)


def as_promised(case: Any, answer: Any) -> None:
    """What is answered has the shape that the schema says."""
    if answer.headers.get("Content-Type") != "application/json":
        return
    asked = requests.Request(case.method, "http://testserver" + case.formatted_path).prepare()
    headers = {name.lower(): [value] for name, value in answer.headers.items()}
    told = schemathesis.Response(answer.status_code, headers, answer.content, asked, 0.0, verify=False)
    case.validate_response(told, checks=[response_schema_conformance])
