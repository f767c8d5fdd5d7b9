from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import jobs, notes, scoring, sessions
from interviews.models import ItemScore, ScoreJob, ScoreSheet, Session
from mlsd_site.accounts.models import User
from tests.whiteboard.drawing import box
from whiteboard.models import Element


def page(client: Client, session: Session, rest: str = "") -> str:
    return client.get(f"/sessions/{session.pk}/report/{rest}").content.decode()


@pytest.fixture
def drawn(live: Session, request: pytest.FixtureRequest) -> Session:
    """The judged session, with a client and a ranker on its board."""
    for id, x in (("client", 0), ("ranker", 300)):
        Element.objects.create(
            board=live.board, element_id=id, version=1, nonce=1, seq=1, data=box(id, x=x, y=0)
        )
    judged: Session = request.getfixturevalue("judged")
    return judged


@pytest.fixture
def judged(submitted: Session) -> Session:
    """A sheet made by hand: scale is applied, with its words; the latency is justified."""
    job = ScoreJob.objects.get(submission__session=submitted)
    ScoreJob.objects.update(state="done", done_at=timezone.now())
    sheet = ScoreSheet.objects.create(
        submission=job.submission,
        source="automatic",
        scorer="local",
        scorer_version="7.7",
        overall=2,
        arithmetic={"mean": 0.12, "bound_2": 0.1, "bound_3": 0.6, "bound_4": 1.2},
    )
    text = job.submission.notes["clarify"]
    for item, level, quote in [
        ("clarify.scale", 2, "30k requests per second <at peak>"),
        ("clarify.latency", 3, "<at peak>, and 100 ms for each"),
    ]:
        start = text.index(quote)
        evidence = [{"where": "clarify", "start": start, "end": start + len(quote), "quote": quote}]
        ItemScore.objects.create(sheet=sheet, item=item, level=level, evidence=evidence)
    board = [{"where": "board", "elements": ["ranker"], "quote": "client -> ranker"}]
    ItemScore.objects.create(sheet=sheet, item="board.online", level=1, evidence=board)
    return submitted


def test_a_running_session_has_no_report_yet(live: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{live.pk}/report/")["Location"] == f"/sessions/{live.pk}/"


def test_until_the_score_is_there_the_page_asks_for_it(submitted: Session, as_ada: Client) -> None:
    waiting = page(as_ada, submitted)
    assert "Waiting for the scorer" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "30k requests per second" in waiting


def test_nothing_new_is_no_answer(submitted: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{submitted.pk}/report/scores/?job=queued").status_code == 204


def test_a_job_that_has_begun_is_told(submitted: Session, as_ada: Client) -> None:
    ScoreJob.objects.update(state="running")
    assert "Being scored now" in page(as_ada, submitted, "scores/?job=queued")


def test_the_score_arrives_and_the_page_stops_asking(scored: Session, as_ada: Client) -> None:
    arrived = as_ada.get(f"/sessions/{scored.pk}/report/scores/?job=running", headers={"HX-Request": "true"})
    assert "The score is here" in arrived.content.decode()
    assert "every 2s" not in arrived.content.decode()


def test_the_real_scorer_reads_what_was_written(scored: Session, as_ada: Client) -> None:
    assert "<q>" in page(as_ada, scored)


def test_both_seats_read_the_same_report(judged: Session, as_ada: Client, as_ben: Client) -> None:
    as_ben.post(f"/sessions/{judged.pk}/report/marks/seal/")
    for client in (as_ada, as_ben):
        assert "No hire" in page(client, judged)


def test_the_sheet_names_its_source_and_version_and_calls_itself_a_suggestion(
    judged: Session, as_ada: Client
) -> None:
    said = " ".join(page(as_ada, judged).split())
    assert "A suggestion, not a decision: automatic sheet by the local scorer, version 7.7" in said


def test_the_verdict_says_its_arithmetic_in_words(judged: Session, as_ada: Client) -> None:
    said = page(as_ada, judged)
    assert (
        "Of 50 points: 1 justified, 1 applied, 1 mentioned, 47 not shown. The mean level is 0.12 of 3" in said
    )
    assert "“No hire” at 0.10, “Hire” at 0.60, “Strong hire” at 1.20" in said


def test_each_level_has_its_quotation_and_its_place(judged: Session, as_ada: Client) -> None:
    said = page(as_ada, judged)
    assert "<q>30k requests per second &lt;at peak&gt;</q>" in said
    assert 'href="#quote-clarify-scale-0"' in said
    assert said.count('id="quote-clarify-scale-0"') == 1
    assert "<q>client -&gt; ranker</q>" in said


def test_every_anchor_of_a_quotation_exists(judged: Session, as_ada: Client) -> None:
    said = page(as_ada, judged)
    for anchor in ("quote-clarify-scale-0", "quote-clarify-latency-0", "board"):
        assert f'#{anchor}"' in said
        assert f'id="{anchor}"' in said


def test_the_notes_are_read_formatted_with_what_is_quoted_marked(
    live: Session, ada: User, as_ada: Client
) -> None:
    text, quote = "# Scale\n- **30k** requests\n- 100 ms", "30k** requests"
    notes.save(seat=live.seats.get(user=ada), step="clarify", text=text, base=0, now=timezone.now())
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    as_ada.post(f"/sessions/{live.pk}/feedback/skip/")
    sheet = ScoreSheet.objects.create(
        submission=live.submission, source="automatic", scorer="local", scorer_version="7.7", overall=2
    )
    start = text.index(quote)
    evidence = [{"where": "clarify", "start": start, "end": start + len(quote), "quote": quote}]
    ItemScore.objects.create(sheet=sheet, item="clarify.scale", level=2, evidence=evidence)
    said = page(as_ada, live)
    assert "<h4>Scale</h4>" in said
    assert '<strong><mark id="quote-clarify-scale-0">30k</mark></strong><mark> requests</mark>' in said


def test_the_drawing_marks_what_was_quoted(drawn: Session, as_ada: Client) -> None:
    said = page(as_ada, drawn)
    assert said.count('stroke="#f59e0b"') == 1
    assert "every part that a point quotes" in said


def test_the_drawing_can_mark_one_point_alone(drawn: Session, as_ada: Client) -> None:
    said = page(as_ada, drawn, "?item=board.online")
    assert 'href="?framework=seven-step&amp;item=board.online#board"' in said
    assert "what earned “Draws the online loop" in said


def test_the_picture_of_the_board_is_served_as_an_image(drawn: Session, as_ben: Client) -> None:
    response = as_ben.get(f"/sessions/{drawn.pk}/board.svg")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert b'data-element="ranker"' in response.content


def test_a_board_in_use_has_a_picture_too(live: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{live.pk}/board.svg").content.startswith(b"<svg")


def test_what_was_not_shown_is_said(judged: Session, as_ada: Client) -> None:
    assert "Not shown" in page(as_ada, judged)


def test_another_framework_reads_the_same_score(judged: Session, as_ada: Client) -> None:
    seen = page(as_ada, judged, "?framework=portable-five")
    assert "Problem definition" in seen
    assert "Of 50 points: 1 justified" in seen


def test_an_unknown_framework_is_the_sessions_own(judged: Session, as_ada: Client) -> None:
    assert "Clarify requirements" in page(as_ada, judged, "?framework=%00nope")


def test_a_failed_score_is_shown_as_failed_and_can_be_tried_again_by_the_interviewer(
    submitted: Session, as_ada: Client, as_ben: Client
) -> None:
    ScoreJob.objects.update(state="parked", attempts=3, lease_until=None)
    assert "The interviewer can have it scored again" in page(as_ada, submitted)
    assert "This could not be scored" in page(as_ben, submitted)
    as_ben.post(f"/sessions/{submitted.pk}/report/retry/")
    assert ScoreJob.objects.get().state == "queued"
    assert scoring.run(job_id=ScoreJob.objects.get().pk, now=timezone.now())


def test_notes_that_the_scorer_cannot_judge_are_answered_with_the_reason(
    submitted: Session, as_ben: Client
) -> None:
    ScoreJob.objects.update(
        state="parked", attempts=1, lease_until=None, last_error="The notes are mostly in Chinese."
    )
    shown = page(as_ben, submitted)
    assert "The notes are mostly in Chinese." in shown
    assert "three times" not in shown
    assert "Score it again" not in shown


def test_whoever_practises_alone_has_it_scored_again(
    make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    session = make_session(ada, mode="solo")
    seat = session.seats.get()
    sessions.start(session=session, by=seat, now=timezone.now())
    sessions.submit(session=session, by=seat, now=timezone.now())
    ScoreJob.objects.update(state="parked", attempts=3, lease_until=None)
    as_ada.post(f"/sessions/{session.pk}/feedback/skip/")
    assert "Score it again" in page(as_ada, session)
    as_ada.post(f"/sessions/{session.pk}/report/retry/")
    assert ScoreJob.objects.get().state == "queued"


def test_trying_again_and_again_is_slowed_down(submitted: Session, as_ben: Client) -> None:
    for status in (302, 429):
        ScoreJob.objects.update(state="parked", attempts=3, lease_until=None)
        assert as_ben.post(f"/sessions/{submitted.pk}/report/retry/").status_code == status


def test_while_it_is_scored_again_the_old_sheet_is_shown(scored: Session, as_ada: Client) -> None:
    ScoreSheet.objects.update(scorer_version="older")
    jobs.enqueue_again(submissions=[ScoreJob.objects.get().submission_id], now=timezone.now())
    said = page(as_ada, scored)
    assert "being scored again" in said
    assert "version older" in said
    assert "every 2s" in said


def test_trying_again_does_not_disturb_a_score_that_stands(judged: Session, as_ben: Client) -> None:
    as_ben.post(f"/sessions/{judged.pk}/report/retry/")
    assert ScoreJob.objects.get().state == "done"


def test_a_session_given_up_has_nothing_to_report(
    make_session: Callable[..., Session], ada: User, as_ada: Client
) -> None:
    session = make_session(ada)
    sessions.abandon(session=session, by=session.seats.get(), now=timezone.now())
    assert "Nothing was submitted" in page(as_ada, session)
