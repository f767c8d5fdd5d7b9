from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import matching
from interviews.models import Attendance, Match, Session, Ticket
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY
from tests.interviews.waiting import arrive, both_accept, join, offered, state_of

NOW = timezone.now
PAGE = "/practise/"
WISH = {"role": "candidate", "level": "senior", "language": "en", "framework": "", "swap": "no"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def bank(case_version: CaseVersion) -> CaseVersion:
    """One case, which nobody knows."""
    return case_version


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_stranger_logs_in_first(client: Client) -> None:
    for path in (PAGE, "/practise/now/"):
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_two_meet_in_one_room(as_ada: Client, as_ben: Client) -> None:
    assert as_ada.post(PAGE, WISH).headers["Location"] == PAGE
    assert "Waiting for an interviewer" in text(as_ada.get(PAGE))
    as_ben.post(PAGE, {**WISH, "role": "interviewer"})
    matching.match_waiting(now=NOW())
    page = as_ada.get(PAGE)
    assert "Partner found: answer now" in text(page)
    assert "Ben" in text(page)
    assert CANARY not in text(page)
    offer = Match.objects.get().pk
    assert as_ada.post(f"/practise/offers/{offer}/accept/").headers["Location"] == PAGE
    assert "You accepted" in text(as_ada.get(PAGE))
    room = as_ben.post(f"/practise/offers/{offer}/accept/").headers["Location"]
    assert room == f"/sessions/{Session.objects.get().pk}/"
    assert as_ada.get("/practise/now/", headers=HTMX).headers["HX-Redirect"] == room
    assert as_ada.get(PAGE).headers["Location"] == room  # without a script, too
    assert as_ada.get(room).status_code == as_ben.get(room).status_code == 200
    assert "Your room is open" in text(as_ada.get(PAGE))  # once there, nobody is dragged back


def test_a_page_that_shows_it_already_is_left_alone(as_ada: Client, ada: User, ben: User) -> None:
    join(ada, "candidate", NOW())
    shown = as_ada.get("/practise/now/", headers=HTMX)
    mark = shown.context["standing"].mark
    assert as_ada.get("/practise/now/", {"mark": mark}, headers=HTMX).status_code == 204
    join(ben, "interviewer", NOW())
    matching.match_waiting(now=NOW())
    changed = as_ada.get("/practise/now/", {"mark": mark}, headers=HTMX)
    assert "<title>Partner found: answer now" in text(changed)
    assert "You have 60 seconds to accept" in text(changed) or "You have 59" in text(changed)


def test_asking_is_the_sign_that_the_page_is_there(as_ada: Client, ada: User) -> None:
    join(ada, "candidate", NOW() - timedelta(minutes=1))
    as_ada.get("/practise/now/")
    assert NOW() - Ticket.objects.get().seen_at < timedelta(seconds=5)


def test_that_the_roles_swap_is_said_before_anybody_accepts(
    as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    join(ada, "candidate", NOW(), swap="yes")
    assert "Any plan · Swap at half time" in text(as_ada.get(PAGE))
    join(ben, "interviewer", NOW(), swap="either")
    matching.match_waiting(now=NOW())
    shown = text(as_ada.get(PAGE))
    assert "You would be interviewed first, then swap" in shown
    assert "Two interviews, twice 45 minutes." in shown
    assert "you interview Ben on another case" in shown
    assert "Ada interviews you" not in shown
    assert "Ada interviews you on another case" in text(as_ben.get(PAGE))


def test_who_accepted_alone_reads_why_they_are_back(
    as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    match = offered(ada, ben, NOW())
    as_ada.post(f"/practise/offers/{match.pk}/accept/")
    matching.lapse(now=match.expires_at)
    assert "did not answer in time. You stand first in line" in text(as_ada.get(PAGE))
    assert "did not answer in time, so you left the line" in text(as_ben.get(PAGE))


def test_a_no_and_an_answer_to_what_is_over(as_ada: Client, as_ben: Client, ada: User, ben: User) -> None:
    match = offered(ada, ben, NOW())
    assert as_ben.post(f"/practise/offers/{match.pk}/decline/").status_code == 302
    assert "You said no" in text(as_ben.get(PAGE))
    late = as_ada.post(f"/practise/offers/{match.pk}/accept/")
    assert late.status_code == 409
    assert "This offer is over" in text(late)
    assert "Waiting for an interviewer" in text(late)


def test_cleo_finds_no_offer_of_others(as_cleo: Client, ada: User, ben: User) -> None:
    match = offered(ada, ben, NOW())
    for verb in ("accept", "decline"):
        assert as_cleo.post(f"/practise/offers/{match.pk}/{verb}/").status_code == 404
    assert state_of(ada) == ("offered", "")


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_answers_are_posted(as_ada: Client, ada: User, ben: User, verb: str) -> None:
    match = offered(ada, ben, NOW())
    assert as_ada.get(f"/practise/offers/{match.pk}/{verb}/").status_code == 405


@pytest.mark.parametrize(
    "spoilt",
    [{"role": "king"}, {"swap": "perhaps"}, {"level": ""}, {"language": "xx"}, {"framework": "none-such"}],
)
def test_a_wish_that_makes_no_sense_is_kept_and_marked(as_ada: Client, spoilt: dict[str, str]) -> None:
    answer = as_ada.post(PAGE, {**WISH, **spoilt})
    assert answer.status_code == 422
    assert "text-error" in text(answer)
    assert not Ticket.objects.exists()


def test_the_form_remembers_and_begins_with_the_profile(as_ada: Client, ada: User) -> None:
    ada.wants_to_be_candidate, ada.target_level = False, "staff"
    ada.save()
    form = as_ada.get(PAGE).context["form"]
    assert (form["role"].value(), form["level"].value()) == ("interviewer", "staff")
    as_ada.post(PAGE, {**WISH, "language": "de", "swap": "either", "again": "on"})
    as_ada.post("/practise/leave/")
    form = as_ada.get(PAGE).context["form"]
    kept = {name: form[name].value() for name in ("role", "language", "swap", "again")}
    assert kept == {"role": "candidate", "language": "de", "swap": "either", "again": True}


def test_who_waits_can_let_somebody_of_this_week_be_found_too(
    as_ada: Client, as_cleo: Client, ada: User
) -> None:
    as_ada.post(PAGE, {**WISH, "again": ""})
    before = Ticket.objects.get(user=ada)
    assert "Also take somebody whom I met this week" in text(as_ada.get(PAGE))
    assert as_ada.get("/practise/again/").status_code == 405
    as_cleo.post("/practise/again/")  # she does not wait
    page = text(as_ada.post("/practise/again/", follow=True))
    assert "Also somebody of this week" in page
    assert "Also take somebody whom I met this week" not in page
    after = Ticket.objects.get()
    assert (after.pk, after.since, after.again) == (before.pk, before.since, True)


def test_who_is_in_a_running_session_reads_so(as_ada: Client, live: Session) -> None:
    answer = as_ada.post(PAGE, WISH)
    assert answer.status_code == 409
    assert "You are in a running session" in text(answer)


def test_joining_over_and_over_is_limited(as_ada: Client) -> None:
    for _ in range(20):
        as_ada.post(PAGE, WISH)
        as_ada.post("/practise/leave/")
    answer = as_ada.post(PAGE, WISH)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_reliability_is_shown_with_its_count(as_ada: Client, ada: User, ben: User, lobby: Session) -> None:
    Attendance.objects.create(session=lobby, user=ben, agreed_start=NOW(), came=True)
    Session.objects.filter(pk=lobby.pk).update(state="ended", ended_at=NOW(), end_reason="abandoned")
    offered(ada, ben, NOW())
    assert "Came to 1 of 1 agreed session." in text(as_ada.get(PAGE))


def test_who_is_paused_reads_until_when(as_ada: Client, ada: User, make_session: Any) -> None:
    for hours in (2, 1):
        session = make_session(ada)
        Attendance.objects.create(
            session=session, user=ada, agreed_start=NOW() - timedelta(hours=hours), came=False
        )
    page = text(as_ada.get(PAGE))
    assert "neither matched nor booked until" in page
    assert "Find a partner" not in page
    assert "Book a time" not in page
    assert as_ada.post(PAGE, WISH).status_code == 409


@pytest.fixture
def stood_up(ada: User, ben: User, bank: CaseVersion) -> Session:
    """Eleven minutes ago both accepted; Ada came."""
    then = NOW() - timedelta(minutes=11)
    session = both_accept(offered(ada, ben, then), then)
    arrive(session, ada, then)
    return session


def test_the_one_who_came_is_led_to_another_partner(as_ada: Client, stood_up: Session) -> None:
    room = f"/sessions/{stood_up.pk}/"
    assert "Ben did not come" in text(as_ada.get(room))
    assert "Find me another partner" in text(as_ada.get(f"{room}partner/?mark=waits"))
    assert as_ada.get(f"{room}partner/?mark=over").status_code == 204
    assert as_ada.post(f"{room}partner/another/").headers["Location"] == PAGE
    assert "Your partner did not come; that is noted. You stand first in line" in text(as_ada.get(PAGE))


def test_or_goes_on_alone(as_ada: Client, as_ben: Client, stood_up: Session) -> None:
    room = f"/sessions/{stood_up.pk}/"
    assert as_ada.post(f"{room}partner/alone/").headers["Location"] == room
    page = text(as_ada.get(room))
    assert "did not come" not in page
    assert "Start" in page
    assert as_ben.get(room).status_code == 404


def test_the_doors_of_a_partner_who_is_awaited(
    as_ben: Client, as_cleo: Client, client: Client, stood_up: Session
) -> None:
    room = f"/sessions/{stood_up.pk}/partner/"
    assert as_cleo.get(room).status_code == 404
    for verb in ("another/", "alone/"):
        assert as_cleo.post(room + verb).status_code == 404
        assert client.post(room + verb).headers["Location"].startswith("/accounts/login/")
    assert as_ben.post(f"{room}alone/").status_code == 403  # an interviewer
    assert as_ben.post(f"{room}another/").status_code == 409  # who did not come himself
