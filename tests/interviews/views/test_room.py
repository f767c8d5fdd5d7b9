from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import notes, sessions
from interviews.models import Seat, Session
from mlsd_site.accounts.models import User

NOW = timezone.now


def page(client: Client, session: Session, path: str = "") -> str:
    return client.get(f"/sessions/{session.pk}/{path}").content.decode()


def config(client: Client, session: Session) -> dict[str, Any]:
    found = re.search(
        r'<script id="room-config" type="application/json">(.*?)</script>', page(client, session)
    )
    assert found
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_the_candidate_writes_and_the_interviewer_reads(
    live: Session, as_ada: Client, as_ben: Client
) -> None:
    assert page(as_ada, live).count("data-note=") == 7
    assert page(as_ben, live).count("data-note=") == 0
    assert page(as_ben, live).count("data-note-live=") == 7


def test_the_notes_stand_in_the_page(
    live: Session, ada: User, as_ben: Client, seat_of: Callable[[Session, User], Seat]
) -> None:
    notes.save(seat=seat_of(live, ada), step="data", text="<b>clicks</b> & logs", base=0, now=NOW())
    assert "&lt;b&gt;clicks&lt;/b&gt; &amp; logs" in page(as_ben, live)


@pytest.mark.asvs("1.2.3")
def test_a_text_cannot_break_out_of_the_configuration(
    live: Session, ada: User, as_ada: Client, seat_of: Callable[[Session, User], Seat]
) -> None:
    notes.save(seat=seat_of(live, ada), step="data", text="</script><script>alert(1)", base=0, now=NOW())
    assert config(as_ada, live)["notes"]["data"]["text"] == "</script><script>alert(1)"


def test_the_configuration_is_the_seats_own(live: Session, as_ada: Client, as_ben: Client) -> None:
    assert config(as_ada, live)["you"]["name"] == "Ada"
    assert "private" not in config(as_ada, live)
    assert config(as_ben, live)["private"] == {"text": "", "version": 0}
    assert config(as_ben, live)["clock"]["state"] == "live"


def test_the_plan_is_a_table_for_whoever_does_not_see_the_strip(live: Session, as_ada: Client) -> None:
    assert '<th scope="row">Frame as an ML problem</th><td>6:00</td><td>11:00</td>' in page(as_ada, live)


def test_who_runs_the_clock_is_told_the_time_exactly(
    live: Session,
    make_session: Callable[..., Session],
    cleo: User,
    as_ada: Client,
    as_ben: Client,
    as_cleo: Client,
) -> None:
    assert (config(as_ada, live)["keeps_clock"], config(as_ben, live)["keeps_clock"]) == (False, True)
    assert config(as_cleo, make_session(cleo, mode="solo"))["keeps_clock"]


def test_each_step_of_the_notes_belongs_to_a_phase_of_the_plan(
    make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    made = config(as_ada, make_session(ada, framework="blueprint-45"))
    planned = {phase["id"] for phase in made["clock"]["phases"]}
    assert {step["phase"] for step in made["steps"]} <= planned
    assert made["steps"][0]["phase"] == "requirements"


def test_the_prompt_is_read_as_markdown(live: Session, as_ada: Client) -> None:
    assert "<strong>ranks ads</strong>" in page(as_ada, live)


def test_the_room_is_not_kept_in_caches(live: Session, as_ada: Client) -> None:
    assert "no-store" in as_ada.get(f"/sessions/{live.pk}/")["Cache-Control"]


def test_alone_one_starts_at_once(make_session: Callable[..., Session], ada: User, as_ada: Client) -> None:
    lobby = page(as_ada, make_session(ada, mode="solo"))
    assert "Ready when you are" in lobby
    assert "Make an invite link" not in lobby


def test_a_missing_partner_is_named(make_session: Callable[..., Session], ada: User, as_ada: Client) -> None:
    lobby = page(as_ada, make_session(ada))
    assert "Waiting for an interviewer" in lobby
    assert "Make an invite link" in lobby
    assert "Start the clock" not in lobby


def test_when_both_are_there_the_interviewer_can_start(
    lobby: Session, as_ada: Client, as_ben: Client
) -> None:
    assert "Start the clock" in page(as_ben, lobby)
    assert "Start the clock" not in page(as_ada, lobby)
    assert "Ben will start the clock" in page(as_ada, lobby)


def test_a_lobby_that_has_not_changed_is_left_alone(lobby: Session, as_ada: Client) -> None:
    shown = re.search(r"lobby/\?people=([^\"]+)", page(as_ada, lobby))
    assert shown
    assert as_ada.get(f"/sessions/{lobby.pk}/lobby/?people={shown[1]}").status_code == 204


def test_a_lobby_hears_that_somebody_came(lobby: Session, as_ben: Client) -> None:
    changed = page(as_ben, lobby, "lobby/?people=1")
    assert "Start the clock" in changed
    assert 'id="clock-controls"' in changed


def test_the_lobby_goes_when_the_clock_starts(live: Session, as_ada: Client) -> None:
    assert '<div id="lobby" hx-swap-oob="true" hidden>' in page(as_ada, live, "lobby/?people=2")
    assert "lobby-live" not in page(as_ada, live)


def test_an_ended_room_leads_to_the_report(submitted: Session, as_ben: Client) -> None:
    ended = page(as_ben, submitted)
    assert "This session has ended" in ended
    assert f"/sessions/{submitted.pk}/report/" in ended


def test_a_room_whose_time_is_up_is_closed_by_looking(
    lobby: Session, ben: User, as_ada: Client, seat_of: Callable[[Session, User], Seat]
) -> None:
    long_ago = NOW() - timedelta(hours=2)
    sessions.start(session=lobby, by=seat_of(lobby, ben), now=long_ago)
    assert "the time ran out" in page(as_ada, lobby)
    assert Session.objects.get(pk=lobby.pk).submission


def test_the_palette_is_for_who_draws_and_until_the_end(
    live: Session, ada: User, as_ada: Client, as_ben: Client
) -> None:
    assert 'id="palette"' in page(as_ada, live)
    Session.objects.filter(pk=live.pk).update(interviewer_draws=False)
    assert 'id="palette"' not in page(as_ben, live)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=NOW())
    assert 'id="palette"' not in page(as_ada, live)
