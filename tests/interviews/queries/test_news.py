"""What a seat hears of what happened, and what it never hears of."""

from __future__ import annotations

import pytest
from django.utils import timezone

from interviews.actions.record import log, log_private
from interviews.models import Event, PrivateEvent, Role
from interviews.queries import news, watch
from interviews.queries.news import Heard
from mlsd_site.accounts.models import User
from tests.interviews.stage import pair

pytestmark = pytest.mark.django_db


def test_a_seat_hears_what_came_after_what_it_knows(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    known = Heard(news.newest(two.session.pk, Role.CANDIDATE)["shared"])
    assert news.since(two.session.pk, Role.CANDIDATE, known) == (None, known)

    event = log(two.session, "waved", by=two.candidate, now=timezone.now())
    message, heard = news.since(two.session.pk, Role.CANDIDATE, known)
    assert message == {"t": "news", "events": [["shared", event.pk, "waved"]]}
    assert heard == Heard(event.pk)


def test_only_interviewers_hear_of_private_events(ada: User, ben: User) -> None:
    two = pair(ada, ben)
    log_private(two.session, "marked", by=two.interviewer, now=timezone.now())
    told = {role: news.since(two.session.pk, role, Heard())[0] for role in Role.values}
    assert "marked" in str(told["interviewer"])
    assert "marked" not in str((told["candidate"], told["observer"]))
    assert [set(news.newest(two.session.pk, role)) for role in Role.values] == [
        {"shared"},
        {"shared", "private"},
        {"shared"},
    ]


def test_a_socket_is_looked_at_when_something_happens_that_its_seat_may_know_of(
    ada: User, ben: User, as_ada: object, as_ben: object
) -> None:
    two = pair(ada, ben)
    visits = [(two.candidate.pk, _key(as_ada)), (two.interviewer.pk, _key(as_ben))]
    before = watch.marks(visits)
    assert set(before) == set(visits)

    PrivateEvent.objects.create(session=two.session, kind="marked", at=timezone.now())
    after = watch.marks(visits)
    assert [before[visit] == after[visit] for visit in visits] == [True, False]

    Event.objects.create(session=two.session, kind="waved", at=timezone.now())
    assert all(watch.marks(visits)[visit] != after[visit] for visit in visits)


def _key(client: object) -> str:
    key: str = client.session.session_key  # type: ignore[attr-defined]
    return key
