"""Ticks while the session runs: by ear, without a machine's level in view, until the sheet is sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.actions import feedback, marks, scoring, sessions
from interviews.errors import Refused
from interviews.models import Mark, PrivateEvent, ScoreJob, ScoreSheet
from interviews.queries.marks import own_marks
from interviews.queries.report import report
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, interview


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    return interview(ada, ben, now=timezone.now() - timedelta(minutes=10))


def tick(two: Pair, level: int, item: str = "clarify.scale", after: int = 60) -> Mark | None:
    assert two.session.started_at
    at = two.session.started_at + timedelta(seconds=after)
    return marks.tick(seat=two.interviewer, item=item, level=level, now=at)


def end(two: Pair) -> ScoreSheet:
    two.session = sessions.submit(session=two.session, by=two.candidate, now=timezone.now())
    two.interviewer.session = two.candidate.session = two.session
    scoring.run(job_id=ScoreJob.objects.get().pk, now=timezone.now())
    return ScoreSheet.objects.get(source="automatic")


def test_the_last_tick_counts_and_all_are_kept(two: Pair) -> None:
    tick(two, 1)
    tick(two, 2, after=90)
    assert tick(two, 2, after=95) is None
    assert own_marks(two.session, two.interviewer.user_id)["clarify.scale"].level == 2
    assert Mark.objects.count() == 2


@pytest.mark.parametrize(
    ("item", "level"), [("clarify.scale", 4), ("no.such", 1), ("", 2), ("clarify.scale", -1)]
)
def test_what_is_no_level_or_no_point_is_refused(item: str, level: int, two: Pair) -> None:
    with pytest.raises(Refused):
        tick(two, level, item)
    assert not Mark.objects.exists()


def test_neither_the_candidate_ticks_nor_anybody_after_the_end(two: Pair) -> None:
    with pytest.raises(Refused) as refused:
        marks.tick(seat=two.candidate, item="clarify.scale", level=3, now=timezone.now())
    assert refused.value.status == 403
    end(two)
    with pytest.raises(Refused, match="not running"):
        tick(two, 3)


def test_until_it_is_sealed_the_interviewers_report_holds_no_machines_level(two: Pair) -> None:
    tick(two, 3)
    sheet = end(two)
    found = report(two.interviewer)
    assert (found.withheld, found.sheet, found.judge.sheet, found.pending) == (True, None, None, False)
    assert {item.level for step in found.steps for item in step.items} == {0}
    feedback.skip_self(seat=two.candidate, now=timezone.now())
    assert report(two.candidate).sheet == sheet
    marks.seal(seat=two.interviewer, now=timezone.now())
    marks.seal(seat=two.interviewer, now=timezone.now())
    assert report(two.interviewer).sheet == sheet
    assert PrivateEvent.objects.filter(kind="marks_sealed").count() == 1


def test_before_the_seal_a_sheet_that_is_named_is_not_looked_at(two: Pair) -> None:
    sheet = end(two)
    made = marks.mark(
        seat=two.interviewer, item="clarify.scale", level=2, sheet=sheet.pk, reason="", now=timezone.now()
    )
    assert made
    assert made.automatic_level is None
    with pytest.raises(Refused, match="Seal your own"):
        marks.confirm(seat=two.interviewer, items=["clarify.goal"], sheet=sheet.pk, now=timezone.now())


def test_a_tick_is_sent_with_the_second_at_which_it_was_heard(two: Pair) -> None:
    tick(two, 3)
    tick(two, 0, "clarify.goal")
    end(two)
    with pytest.raises(Refused, match="needs a reason"):
        marks.mark(seat=two.interviewer, item="", level=3, sheet=None, reason="", now=timezone.now())
    marks.mark(seat=two.interviewer, item="", level=3, sheet=None, reason="Calm.", now=timezone.now())
    given = marks.sheet_of(seat=two.interviewer, now=timezone.now())
    told = {row.item: row.evidence for row in given.items.all()}
    assert told["clarify.scale"] == [
        {"where": "heard", "quote": "Heard in the interview, 1:00 after its start"}
    ]
    assert told["clarify.goal"] == []
    assert not report(two.interviewer).withheld
