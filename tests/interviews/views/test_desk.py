"""Notes formatted, with their pictures, where they are read."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import notes, pictures, sessions
from interviews.models import NotePicture, Session
from interviews.queries.judge_input import judge_input
from interviews.queries.scorer_input import scorer_input
from interviews.rules.pictures import mention
from mlsd_site.accounts.models import User
from tests.interviews.pictures import picture


@pytest.fixture
def kept(live: Session, ada: User) -> NotePicture:
    return pictures.add(seat=live.seats.get(user=ada), data=picture(), now=timezone.now())


def preview(client: Client, session: UUID, text: str) -> str:
    return client.post(f"/sessions/{session}/notes/preview/", {"text": text}).content.decode()


def test_a_note_is_shown_formatted(live: Session, as_ada: Client, as_ben: Client) -> None:
    for client in (as_ada, as_ben):
        shown = preview(client, live.pk, "## Scale\n**27.8 k/s**\nat peak")
        assert "<h2>Scale</h2>" in shown
        assert "<strong>27.8 k/s</strong><br" in shown


def test_its_pictures_are_shown_by_their_addresses_in_this_session(live: Session, as_ada: Client) -> None:
    id = uuid4()
    assert f'<img src="/sessions/{live.pk}/pictures/{id}/" alt="picture">' in preview(
        as_ada, live.pk, mention(id)
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/beacon.png)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,AAAA)",
        "![x](note:../../../admin)",
        "[x](javascript:alert(1))",
        '![x](note:0f8fad5b-d9cb-469f-a165-70867728950e "onerror=alert(1)")',
    ],
)
def test_nothing_foreign_is_shown(text: str, live: Session, as_ada: Client) -> None:
    shown = preview(as_ada, live.pk, text)
    assert not any(bad in shown for bad in ("<script", "<img", 'href="javascript', "title="))


def test_a_stranger_has_no_preview_here(live: Session, as_cleo: Client) -> None:
    assert as_cleo.post(f"/sessions/{live.pk}/notes/preview/", {"text": "x"}).status_code == 404


def test_a_text_beyond_any_note_is_refused(live: Session, as_ada: Client) -> None:
    answer = as_ada.post(f"/sessions/{live.pk}/notes/preview/", {"text": "x" * 50_001})
    assert answer.status_code == 413


def test_report_and_replay_show_the_pictures(
    live: Session, kept: NotePicture, ada: User, as_ada: Client, as_ben: Client
) -> None:
    seat = live.seats.get(user=ada)
    text = f"200 million users a day.\n![the funnel](note:{kept.pk})"
    notes.save(seat=seat, step="clarify", text=text, base=0, now=timezone.now())
    sessions.submit(session=live, by=seat, now=timezone.now())
    shown = f'<img src="/sessions/{live.pk}/pictures/{kept.pk}/" alt="the funnel"'
    for client in (as_ada, as_ben):
        assert shown in client.get(f"/sessions/{live.pk}/report/").content.decode()
        for htmx in ({}, {"HX-Request": "true"}):
            assert shown in client.get(f"/sessions/{live.pk}/replay/?t=9999", headers=htmx).content.decode()


def test_scorer_and_judge_read_a_pictures_words_alone(live: Session, kept: NotePicture, ada: User) -> None:
    seat = live.seats.get(user=ada)
    text = f"The funnel: ![400 ads to 40](note:{kept.pk}) then the ranker."
    notes.save(seat=seat, step="model", text=text, base=0, now=timezone.now())
    submission = sessions.submit(session=live, by=seat, now=timezone.now()).submission
    for read in (scorer_input(submission).notes["model"], judge_input(submission).notes["model"]):
        assert read.split() == ["The", "funnel:", "400", "ads", "to", "40", "then", "the", "ranker."]
        assert len(read) == len(text)
