from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import invites
from interviews.models import Event, Session
from mlsd_site.accounts.models import User

HTMX = {"HX-Request": "true"}


def post(client: Client, session: Session, verb: str, **data: str) -> tuple[int, str]:
    response = client.post(f"/sessions/{session.pk}/{verb}/", data, headers=HTMX)
    return response.status_code, response.content.decode()


def test_starting_shows_the_next_buttons_and_takes_the_lobby_away(lobby: Session, as_ben: Client) -> None:
    status, buttons = post(as_ben, lobby, "start")
    assert status == 200
    assert "Pause the clock" in buttons
    assert '<div id="lobby" hx-swap-oob="true" hidden>' in buttons


def test_starting_twice_changes_nothing(lobby: Session, as_ben: Client) -> None:
    post(as_ben, lobby, "start")
    first = Session.objects.get(pk=lobby.pk).deadline_at
    assert post(as_ben, lobby, "start")[0] == 200
    assert Session.objects.get(pk=lobby.pk).deadline_at == first


def test_starting_without_a_partner_says_why_not(
    make_session: Callable[..., Session], ben: User, as_ben: Client
) -> None:
    session = make_session(ben, role="interviewer")
    status, said = post(as_ben, session, "start")
    assert status == 409
    assert "partner has not taken a seat" in said


def test_a_pause_keeps_its_reason(live: Session, as_ben: Client) -> None:
    _, buttons = post(as_ben, live, "pause", reason="The door bell")
    assert "Resume" in buttons
    assert Event.objects.get(session=live, kind="paused").data == {"reason": "The door bell"}


@pytest.mark.parametrize("reason", ["x" * 201, "nul\x00"])
def test_a_pause_with_a_broken_reason_is_refused(reason: str, live: Session, as_ben: Client) -> None:
    status, said = post(as_ben, live, "pause", reason=reason)
    assert status == 422
    assert "at most 200" in said
    assert Session.objects.get(pk=live.pk).paused_at is None


def test_resuming_lets_it_run_on(live: Session, as_ben: Client) -> None:
    post(as_ben, live, "pause")
    assert "Pause the clock" in post(as_ben, live, "resume")[1]
    assert Session.objects.get(pk=live.pk).paused_at is None


def test_the_candidate_sees_that_it_is_paused_and_can_only_submit(
    live: Session, as_ada: Client, as_ben: Client
) -> None:
    post(as_ben, live, "pause")
    buttons = as_ada.get(f"/sessions/{live.pk}/clock/").content.decode()
    assert "Paused" in buttons
    assert "Resume" not in buttons
    assert "Submit" in buttons


def test_without_scripts_a_button_leads_back_to_the_room(lobby: Session, as_ben: Client) -> None:
    assert as_ben.post(f"/sessions/{lobby.pk}/start/")["Location"] == f"/sessions/{lobby.pk}/"


def test_submitting_leads_to_the_report(live: Session, as_ada: Client) -> None:
    response = as_ada.post(f"/sessions/{live.pk}/submit/")
    assert response["Location"] == f"/sessions/{live.pk}/report/"
    assert Session.objects.get(pk=live.pk).end_reason == "submitted"


def test_submitting_what_has_ended_leads_to_the_same_report(submitted: Session, as_ada: Client) -> None:
    assert as_ada.post(f"/sessions/{submitted.pk}/submit/")["Location"] == f"/sessions/{submitted.pk}/report/"


def test_submitting_before_the_start_is_refused(lobby: Session, as_ada: Client) -> None:
    response = as_ada.post(f"/sessions/{lobby.pk}/submit/")
    assert response.status_code == 409
    assert "nothing to submit yet" in response.content.decode()


def test_a_session_that_never_began_can_be_given_up(lobby: Session, as_ada: Client) -> None:
    assert as_ada.post(f"/sessions/{lobby.pk}/abandon/")["Location"] == "/sessions/"
    assert Session.objects.get(pk=lobby.pk).end_reason == "abandoned"


def test_who_watches_ends_nothing_for_the_others(
    lobby: Session, ada: User, cleo: User, as_ada: Client, as_cleo: Client
) -> None:
    now = timezone.now()
    _, token = invites.create(session=lobby, by=lobby.seats.get(user=ada), role="observer", now=now)
    invites.redeem(token=token, by=cleo, now=now)
    assert as_cleo.post(f"/sessions/{lobby.pk}/abandon/").status_code == 403
    assert Session.objects.get(pk=lobby.pk).state == "lobby"
    for client, offered in ((as_ada, True), (as_cleo, False)):
        assert ("Give up this session" in client.get(f"/sessions/{lobby.pk}/").content.decode()) is offered


def test_a_running_session_is_not_given_up(live: Session, as_ada: Client) -> None:
    as_ada.post(f"/sessions/{live.pk}/abandon/")
    assert Session.objects.get(pk=live.pk).state == "live"
