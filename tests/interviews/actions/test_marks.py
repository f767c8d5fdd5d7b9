"""The interviewer's marks: added, never changed; kept when the scorer runs again; sealed in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from interviews.actions import jobs, marks, scoring
from interviews.errors import Refused
from interviews.models import ItemScore, Mark, ScoreJob, ScoreSheet, Seat, Session
from interviews.queries.agreement import agreements
from interviews.queries.report import report
from interviews.rules.reveal import SEALED_FOR
from mlsd_site.accounts.models import User

NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def seat(scored: Session, ben: User, seat_of: Callable[[Session, User], Seat]) -> Seat:
    return seat_of(scored, ben)


@pytest.fixture
def sheet(scored: Session) -> ScoreSheet:
    """The automatic sheet, with a level of 2 for the scale."""
    sheet = ScoreSheet.objects.get(submission__session=scored)
    evidence = [{"where": "clarify", "start": 0, "end": 8, "quote": "The goal"}]
    sheet.items.filter(item="clarify.scale").update(level=2, evidence=evidence)
    return sheet


def give(seat: Seat, level: int, sheet: ScoreSheet | None, reason: str = "", **more: object) -> Mark | None:
    wish = {"item": "clarify.scale", "now": NOW, **more}
    return marks.mark(seat=seat, level=level, sheet=sheet.pk if sheet else None, reason=reason, **wish)  # type: ignore[arg-type]


def test_confirming_needs_no_reason_and_keeps_what_was_seen(seat: Seat, sheet: ScoreSheet) -> None:
    mark = give(seat, 2, sheet)
    assert mark
    assert (mark.level, mark.automatic_level, mark.beside_id, mark.rater_id) == (2, 2, sheet.pk, seat.user_id)


def test_changing_needs_a_reason(seat: Seat, sheet: ScoreSheet) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        give(seat, 3, sheet, "   ")
    mark = give(seat, 3, sheet, "She derived\nit aloud.")
    assert mark
    assert mark.reason == "She derived it aloud."


def test_without_an_automatic_sheet_a_level_needs_a_reason_and_nought_does_not(
    seat: Seat, sheet: ScoreSheet
) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        give(seat, 1, None)
    assert give(seat, 0, None)


def test_another_submissions_sheet_is_none(seat: Seat, sheet: ScoreSheet) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        marks.mark(seat=seat, item="clarify.scale", level=2, sheet=sheet.pk + 1, reason="", now=NOW)


def test_every_mark_is_kept_and_the_newest_counts(seat: Seat, sheet: ScoreSheet) -> None:
    give(seat, 2, sheet)
    give(seat, 1, sheet, "Generic after all.", now=LATER)
    found = report(seat).people
    assert found
    assert [one.level for one in found.history["clarify.scale"]] == [1, 2]
    assert found.marks["clarify.scale"].level == 1


def test_the_same_mark_twice_is_one(seat: Seat, sheet: ScoreSheet) -> None:
    assert give(seat, 2, sheet)
    assert give(seat, 2, sheet) is None
    assert Mark.objects.count() == 1


@pytest.mark.parametrize(
    ("item", "level"), [("clarify.scale", 4), ("", 0), ("", 5), ("no.such", 1), ("clarify.scale", -1)]
)
def test_what_is_no_level_or_no_point_is_refused(
    seat: Seat, sheet: ScoreSheet, item: str, level: int
) -> None:
    with pytest.raises(Refused, match="no such"):
        give(seat, level, sheet, "Because.", item=item)


def test_a_long_reason_is_refused_whole(seat: Seat, sheet: ScoreSheet) -> None:
    with pytest.raises(Refused, match="500 characters"):
        give(seat, 3, sheet, "x" * 501)


def test_postgres_refuses_to_change_a_mark(seat: Seat, sheet: ScoreSheet) -> None:
    give(seat, 2, sheet)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Mark.objects.update(level=3)


def test_postgres_refuses_a_change_without_a_reason(seat: Seat, sheet: ScoreSheet) -> None:
    with pytest.raises(IntegrityError, match="mark_agrees_or_has_a_reason"), transaction.atomic():
        Mark.objects.create(session=sheet.submission.session, item="data.labels", level=3, automatic_level=1)


def test_confirming_the_rest_leaves_what_is_marked(seat: Seat, sheet: ScoreSheet) -> None:
    give(seat, 3, sheet, "Derived.")
    count = marks.confirm(
        seat=seat, items=["clarify.scale", "clarify.goal", "no.such"], sheet=sheet.pk, now=NOW
    )
    assert count == 1
    assert report(seat).people.marks["clarify.scale"].level == 3  # type: ignore[union-attr]


def test_marks_outlive_another_scoring(seat: Seat, sheet: ScoreSheet) -> None:
    give(seat, 2, sheet)
    ScoreSheet.objects.update(scorer_version="older", created_at=NOW - timedelta(days=1))
    jobs.enqueue_again(submissions=[sheet.submission_id], now=NOW)
    scoring.run(job_id=ScoreJob.objects.get().pk, now=NOW)
    newest = report(seat).sheet
    assert newest
    assert newest.pk != sheet.pk
    found = report(seat).people
    assert found
    assert (found.marks["clarify.scale"].level, found.marks["clarify.scale"].beside) == (2, sheet.pk)


def test_a_sheet_needs_a_verdict(seat: Seat, sheet: ScoreSheet) -> None:
    give(seat, 2, sheet)
    with pytest.raises(Refused, match="verdict first"):
        marks.as_sheet(seat=seat, now=NOW)


@pytest.fixture
def sealed(seat: Seat, sheet: ScoreSheet) -> ScoreSheet:
    give(seat, 3, sheet, "She derived it aloud.")
    give(seat, 4, sheet, "Calm and clear.", item="")
    return marks.as_sheet(seat=seat, now=NOW)


def test_what_is_sealed_is_a_sheet_with_the_words_that_earned_it(sealed: ScoreSheet) -> None:
    row = sealed.items.get()
    assert (sealed.source, sealed.overall, row.level) == ("interviewer", 4, 3)
    assert [piece["quote"] for piece in row.evidence] == ["The goal", "She derived it aloud."]


def test_the_candidate_sees_the_sheet_once_it_is_revealed_and_as_it_was_sealed(
    sealed: ScoreSheet, seat: Seat, sheet: ScoreSheet, ada: User, seat_of: Callable[[Session, User], Seat]
) -> None:
    give(seat, 0, sheet, "I take it back.", now=LATER)
    candidate = seat_of(seat.session, ada)
    assert report(candidate, now=LATER).people is None
    found = report(candidate, now=LATER + SEALED_FOR).people
    assert found
    assert (found.marks["clarify.scale"].level, found.marks["clarify.scale"].reason) == (
        3,
        "She derived it aloud.",
    )
    assert found.history == {}
    own = report(seat).people
    assert own
    assert own.changed_since


def test_agreement_counts_the_newest_mark_beside_each_version(
    seat: Seat, sheet: ScoreSheet, ben: User, cleo: User
) -> None:
    marks.confirm(seat=seat, items=["clarify.goal", "clarify.latency"], sheet=sheet.pk, now=NOW)
    give(seat, 2, sheet)
    give(seat, 3, sheet, "Derived.", now=LATER)
    give(seat, 0, None, item="deploy.rollout")
    judge = ScoreSheet.objects.create(
        submission=sheet.submission, source="judge", scorer="judge", scorer_version="judge-1 stub"
    )
    ItemScore.objects.create(sheet=judge, item="clarify.scale", level=3, evidence=[{"quote": "x"}])
    found = {one.source: one for one in agreements(user_id=ben.pk, everybody=False)}
    automatic = found["Automatic"]
    assert automatic.pooled
    assert automatic.blind
    assert (automatic.pooled.n, automatic.blind.n) == (4, 1)
    scale = next(one.found for one in automatic.items if one.id == "clarify.scale")
    assert (scale.n, scale.exact, scale.bias) == (1, 0, -1)
    assert found["Model judge"].pooled
    assert found["Model judge"].verdict is None
    assert agreements(user_id=cleo.pk, everybody=False) == []
    assert len(agreements(user_id=cleo.pk, everybody=True)) == 2


def test_agreement_costs_one_query(seat: Seat, sheet: ScoreSheet, ben: User) -> None:
    give(seat, 2, sheet)
    before = len(connection.queries_log)
    connection.force_debug_cursor = True
    try:
        agreements(user_id=ben.pk, everybody=False)
    finally:
        connection.force_debug_cursor = False
    assert len(connection.queries_log) - before == 1
