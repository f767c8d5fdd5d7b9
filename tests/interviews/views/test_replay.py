from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import notes, recordings, sessions
from interviews.models import Event, Session
from interviews.queries.appeared import Appearances
from interviews.queries.film import Film, film_of
from interviews.queries.replay import Then, replay
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY, PRIVATE_CANARY
from tests.interviews.stage import Pair, pair
from tests.whiteboard.drawing import box
from whiteboard.actions import paint
from whiteboard.models import Recording

pytestmark = pytest.mark.django_db
LINE = r'<a href="\?t=(\d+)">(?:<span class="sr-only">(Next:)</span> )?<span[^>]*>[^<]*</span> <span>([^<]*)'
START = timezone.now() - timedelta(minutes=10)


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    """Drawn on at 10 and 130 s, written in at 20 and 140 s, paused from 30 to 120 s, handed in at 200 s."""
    made = pair(ada, ben, now=START)
    board = made.session.board
    sessions.start(session=made.session, by=made.interviewer, now=START)
    paint(board=board, elements=[box("b1")], author_id=ada.pk, now=at(10))
    notes.save(seat=made.candidate, step="data", text="<click> logs", base=0, now=at(20))
    sessions.pause(session=made.session, by=made.interviewer, now=at(30), reason="the <door> bell")
    sessions.resume(session=made.session, by=made.interviewer, now=at(120))
    paint(board=board, elements=[box("b2")], author_id=ada.pk, now=at(130))
    notes.save(seat=made.candidate, step="data", text="<click> logs, joined", base=1, now=at(140))
    notes.save_private(seat=made.interviewer, text=PRIVATE_CANARY, base=0, now=at(150))
    notes.read_guide(seat=made.interviewer, now=at(150))
    made.session = sessions.submit(session=made.session, by=made.candidate, now=at(200))
    return made


def then(session: Session, second: int) -> Then:
    return replay(session, film(session), second)


def film(session: Session) -> Film:
    found = film_of(session)
    assert found is not None
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_board_and_notes_are_as_they_were(two: Pair, packed: bool) -> None:
    assert recordings.sweep(now=at(201)) == 1 if packed else Recording.objects.count() == 0
    seen = [
        (len(one.elements), one.notes["data"])
        for one in (then(two.session, second) for second in (0, 10, 20, 135, 200))
    ]
    assert seen == [
        (0, ""),
        (1, ""),
        (1, "<click> logs"),
        (2, "<click> logs"),
        (2, "<click> logs, joined"),
    ]


def test_a_second_outside_is_the_nearest_inside(two: Pair) -> None:
    assert then(two.session, 10**9 - 1).second == film(two.session).duration == 200
    assert then(two.session, -5).second == 0


def test_a_pause_does_not_move_the_phase(two: Pair) -> None:
    first = two.session.plan[0]
    ends = int(first["minutes"] * 60)
    Session.objects.update(ended_at=at(2000))
    two.session.refresh_from_db()
    assert then(two.session, ends + 89).phase == then(two.session, 0).phase
    assert then(two.session, ends + 91).phase != then(two.session, 0).phase
    assert [second for second, _ in film(two.session).phases][:2] == [0, ends + 90]


def test_the_page_shows_the_second_that_was_asked_for(two: Pair, as_ada: Client) -> None:
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/?t=25").content.decode()
    assert "<b data-time>0:25</b> of 3:20" in page
    assert "&lt;click&gt; logs<" in page
    assert ('data-element="b1"' in page, 'data-element="b2"' in page) == (True, False)
    assert "paused the clock" in page


def test_the_slider_gets_the_moment_alone(two: Pair, as_ada: Client) -> None:
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/?t=140", headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "logs, joined" in page.content.decode()


@pytest.mark.parametrize("wish", ["", "soon", "-3", "1e3", "9" * 40, "\u0664"])
def test_what_is_no_second_is_the_start(two: Pair, as_ada: Client, wish: str) -> None:
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/", {"t": wish})
    assert (page.status_code, "<b data-time>0:00</b> of 3:20" in page.content.decode()) == (200, True)


def test_no_secret_of_the_interviewer_is_replayed(two: Pair, as_ada: Client, as_ben: Client) -> None:
    for client in (as_ada, as_ben):
        page = client.get(f"/sessions/{two.session.pk}/replay/?t=200").content.decode()
        assert not [secret for secret in (CANARY, PRIVATE_CANARY, "guide_opened") if secret in page]


def test_who_did_what_leads_to_its_second(two: Pair, as_ada: Client, as_ben: Client) -> None:
    for client in (as_ada, as_ben):
        page = client.get(f"/sessions/{two.session.pk}/replay/?t=125").content.decode()
        listed = re.findall(LINE, page)
        ada, ben = str(two.candidate.user), str(two.interviewer.user)
        assert listed == [
            ("200", "Next:", f"{ada} ended the session"),
            ("140", "Next:", f"{ada} wrote in “Prepare the data”"),
            ("130", "Next:", f"{ada} drew a box"),
            ("120", "", f"{ben} resumed the clock"),
            ("30", "", f"{ben} paused the clock: “the &lt;door&gt; bell”"),
            ("20", "", f"{ada} wrote in “Prepare the data”"),
            ("10", "", f"{ada} drew a box"),
            ("0", "", f"{ben} started the clock"),
            ("0", "", f"{ben} came in"),
        ]


def test_both_seats_are_shown_the_same(two: Pair, as_ada: Client, as_ben: Client) -> None:
    address = f"/sessions/{two.session.pk}/replay/?t=145"
    pages = [client.get(address, headers={"HX-Request": "true"}).content for client in (as_ada, as_ben)]
    assert pages[0] == pages[1]


def test_an_event_that_is_not_known_is_shown_to_nobody(two: Pair, as_ada: Client) -> None:
    Event.objects.create(session=two.session, kind="probed", at=at(50), seat=two.interviewer)
    assert [one.kind for one in film(two.session).activity if one.second == 50] == []
    assert "probed" not in as_ada.get(f"/sessions/{two.session.pk}/replay/?t=60").content.decode()


def test_somebody_who_has_left_is_named_no_more(two: Pair, as_ada: Client) -> None:
    assert film(two.session).activity
    two.interviewer.user.delete()
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/?t=60").content.decode()
    assert (str(two.interviewer.user) in page, ">Paused: " in page) == (False, True)


def test_the_script_is_told_when_anything_changes(two: Pair, as_ada: Client) -> None:
    page = as_ada.get(f"/sessions/{two.session.pk}/replay/").content.decode()
    blob = re.search(r'<script id="replay-config" type="application/json">(.*?)</script>', page)
    assert blob is not None
    config = json.loads(blob[1])
    assert config["seconds"] == [0, 10, 20, 30, 120, 130, 140, 200]
    assert (config["duration"], config["phases"][0]) == (200, [0, "Clarify requirements"])


def test_between_two_of_these_seconds_nothing_changes(two: Pair, as_ada: Client) -> None:
    seconds = film(two.session).seconds
    for began, end in pairwise(seconds):
        first, last = then(two.session, began), then(two.session, end - 1)
        assert replace(first, second=0) == replace(last, second=0)


def test_the_board_points_at_what_was_done_last(two: Pair, as_ada: Client) -> None:
    fresh = [set(then(two.session, second).fresh) for second in (9, 10, 19, 20, 130, 139, 140)]
    assert fresh == [set(), {"b1"}, {"b1"}, set(), {"b2"}, {"b2"}, set()]
    pages = [
        as_ada.get(f"/sessions/{two.session.pk}/replay/?t={second}").content.decode() for second in (19, 20)
    ]
    assert [page.count('stroke="#f59e0b"') for page in pages] == [1, 0]


def test_pictures_share_the_frame_of_what_was_handed_in(two: Pair, as_ada: Client) -> None:
    frames = []
    for second in (0, 10, 200):
        page = as_ada.get(f"/sessions/{two.session.pk}/replay/?t={second}").content.decode()
        frames += re.findall(r'viewBox="[^"]+" width', page)
    assert (len(frames), len(set(frames))) == (3, 1)


def test_a_strangers_replay_is_missing(two: Pair, as_cleo: Client) -> None:
    assert as_cleo.get(f"/sessions/{two.session.pk}/replay/").status_code == 404


def test_a_session_that_runs_leads_to_its_room(live: Session, as_ada: Client) -> None:
    answer = as_ada.get(f"/sessions/{live.pk}/replay/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{live.pk}/")


def test_one_that_never_began_leads_to_its_report(lobby: Session, ada: User, as_ada: Client) -> None:
    sessions.abandon(session=lobby, by=lobby.seats.get(user=ada), now=timezone.now())
    answer = as_ada.get(f"/sessions/{lobby.pk}/replay/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{lobby.pk}/report/")


def test_a_damaged_recording_is_told_in_words(two: Pair, as_ada: Client) -> None:
    recordings.sweep(now=at(201))
    Recording.objects.update(packed=b"\x01no")
    answer = as_ada.get(f"/sessions/{two.session.pk}/replay/")
    assert (answer.status_code, "are kept" in answer.content.decode()) == (500, True)


def test_report_and_list_lead_to_it(two: Pair, as_ada: Client) -> None:
    for page in (f"/sessions/{two.session.pk}/report/", "/sessions/"):
        assert f'href="/sessions/{two.session.pk}/replay/"' in as_ada.get(page).content.decode()


def test_evidence_has_the_second_at_which_it_appeared(two: Pair) -> None:
    appeared = Appearances(two.session)
    assert appeared.second({"where": "data", "quote": "logs"}) == 20
    assert appeared.second({"where": "data", "quote": "joined"}) == 140
    assert appeared.second({"where": "board", "quote": "", "elements": ["b1"]}) == 10
    assert appeared.second({"where": "board", "quote": "", "elements": ["b1", "b2"]}) == 130
    assert appeared.second({"where": "model", "quote": "logs"}) is None
    assert appeared.second({"where": "board", "quote": "", "elements": ["b9"]}) is None


def test_a_damaged_recording_costs_a_report_its_links_alone(two: Pair) -> None:
    recordings.sweep(now=at(201))
    Recording.objects.update(packed=b"\x01no")
    appeared = Appearances(two.session)
    assert appeared.second({"where": "board", "quote": "", "elements": ["b1"]}) is None
    assert appeared.second({"where": "data", "quote": "joined"}) == 140


def test_a_quotation_on_the_report_leads_to_its_second(scored: Session, as_ada: Client) -> None:
    page = as_ada.get(f"/sessions/{scored.pk}/report/").content.decode()
    assert f'href="/sessions/{scored.pk}/replay/?t=' in page
