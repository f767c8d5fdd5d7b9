"""A report as a file says in depth what its page says, to the same reader and no sooner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank.access import guide_of
from interviews.actions import conducting, notes, sessions, shares
from interviews.models import Role, Seat
from interviews.queries.report import report
from interviews.rules.shares import PARTS, Wish
from interviews.views.papers import shared_paper
from mlsd_site.accounts.models import User
from tests.interviews.history import sheet
from tests.interviews.stage import Pair, interview
from tests.interviews.views.test_depth import reveal, skip
from tests.interviews.views.test_report_files import words_of

START = timezone.now() - timedelta(minutes=30)
FORMS = pytest.mark.parametrize("form", ["md", "pdf"])


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """A hint at 2:00, three probes, and a flip at 5:00 that Ada takes up a minute later; handed in at 10:00."""
    two = interview(ada, ben, now=START)
    both: dict[str, Any] = {"session": two.session, "seat": two.interviewer}
    notes.save(seat=two.candidate, step="data", text="Clicks.", base=0, now=START + timedelta(minutes=1))
    conducting.hint(**both, step="data", grade=1, now=START + timedelta(minutes=2))
    for number, mark in ((1, "rescued"), (2, "unprompted"), (3, "missed")):
        conducting.probe(
            **both, level="senior", number=number, mark=mark, now=START + timedelta(minutes=3, seconds=number)
        )
    conducting.flip(**both, text="Half the money", now=START + timedelta(minutes=5))
    notes.save(
        seat=two.candidate,
        step="data",
        text="Clicks. A tenth of them.",
        base=1,
        now=START + timedelta(minutes=6),
    )
    two.session = sessions.submit(session=two.session, by=two.candidate, now=START + timedelta(minutes=10))
    sheet(two.session, 1)
    return two


def guide(two: Pair) -> dict[str, Any]:
    return guide_of(two.session.case_version)


def asks(two: Pair) -> list[str]:
    return [" ".join(one["ask"].split()) for one in guide(two)["ladders"]["senior"]]


def said(client: Client, two: Pair, form: str) -> str:
    """The words of the file, on one line and without Markdown's signs."""
    made = client.get(f"/sessions/{two.session.pk}/report.{form}").content
    words = words_of(made) if form == "pdf" else made.decode().replace("\\", "").replace("**", "")
    return " ".join(words.replace("\u200b", "").split())


@FORMS
def test_the_candidates_has_times_probes_hints_and_what_changed(two: Pair, as_ada: Client, form: str) -> None:
    skip(two)
    reveal(two)
    words = said(as_ada, two, form)
    assert "Time against the plan" in words
    assert "No work can be seen on" in words
    assert "Worked" in words
    assert "As Ben marked it: 1 unprompted, 1 rescued, 1 missed." in words
    assert [one in words for one in asks(two)[:4]] == [True, True, True, False]
    assert "Hints that were given" in words
    assert " ".join(guide(two)["hints"]["data"][0].split()) in words
    assert "5:00 Half the money" in words
    assert "The first change came 1:00 later." in words
    assert "Prepare the data: 4 words more" in words
    assert "What would have gained most" in words
    assert "From goal to guardrail" in words


@FORMS
def test_probes_wait_for_both_and_all_of_it_for_a_rating_of_oneself(
    two: Pair, as_ada: Client, form: str
) -> None:
    deep = ("Time against", "What was asked", "Hints that", "constraints changed", "gained most", "guardrail")
    words = said(as_ada, two, form)
    assert not [one for one in deep if one in words]
    skip(two)
    words = said(as_ada, two, form)
    assert [one for one in deep if one not in words] == ["What was asked"]
    assert asks(two)[0] not in words


@FORMS
def test_the_interviewers_has_the_probes_as_they_marked_them(two: Pair, as_ben: Client, form: str) -> None:
    words = said(as_ben, two, form)
    assert "As Ben marked it: 1 unprompted, 1 rescued, 1 missed." in words
    assert asks(two)[0] in words
    assert "Time against the plan" in words


@FORMS
def test_an_observers_has_no_probe(two: Pair, as_cleo: Client, cleo: User, form: str) -> None:
    two.session.seats.create(user=cleo, role=Role.OBSERVER)
    skip(two)
    reveal(two)
    words = said(as_cleo, two, form)
    assert "What was asked" not in words
    assert asks(two)[0] not in words


@FORMS
def test_times_close_with_the_replay(two: Pair, as_ada: Client, form: str) -> None:
    skip(two)
    as_ada.post(f"/sessions/{two.session.pk}/ready/", {"replay": "no"})
    words = said(as_ada, two, form)
    assert "Time against the plan" not in words
    assert "4 words more" not in words
    assert "Half the money" in words


def test_strangers_get_no_file(two: Pair, as_cleo: Client) -> None:
    for form in ("md", "pdf"):
        assert as_cleo.get(f"/sessions/{two.session.pk}/report.{form}").status_code == 404


@pytest.mark.parametrize("part", [part for part, _, _ in PARTS])
def test_a_links_paper_has_of_this_what_was_chosen(two: Pair, client: Client, part: str) -> None:
    skip(two)
    reveal(two)
    seat = Seat.objects.select_related("session__case_version__case", "session__board", "user").get(
        pk=two.candidate.pk
    )
    paper = shared_paper(seat, report(seat), {part}, title="Ads", name="")
    assert (paper.has_pace, paper.pace is not None) == (part == "pace", part == "pace")
    assert bool(paper.asked) == (part == "asked")
    assert (paper.ahead, paper.course, paper.said) == ((), (), ())
    _, token = shares.create(seat=seat, wish=Wish(frozenset({part}), timedelta(days=1)), now=timezone.now())
    page = client.get(f"/shared/{token}/").content.decode()
    assert ("Time against the plan" in page, "What was asked" in page) == (part == "pace", part == "asked")
    assert "Half the money" not in page
