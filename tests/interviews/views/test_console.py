"""The console's routes: the interviewer's alone, one answer for every press, and nothing lost to a bad one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from casebank.access import guide_of
from interviews.actions import sessions
from interviews.models import Event, Mark, PrivateEvent
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, alone, interview

HTMX = {"HX-Request": "true"}
PRESSES: list[tuple[str, dict[str, Any]]] = [
    ("fact", {"number": 1}),
    ("hint", {"step": "data", "grade": 1}),
    ("flip", {"text": "The budget halves."}),
    ("probe", {"level": "senior", "number": 1, "mark": "missed"}),
    ("tick", {"item": "clarify.goal", "level": 2}),
]


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    return interview(ada, ben)


def at(two: Pair, path: str = "") -> str:
    return f"/sessions/{two.session.pk}/console/{path}"


def test_it_holds_the_guide_to_be_given_and_marked(two: Pair, as_ben: Client) -> None:
    page = as_ben.get(at(two)).content.decode()
    guide = guide_of(two.session.case_version)
    for words in (
        guide["facts"][0]["answer"],
        guide["hints"]["deploy"][-1],
        guide["ladders"]["staff"][0]["listen_for"],
        guide["items"]["clarify.goal"]["earns_3"],
        guide["flips"][0]["change"],
    ):
        assert escape(words) in page
    assert PrivateEvent.objects.filter(kind="guide_opened").count() == 1


@pytest.mark.parametrize(("verb", "wish"), PRESSES)
def test_a_press_answers_with_the_rows_as_they_are_then(
    verb: str, wish: dict[str, Any], two: Pair, as_ben: Client
) -> None:
    stamp = 'data-stamp="'
    before = as_ben.get(at(two, "rows/")).content.decode()
    answer = as_ben.post(at(two, f"{verb}/"), wish, headers=HTMX).content.decode()
    assert answer.partition(stamp)[2][:16] != before.partition(stamp)[2][:16]
    assert 'hx-swap-oob="true"' in answer
    assert "<html" not in answer
    seen = answer.partition(stamp)[2][:16]
    assert as_ben.get(at(two, f"rows/?seen={seen}")).status_code == 204
    assert as_ben.post(at(two, f"{verb}/"), wish)["Location"] == f"/sessions/{two.session.pk}/"


@pytest.mark.parametrize(("verb", "wish"), PRESSES)
@pytest.mark.parametrize("bad", ["", "x" * 6000, "-1", "9" * 40, "a\0b"])
def test_what_the_console_does_not_send_changes_nothing(
    verb: str, wish: dict[str, Any], bad: str, two: Pair, as_ben: Client
) -> None:
    kept = Event.objects.count()
    for key in wish:
        answer = as_ben.post(at(two, f"{verb}/"), {**wish, key: bad}, headers=HTMX)
        if (verb, bad) in (("flip", "-1"), ("flip", "9" * 40)):
            continue  # words like others
        assert answer.status_code in (404, 422), (key, bad)
        assert "guide" not in answer.content.decode().lower() or answer.status_code == 404
    assert Event.objects.count() == kept + (verb == "flip" and bad in ("-1", "9" * 40))
    assert not Mark.objects.exists()


@pytest.mark.parametrize(("verb", "wish"), PRESSES)
def test_it_is_the_interviewers_alone(
    verb: str, wish: dict[str, Any], two: Pair, as_ada: Client, as_cleo: Client
) -> None:
    for client, status in ((as_ada, 403), (as_cleo, 404)):
        assert client.post(at(two, f"{verb}/"), wish).status_code == status
        assert client.get(at(two)).status_code == status
        assert client.get(at(two, "rows/")).status_code == status


@pytest.mark.parametrize(("verb", "wish"), PRESSES)
def test_after_the_end_nothing_is_given_or_marked(
    verb: str, wish: dict[str, Any], two: Pair, as_ben: Client
) -> None:
    sessions.submit(session=two.session, by=two.candidate, now=timezone.now())
    assert as_ben.post(at(two, f"{verb}/"), wish, headers=HTMX).status_code == 409


def test_who_awaits_the_same_case_is_asked_first(two: Pair, ben: User, as_ben: Client) -> None:
    alone(ben)
    asked = as_ben.get(at(two)).content.decode()
    assert "about to be interviewed on this very case" in asked
    assert f"{at(two)}?anyway=1" in asked
    assert "data-do" not in asked
    assert "data-do" in as_ben.get(f"{at(two)}?anyway=1").content.decode()


@pytest.mark.parametrize("opened", [False, True])
def test_neither_rows_nor_presses_lead_around_that_question(
    opened: bool, ada: User, ben: User, as_ben: Client
) -> None:
    two = interview(ada, ben)
    if opened:
        as_ben.get(at(two))
    alone(ben)
    kept = Event.objects.filter(session=two.session).count()
    answers = [
        as_ben.get(at(two, "rows/")),
        *(as_ben.post(at(two, f"{verb}/"), wish, headers=HTMX) for verb, wish in PRESSES),
    ]
    assert [one.status_code for one in answers] == [200 if opened else 409] * 6
    fact = escape(guide_of(two.session.case_version)["facts"][0]["answer"])
    assert all((fact in one.content.decode()) is opened for one in answers)
    assert (Event.objects.filter(session=two.session).count() > kept) is opened
    assert PrivateEvent.objects.filter(session=two.session, kind="guide_opened").exists() is opened


def test_what_is_told_stands_in_everybodys_room(two: Pair, as_ada: Client, as_ben: Client) -> None:
    wild = "Now <b>twice</b> the load"
    as_ben.post(at(two, "flip/"), {"text": wild})
    as_ben.post(at(two, "hint/"), {"step": "data", "grade": 1})
    hint = escape(guide_of(two.session.case_version)["hints"]["data"][0])
    for client in (as_ada, as_ben):
        for path in ("", "told/"):
            page = client.get(f"/sessions/{two.session.pk}/{path}").content.decode()
            assert escape(wild) in page
            assert hint in page
            assert wild not in page
            assert page.count("A hint:") == (client is as_ada)
