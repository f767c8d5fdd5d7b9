from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casebank.actions import seen
from casebank.models import Case, CaseVersion
from interviews.actions import invites, sessions
from interviews.models import Role, Seat, Session, Swap
from interviews.rules.swap import HALF_TIME
from mlsd_site.accounts.models import User
from tests.interviews.views.test_sessions import WISH

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_case(case_version: CaseVersion) -> CaseVersion:
    return CaseVersion.objects.create(
        case=Case.objects.create(slug="video-search"),
        number=1,
        content_hash="1" * 64,
        title="Video search",
        summary="Find videos.",
        prompt="Design a search.",
        level="senior",
        kind="ranking",
    )


@pytest.fixture
def half(ada: User, ben: User, make_session: Callable[..., Session], other_case: CaseVersion) -> Session:
    """A first half that Ada has handed in."""
    session = make_session(ada, swap=Swap.FULL)
    now = timezone.now()
    _, token = invites.create(session=session, by=session.seats.get(), role="interviewer", now=now)
    sessions.start(session=session, by=invites.redeem(token=token, by=ben, now=now), now=now)
    return sessions.submit(session=session, by=session.seats.get(user=ada), now=now)


def told(client: Client, session: Session, path: str = "notices/") -> str:
    return client.get(f"/sessions/{session.pk}/{path}").content.decode()


def test_when_one_has_opened_the_second_half_the_other_is_led_there(
    half: Session, as_ada: Client, as_ben: Client
) -> None:
    assert "Open the second half" in told(as_ada, half)
    answer = as_ben.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.get(follows=half)
    assert answer["Location"] == f"/sessions/{second.pk}/"
    assert as_ada.post(f"/sessions/{half.pk}/swap/")["Location"] == answer["Location"]
    for client in (as_ada, as_ben):
        assert f'href="/sessions/{second.pk}/">Go to the second half' in told(client, half)
        assert "Video search" in told(client, half, "report/")
        assert "Second half of two" in told(client, second)
    assert "Ben designs" in told(as_ada, half)


def test_a_press_in_the_room_leads_on_without_losing_it_to_an_error(half: Session, as_ada: Client) -> None:
    answer = as_ada.post(f"/sessions/{half.pk}/swap/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"/sessions/{Session.objects.get(follows=half).pk}/"


def test_between_the_halves_the_second_comes_first(half: Session, as_ada: Client, as_ben: Client) -> None:
    for client in (as_ada, as_ben):
        assert "Open the second half" in told(client, half, "report/")
        assert "Open the second half" in told(client, half, "feedback/")
    assert "Rate yourself on this half now, or when both are over" in told(as_ada, half, "report/")
    assert "First the second half" in told(as_ben, half, "report/")
    Session.objects.update(ended_at=timezone.now() - HALF_TIME)
    assert "First the second half" not in told(as_ben, half, "report/")
    assert "Open the second half" in told(as_ben, half, "report/")


def test_when_both_are_over_each_page_leads_to_what_is_to_be_written_about_both(
    half: Session, ada: User, ben: User, as_ada: Client, as_ben: Client
) -> None:
    as_ada.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.get(follows=half)
    now = timezone.now()
    sessions.start(session=second, by=second.seats.get(user=ada), now=now)
    sessions.submit(session=second, by=second.seats.get(user=ben), now=now)
    for session, other in ((half, second), (second, half)):
        for path in ("report/", "feedback/"):
            for client in (as_ada, as_ben):
                page = told(client, session, path)
                assert "Half time" not in page
                assert f'class="btn btn-sm" href="/sessions/{other.pk}/feedback/"' in page
            assert "you designed" in told(as_ada, half, path)
            assert "Ben designed" in told(as_ada, half, path)
    assert f'href="/sessions/{second.pk}/report/"' in told(as_ada, half, "report/")
    assert f'href="/sessions/{half.pk}/report/"' in told(as_ben, second, "report/")


def test_who_watched_is_led_to_no_half(half: Session, cleo: User, as_ada: Client, as_cleo: Client) -> None:
    as_ada.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.get(follows=half)
    Session.objects.filter(pk=second.pk).update(
        state="ended", started_at=timezone.now(), ended_at=timezone.now(), end_reason="submitted"
    )
    Seat.objects.create(session=half, user=cleo, role=Role.OBSERVER)
    assert "The two halves" in told(as_ada, half, "report/")
    assert "The two halves" not in told(as_cleo, half, "report/")


def test_the_list_shows_the_halves_together(half: Session, as_ada: Client) -> None:
    assert "first half of two" in as_ada.get("/sessions/").content.decode()
    as_ada.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.get(follows=half)
    page = as_ada.get("/sessions/").content.decode()
    assert f'first half, then <a class="link" href="/sessions/{second.pk}/report/">Video search' in page
    assert (
        f'second half, after <a class="link" href="/sessions/{half.pk}/report/">Ad click prediction' in page
    )


def test_the_list_asks_for_no_rating_of_half_one_while_half_two_runs(half: Session, as_ada: Client) -> None:
    as_ada.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.filter(follows=half)
    now = timezone.now()
    second.update(state="live", started_at=now, deadline_at=now + timedelta(minutes=45))
    page = as_ada.get("/sessions/").content.decode()
    assert "After half two" in page
    assert "Rate yourself" not in page
    second.update(state="ended", ended_at=now, end_reason="submitted")
    assert "Rate yourself" in as_ada.get("/sessions/").content.decode()


def test_who_watched_one_half_hears_nothing_of_the_other(
    half: Session, cleo: User, as_ada: Client, as_cleo: Client
) -> None:
    Seat.objects.create(session=half, user=cleo, role=Role.OBSERVER)
    assert as_cleo.post(f"/sessions/{half.pk}/swap/").status_code == 403
    as_ada.post(f"/sessions/{half.pk}/swap/")
    second = Session.objects.get(follows=half)
    for page in (
        told(as_cleo, half),
        told(as_cleo, half, "report/"),
        as_cleo.get("/sessions/").content.decode(),
    ):
        assert "Video search" not in page
        assert str(second.pk) not in page
    assert as_cleo.get(f"/sessions/{second.pk}/").status_code == 404


def test_where_no_case_is_left_it_says_so_and_why(
    half: Session, other_case: CaseVersion, ben: User, as_ada: Client
) -> None:
    seen.mark(case_id=other_case.case_id, ways={ben.pk: "guide"}, now=timezone.now())
    answer = as_ada.post(f"/sessions/{half.pk}/swap/")
    assert answer.status_code == 409
    assert "known to Ben already" in answer.content.decode()
    assert not Session.objects.filter(follows=half).exists()


@pytest.mark.parametrize(("swap", "minutes"), [("", 45), ("full", 45), ("half", 22.5)])
def test_the_form_makes_halves(swap: str, minutes: float, case_version: CaseVersion, as_ada: Client) -> None:
    as_ada.post("/sessions/new/", WISH | {"arrangement": "candidate", "swap": swap})
    session = Session.objects.get()
    assert session.swap == swap
    assert sum(step["minutes"] for step in session.plan) == minutes


@pytest.mark.parametrize(("arrangement", "swap"), [("alone", "full"), ("candidate", "thrice")])
def test_what_cannot_be_swapped_is_refused(
    arrangement: str, swap: str, case_version: CaseVersion, as_ada: Client
) -> None:
    answer = as_ada.post("/sessions/new/", WISH | {"arrangement": arrangement, "swap": swap})
    assert answer.status_code == 422
    assert not Session.objects.exists()
