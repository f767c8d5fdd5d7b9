"""What a link shows of times, probes and a second rating: what its candidate may see herself, and nobody's name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank import checklist
from casebank.access import guide_of
from casebank.models import Case
from interviews.actions import conducting, notes, second, sessions, shares
from interviews.models import Seat
from interviews.queries.report import report
from interviews.queries.shares import offered
from interviews.rules.shares import USUAL, Wish
from mlsd_site.accounts.models import User
from tests.interviews.history import sheet
from tests.interviews.stage import Pair, interview
from tests.interviews.views.test_depth import reveal, skip, text

START = timezone.now() - timedelta(minutes=30)
DEEP = {"pace", "asked", "second"}


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Three of the senior probes are marked, the second as answered without being asked; handed in at 10:00."""
    two = interview(ada, ben, now=START)
    notes.save(seat=two.candidate, step="data", text="Clicks.", base=0, now=START + timedelta(minutes=1))
    for number, mark in ((1, "rescued"), (2, "unprompted"), (3, "missed")):
        both: dict[str, Any] = {"session": two.session, "seat": two.interviewer, "level": "senior"}
        conducting.probe(**both, number=number, mark=mark, now=START + timedelta(minutes=2))
    two.session = sessions.submit(session=two.session, by=two.candidate, now=START + timedelta(minutes=10))
    sheet(two.session, 1)
    skip(two)
    return two


def asks(two: Pair) -> list[str]:
    return [one["ask"] for one in guide_of(two.session.case_version)["ladders"]["senior"]]


def hers(two: Pair) -> Seat:
    """Ada's seat as it is by now."""
    held = Seat.objects.select_related("session__case_version__case", "session__board", "user")
    return held.get(pk=two.candidate.pk)


def on_offer(two: Pair) -> set[str]:
    seat = hers(two)
    return {part for part, *_ in offered(seat, report(seat))}


def shown(client: Client, two: Pair, parts: Collection[str]) -> str:
    """The words of the page of a link with these parts."""
    now = timezone.now()
    wish = Wish(frozenset(parts), timedelta(days=1))
    _, token = shares.create(seat=hers(two), wish=wish, now=now)
    page = client.get(f"/shared/{token}/").content.decode()
    assert "/sessions/" not in page
    return unescape(text(page.split("<main")[1]))


def rate_again(two: Pair, cleo: User) -> None:
    """Cleo gives twos all over, and a hire."""
    rating = second.offer(seat=hers(two), now=timezone.now())
    rating.rater, rating.taken_at = cleo, timezone.now()
    rating.save()
    levels = {item.id: "2" for item in checklist.load().items} | {"overall": "3"}
    second.seal(rating=rating, given=levels, now=timezone.now())


def test_none_of_them_is_chosen_at_first() -> None:
    assert not DEEP & USUAL


def test_each_is_offered_once_there_is_something_that_the_candidate_may_see(two: Pair, cleo: User) -> None:
    assert on_offer(two) & DEEP == {"pace"}
    reveal(two)
    assert on_offer(two) & DEEP == {"pace", "asked"}
    rate_again(two, cleo)
    assert on_offer(two) & DEEP == DEEP


def test_times_close_with_the_replay(two: Pair, client: Client, as_ada: Client) -> None:
    assert "Minutes worked and planned" in shown(client, two, {"pace"})
    as_ada.post(f"/sessions/{two.session.pk}/ready/", {"replay": "no"})
    assert "pace" not in on_offer(two)
    said = shown(client, two, {"pace"})
    assert "Minutes worked and planned" not in said
    assert "It cannot be shown any longer." in said


def test_a_probe_that_was_never_said_aloud_is_counted_and_not_told(
    two: Pair, client: Client, ben: User
) -> None:
    assert "What was asked" not in shown(client, two, {"asked"})
    reveal(two)
    said = shown(client, two, {"asked"})
    assert "As the interviewer marked it: 1 unprompted, 1 rescued, 1 missed." in said
    assert [one in said for one in asks(two)[:4]] == [True, False, True, False]
    assert str(ben) not in said
    assert not [one for one in asks(two) if one in shown(client, two, {"verdict", "levels", "notes"})]


def test_of_a_case_that_is_not_public_no_question_is_told(two: Pair, client: Client, ben: User) -> None:
    reveal(two)
    Case.objects.filter(pk=two.session.case_version.case_id).update(owner=ben)
    said = shown(client, two, {"asked"})
    assert "1 unprompted, 1 rescued, 1 missed." in said
    assert not [one for one in asks(two) if one in said]


def test_a_second_raters_sheet_is_nobodys_and_only_sealed(two: Pair, client: Client, cleo: User) -> None:
    reveal(two)
    assert "Second rater" not in shown(client, two, {"second", "notes"})
    rate_again(two, cleo)
    said = shown(client, two, {"second"})
    assert "Second rater" in said
    assert "Hire" in said
    assert str(cleo) not in said
    assert "Second rater" not in shown(client, two, {"verdict", "levels", "interviewer"})


def test_over_rest_they_are_offered_and_chosen_alike(two: Pair, as_ada: Client, client: Client) -> None:
    reveal(two)
    links = f"/api/v1/sessions/{two.session.pk}/shares/"
    assert as_ada.get(links).json()["offered"][5:] == ["pace", "interviewer", "asked", "name"]
    made = as_ada.post(links, {"parts": ["pace", "asked"], "days": 1}, content_type="application/json")
    said = unescape(text(client.get(made.json()["link"]).content.decode()))
    assert "Minutes worked and planned" in said
    assert asks(two)[0] in said
    refused = as_ada.post(links, {"parts": ["second"], "days": 1}, content_type="application/json")
    assert refused.status_code == 422
