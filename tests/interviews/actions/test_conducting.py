"""Hints come one after the other, constraints change for everybody, and how a probe went is for interviewers alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casebank.access import guide_of
from interviews.actions import conducting, marks, notes, sessions
from interviews.errors import Refused
from interviews.models import Event, PrivateEvent, Role, Seat, Submission
from interviews.queries.aftermath import own_of
from interviews.queries.console import console
from interviews.queries.probes import marks_of
from interviews.queries.scorer_input import scorer_input
from interviews.queries.told import newest, told
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, interview

NOW = timezone.now


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    return interview(ada, ben)


def hint(two: Pair, grade: int, step: str = "data", by: Seat | None = None) -> Event:
    return conducting.hint(session=two.session, seat=by or two.interviewer, step=step, grade=grade, now=NOW())


def flip(two: Pair, text: str, by: Seat | None = None) -> Event:
    return conducting.flip(session=two.session, seat=by or two.interviewer, text=text, now=NOW())


def probe(two: Pair, mark: str, by: Seat | None = None, **wish: Any) -> None:
    place = {"level": "senior", "number": 1, **wish}
    conducting.probe(session=two.session, seat=by or two.interviewer, mark=mark, now=NOW(), **place)


def test_hints_are_given_from_the_first_on_and_each_once(two: Pair) -> None:
    hints = guide_of(two.session.case_version)["hints"]["data"]
    with pytest.raises(Refused, match="Hint 1 of this step comes first"):
        hint(two, 2)
    for grade in (1, 1, 2, 1):
        hint(two, grade)
    assert [(one.grade, one.text) for one in told(two.session)] == [(1, hints[0]), (2, hints[1])]


@pytest.mark.parametrize(("step", "grade"), [("data", 0), ("data", 99), ("nowhere", 1)])
def test_there_are_only_the_guides_hints(step: str, grade: int, two: Pair) -> None:
    with pytest.raises(Refused, match="no such hint"):
        hint(two, grade, step)


def test_a_flip_is_the_guides_or_ones_own(two: Pair) -> None:
    flip(two, "  The budget\nhalves. ")
    flip(two, "The budget halves.")
    assert [one.text for one in told(two.session)] == ["The budget halves."]
    with pytest.raises(Refused, match="Say what changes"):
        flip(two, " \n ")
    with pytest.raises(Refused, match="500 characters"):
        flip(two, "x" * 501)
    for number in range(conducting.MOST_FLIPS - 1):
        flip(two, f"Change {number}")
    with pytest.raises(Refused, match="10 times"):
        flip(two, "One more")


def test_the_newest_of_each_kind_is_announced(two: Pair) -> None:
    hint(two, 1)
    flip(two, "First")
    hint(two, 2)
    flip(two, "Second")
    assert [(one.kind, one.text == "Second") for one in newest(told(two.session))] == [
        ("flipped", True),
        ("hint_given", False),
    ]


def test_the_last_mark_of_a_probe_counts_and_all_are_kept(two: Pair) -> None:
    for mark in ("prompted", "prompted", "rescued"):
        probe(two, mark)
    assert {place: one.mark for place, one in marks_of(two.session).items()} == {("senior", 1): "rescued"}
    kept = PrivateEvent.objects.filter(kind="probe_marked")
    assert [event.data["mark"] for event in kept] == ["prompted", "rescued"]
    assert not Event.objects.filter(kind="probe_marked").exists()


def test_in_a_panel_each_marks_for_themselves(two: Pair, cleo: User) -> None:
    other = two.session.seats.create(user=cleo, role="interviewer", part="second")
    for mark, by in (("missed", None), ("missed", other), ("rescued", other)):
        probe(two, mark, by)
    told = [marks_of(two.session, by=by)["senior", 1].mark for by in (two.interviewer, other, None)]
    assert told == ["missed", "rescued", "rescued"]
    assert PrivateEvent.objects.filter(kind="probe_marked").count() == 3
    own = own_of(two.interviewer)
    assert own
    assert [one.mark for one in own.probes] == ["missed"]


@pytest.mark.parametrize("wish", [{"number": 0}, {"number": 99}, {"level": "nobody"}, {"mark": "great"}])
def test_what_is_no_probe_or_no_mark_is_refused(wish: dict[str, Any], two: Pair) -> None:
    with pytest.raises(Refused):
        probe(two, **{"mark": "missed", **wish})
    assert not PrivateEvent.objects.filter(kind="probe_marked").exists()


@pytest.mark.parametrize(
    "do",
    [
        lambda two, by: hint(two, 1, by=by),
        lambda two, by: flip(two, "x", by),
        lambda two, by: probe(two, "missed", by),
    ],
)
def test_only_the_interviewer_does_so_and_only_while_it_runs(
    do: Callable[[Pair, Seat], object], two: Pair, cleo: User
) -> None:
    watching = two.session.seats.create(user=cleo, role=Role.OBSERVER)
    for seat in (two.candidate, watching):
        with pytest.raises(Refused) as refused:
            do(two, seat)
        assert refused.value.status == 403
    sessions.submit(session=two.session, by=two.candidate, now=NOW())
    with pytest.raises(Refused, match="not running"):
        do(two, two.interviewer)


def test_the_scorer_takes_hints_and_flips_for_the_interviewers_words(two: Pair) -> None:
    text = hint(two, 1).data["text"]
    flip(two, "The budget halves.")
    sessions.submit(session=two.session, by=two.candidate, now=NOW())
    facts = scorer_input(Submission.objects.get()).case.facts
    assert facts[-2:] == (text, "The budget halves.")


def test_the_console_says_what_was_done(two: Pair) -> None:
    guide = guide_of(two.session.case_version)
    before = console(two.interviewer, guide)
    assert (before.given, before.hinted, before.probed, before.ticked, before.untouched) == (0, 0, 0, 0, 50)
    assert before.probes[0].level == two.session.level
    assert before.hints[0].step == "clarify"
    hint(two, 1)
    probe(two, "missed")
    flip(two, guide["flips"][0]["change"])
    marks.tick(seat=two.interviewer, item="model.loss", level=2, now=NOW() + timedelta(seconds=1))
    notes.save(seat=two.candidate, step="clarify", text="For whom?", base=0, now=NOW())
    after = console(two.interviewer, guide)
    assert (after.hinted, after.probed, after.ticked, after.untouched) == (1, 1, 1, 43)
    assert after.flipped == (guide["flips"][0]["change"],)
    assert after.stamp != before.stamp
    assert console(two.interviewer, guide).stamp == after.stamp
    data = [
        (hint.grade, hint.second is not None, hint.is_next) for hint in after.hints if hint.step == "data"
    ]
    assert data == [(1, True, False), (2, False, True)]
