"""A point on which people here often disagree with the scorer is marked as such on every report."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.models import Mark, ScoreSheet, Session
from interviews.queries.agreement import poor_points
from mlsd_site.accounts.models import User
from tests.interviews import history

NOW = timezone.now()
POINT, OTHER = "clarify.scale", "clarify.goal"
SAID = "People here often disagree with the scorer on this point (n=10)"


def marked(ada: User, ben: User, version: CaseVersion, scorer: str, *, days: int = 3) -> Session:
    """The scorer gave twos; Ben, blind, gave one point 0 and the other 2, and sealed."""
    session = history.held(ada, ben, version, ended=NOW - timedelta(days=days))
    made = history.sheet(session, 2)
    ScoreSheet.objects.filter(pk=made.pk).update(scorer_version=scorer)
    for item, level in ((POINT, 0), (OTHER, 2)):
        Mark.objects.create(session=session, rater=ben, item=item, level=level, at=NOW)
    history.seal(session, ben)
    return session


def test_ten_sealed_and_revealed_pairs_that_differ_say_so(
    ada: User, ben: User, case_version: CaseVersion, as_ada: Client
) -> None:
    scorer, other = f"test {uuid4()}", f"test {uuid4()}"
    for _ in range(9):
        marked(ada, ben, case_version, scorer)
    marked(ada, ben, case_version, scorer, days=1)  # sealed still: it must not count
    assert poor_points(scorer, NOW) == {}
    session = marked(ada, ben, case_version, other)
    for _ in range(9):
        marked(ada, ben, case_version, other)
    assert poor_points(other, NOW) == {POINT: 10}
    page = as_ada.get(f"/sessions/{session.pk}/report/").content.decode()
    assert page.count(SAID) == 1
