"""The judge in the report: offered, under way, failed, done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import judging
from interviews.judging.endpoint import Budget, Endpoint
from interviews.models import JudgeCall, ScoreJob, ScoreSheet, Session
from tests.interviews.judging import stub

ROOMY = Budget(100, 1000, 10**7, 10**7)


@pytest.fixture
def server(settings: Settings) -> Iterator[stub.Stub]:
    """A judge that can be told to misbehave, and the site that asks it."""
    with stub.serving(stub.honest) as server:
        settings.JUDGE = replace(Endpoint(server.url, "stub-1", ROOMY, key=stub.KEY), timeout=2)
        yield server


def page(client: Client, session: Session, rest: str = "") -> str:
    return " ".join(client.get(f"/sessions/{session.pk}/report/{rest}").content.decode().split())


def ask(client: Client, session: Session) -> int:
    return client.post(f"/sessions/{session.pk}/report/judge/").status_code


def work(rounds: int = 30) -> None:
    job = ScoreJob.objects.get(scorer="judge")
    for _ in range(rounds):
        judging.run(job_id=job.pk, now=timezone.now())


def test_without_a_judge_nothing_is_offered_and_nothing_can_be_asked(scored: Session, as_ben: Client) -> None:
    assert "judge" not in page(as_ben, scored).lower()
    assert ask(as_ben, scored) == 409


def test_the_interviewer_is_told_what_would_be_sent_where(
    scored: Session, server: stub.Stub, as_ben: Client, as_ada: Client
) -> None:
    assert "to 127.0.0.1, without names" in page(as_ben, scored)
    assert "model judge" not in page(as_ada, scored).lower()
    assert server.asked == []


def test_the_page_says_how_far_it_is_and_asks_again(
    scored: Session, server: stub.Stub, as_ben: Client
) -> None:
    ask(as_ben, scored)
    assert "Waiting for the judge" in page(as_ben, scored)
    work(3)
    assert "3 of 8 steps done" in page(as_ben, scored)
    stamp = "done.queued.3"
    assert f"job={stamp}" in page(as_ben, scored)
    assert as_ben.get(f"/sessions/{scored.pk}/report/scores/?job={stamp}").status_code == 204
    work(1)
    assert as_ben.get(f"/sessions/{scored.pk}/report/scores/?job={stamp}").status_code == 200


def test_its_sheet_stands_beside_the_automatic_one_with_its_name(
    scored: Session, server: stub.Stub, as_ben: Client, as_ada: Client
) -> None:
    ask(as_ben, scored)
    work()
    for client in (as_ben, as_ada):
        said = page(client, scored)
        assert "judge-1 stub-1" in said
        assert "<dt>Judge</dt>" in said
        assert "automatic sheet by the local scorer" in said
        assert "every 2s" not in said


def test_a_failure_is_said_with_its_reason_and_the_score_still_stands(
    scored: Session, server: stub.Stub, as_ben: Client, as_ada: Client
) -> None:
    server.manner = stub.answers(401)
    ask(as_ben, scored)
    work()
    said = page(as_ben, scored)
    assert "The judge's sheet failed." in said.replace("&#x27;", "'")
    assert "did not accept the API key" in said
    assert stub.KEY not in said
    assert "Ask the judge again" in said
    assert "Ask the judge again" not in page(as_ada, scored)
    assert "automatic sheet by the local scorer" in said
    server.manner = stub.honest
    as_ben.post(f"/sessions/{scored.pk}/report/retry/", {"scorer": "judge"})
    work()
    assert ScoreSheet.objects.filter(source="judge").count() == 1


def test_a_failed_judge_is_no_failed_score_in_the_list(
    scored: Session, server: stub.Stub, as_ben: Client
) -> None:
    server.manner = stub.answers(401)
    ask(as_ben, scored)
    work()
    assert "could not be scored" not in as_ben.get("/sessions/").content.decode()


def test_asking_twice_is_asking_once(scored: Session, server: stub.Stub, as_ben: Client) -> None:
    ask(as_ben, scored)
    ask(as_ben, scored)
    assert ScoreJob.objects.filter(scorer="judge").count() == 1


def test_the_candidate_of_two_does_not_ask_and_a_stranger_finds_nothing(
    scored: Session, server: stub.Stub, as_ada: Client, as_cleo: Client
) -> None:
    assert ask(as_ada, scored) == 403
    assert ask(as_cleo, scored) == 404
    assert not JudgeCall.objects.exists()


def test_a_newer_model_is_asked_by_hand_and_both_sheets_are_kept(
    scored: Session, server: stub.Stub, as_ben: Client, settings: Settings
) -> None:
    ask(as_ben, scored)
    work()
    assert "of today" not in page(as_ben, scored)
    settings.JUDGE = replace(settings.JUDGE, model="stub-2")
    assert "of today" in page(as_ben, scored)
    ask(as_ben, scored)
    work()
    assert ScoreSheet.objects.filter(source="judge").count() == 2
    assert "judge-1 stub-2" in page(as_ben, scored)


def test_everybody_is_told_where_the_design_went(scored: Session, server: stub.Stub, as_ada: Client) -> None:
    ScoreJob.objects.create(submission=scored.submission, scorer="judge")
    assert "were sent to 127.0.0.1" in page(as_ada, scored)


@pytest.mark.parametrize(("when", "said"), [("asked", "may be asked"), ("always", "also reads")])
def test_who_hands_in_is_told_of_the_judge_first(
    when: str, said: str, live: Session, server: stub.Stub, as_ada: Client, settings: Settings
) -> None:
    settings.JUDGE = replace(settings.JUDGE, when=when)
    assert said in as_ada.get(f"/sessions/{live.pk}/").content.decode()


def test_without_a_judge_the_room_says_nothing_of_one(live: Session, as_ada: Client) -> None:
    assert "model judge" not in as_ada.get(f"/sessions/{live.pk}/").content.decode()
