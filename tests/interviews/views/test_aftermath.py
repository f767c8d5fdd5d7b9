"""After the end: what was given and changed, in replay and report; the interviewer's own things for their eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from casebank.access import guide_of
from interviews.actions import conducting, facts, notes, sessions
from interviews.models import Role
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, interview

START = timezone.now() - timedelta(minutes=10)
NOTE = "private-canary-0815"


def at(second: float) -> dict[str, object]:
    return {"now": START + timedelta(seconds=second)}


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """A fact at 60 s, a hint at 90 s, flips at 120 and 240 s, a probe and notes; handed in at 300 s."""
    two = interview(ada, ben, now=START)
    both = {"session": two.session, "seat": two.interviewer}
    facts.give(**both, number=1, **at(60))  # type: ignore[arg-type]
    conducting.hint(**both, step="data", grade=1, **at(90))  # type: ignore[arg-type]
    conducting.flip(**both, text="Now <b>twice</b> the load", **at(120.4))  # type: ignore[arg-type]
    conducting.flip(**both, text="And half the money", **at(240))  # type: ignore[arg-type]
    conducting.probe(**both, level="senior", number=1, mark="rescued", **at(250))  # type: ignore[arg-type]
    notes.save_private(seat=two.interviewer, text=f"[1:02] {NOTE} <i>", base=0, **at(260))  # type: ignore[arg-type]
    two.session = sessions.submit(session=two.session, by=two.candidate, **at(300))  # type: ignore[arg-type]
    return two


def test_the_replay_tells_what_was_given_and_changed(two: Pair, as_ada: Client) -> None:
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/?t=300").content.decode()
    guide = guide_of(two.session.case_version)
    for words in (
        f"gave a fact: “{guide['facts'][0]['ask']}”",
        f"gave a hint: “{guide['hints']['data'][0]}”",
        "changed the constraints: “Now <b>twice</b> the load”",
    ):
        assert escape(f"Ben {words}") in page
    assert "probe" not in page
    assert page.count('class="ribbon-event"') >= 5


def test_the_report_leads_to_either_side_of_a_flip(two: Pair, as_ada: Client, as_ben: Client) -> None:
    as_ada.post(f"/sessions/{two.session.pk}/feedback/skip/")
    for client in (as_ada, as_ben):
        page = client.get(f"/sessions/{two.session.pk}/report/").content.decode()
        assert "Now &lt;b&gt;twice&lt;/b&gt; the load" in page
        for second in (120, 240, 300):
            assert f"/replay/?t={second}" in page


def test_nothing_leads_into_a_replay_that_is_not_open(
    two: Pair, as_ada: Client, as_ben: Client, as_cleo: Client, cleo: User
) -> None:
    two.session.seats.create(user=cleo, role=Role.OBSERVER)
    as_ada.post(f"/sessions/{two.session.pk}/feedback/skip/")
    as_ada.post(f"/sessions/{two.session.pk}/ready/", {"replay": "no"})
    replay = f"/sessions/{two.session.pk}/replay/"
    report = f"/sessions/{two.session.pk}/report/"
    for client in (as_ada, as_ben):
        page = client.get(report).content.decode()
        assert "Now &lt;b&gt;twice&lt;/b&gt; the load" in page
        assert f"{replay}?t=" not in page
        assert f'href="{replay}">Replay, not agreed by all' in page  # where one may still agree
        assert replay not in client.get("/sessions/").content.decode()
    assert replay not in as_cleo.get(report).content.decode()
    as_ada.post(f"/sessions/{two.session.pk}/ready/", {"replay": "yes"})
    assert replay in as_ben.get("/sessions/").content.decode()


def test_private_notes_lead_into_the_replay_and_are_their_authors_alone(
    two: Pair, as_ada: Client, as_ben: Client, as_cleo: Client, cleo: User
) -> None:
    two.session.seats.create(user=cleo, role=Role.OBSERVER)
    ask = escape(guide_of(two.session.case_version)["ladders"]["senior"][0]["ask"])
    path = f"/sessions/{two.session.pk}/report/"
    own = as_ben.get(path).content.decode()
    assert f'/replay/?t=62">[1:02]</a> {NOTE} &lt;i&gt;' in own
    assert f"Rescued:</span> {ask}" in own
    for client in (as_ada, as_cleo):
        for page in (path, f"{path}scores/", f"/sessions/{two.session.pk}/replay/?t=300"):
            said = client.get(page).content.decode()
            assert NOTE not in said
            assert ask not in said
