"""The feedback page and what of it anybody else sees: nothing, not a byte, until it is revealed to both."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import marks, scoring
from interviews.models import Feedback, FeedbackDraft, ScoreJob, SelfRating, Session
from mlsd_site.accounts.models import User

HTMX = {"HX-Request": "true"}
SEALED = "sealed-canary-9151"
TYPED = "typed-canary-4404"
ABOUT_ADA = {"strength": f"{SEALED} one", "second_strength": f"{SEALED} two", "change": f"{SEALED} three"}
ABOUT_BEN = {
    "clear": "5",
    "fair": "2",
    "helpful": "3",
    "keep": f"{SEALED} keep",
    "change": f"{SEALED} change",
}

STEPS = ("clarify", "frame", "data", "features", "model", "evaluate", "deploy", "board")
SELF = {f"step-{step}": "2" for step in STEPS} | {"overall": "3"}


def at(session: Session, rest: str = "") -> str:
    return f"/sessions/{session.pk}/feedback/{rest}"


def form_about(session: Session, role: str, action: str = "send") -> str:
    return at(session, f"{session.seats.get(role=role).pk}/{action}/")


@pytest.fixture
def judged(scored: Session) -> Session:
    """Ben has given his verdict."""
    seat = scored.seats.select_related("session").get(role="interviewer")
    marks.mark(seat=seat, item="", level=4, sheet=None, reason=f"{SEALED} verdict", now=timezone.now())
    return scored


def everything(client: Client, session: Session) -> list[str]:
    """All that a browser can ask for about a session, less what differs each time."""
    base = f"/sessions/{session.pk}/"
    paths = [at(session), f"{base}report/", f"{base}report/scores/", f"{base}replay/", f"{base}people/"]
    paths += [f"/api/v1{base}", f"/api/v1{base}report/", "/sessions/", "/profile/", at(session, "?seal=1")]
    answers = [client.get(path, headers=more) for path in paths for more in ({}, HTMX)]
    answers += [client.options(path) for path in paths]
    return [
        re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"|"server_time": ?[\d.]+', "", one.content.decode())
        + str(sorted(name for name in one.headers if name != "Content-Length"))
        for one in answers
    ]


def test_what_is_sent_changes_not_a_byte_for_the_other(
    judged: Session, as_ada: Client, as_ben: Client
) -> None:
    before = everything(as_ada, judged)
    as_ben.post(form_about(judged, "candidate", "draft"), {**ABOUT_ADA, "version": 0})
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "version": 1})
    assert Feedback.objects.count() == 1
    assert everything(as_ada, judged) == before
    assert SEALED not in "".join(before)


def test_nor_does_what_the_candidate_sends(judged: Session, as_ada: Client, as_ben: Client) -> None:
    before = everything(as_ben, judged)
    as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": 0})
    assert Feedback.objects.count() == 1
    assert everything(as_ben, judged) == before


def test_the_rating_of_oneself_is_sealed_too(unrated: Session, as_ada: Client, as_ben: Client) -> None:
    before = everything(as_ben, unrated)
    as_ada.post(form_about(unrated, "candidate"), {**SELF, "version": 0})
    assert SelfRating.objects.get().sheet
    assert everything(as_ben, unrated) == before


def test_when_both_have_sent_both_see_all(judged: Session, as_ada: Client, as_ben: Client) -> None:
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "version": 0})
    sent = as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": 0})
    assert sent["Location"].endswith("/report/#feedback")
    to_ada = as_ada.get(f"/sessions/{judged.pk}/report/").content.decode()
    for words in (f"{SEALED} one", f"{SEALED} two", f"{SEALED} three", "Strong hire", "Ben about you"):
        assert words in to_ada
    to_ben = as_ben.get(f"/sessions/{judged.pk}/report/").content.decode()
    for words in (
        f"{SEALED} keep",
        "2 of 5: I was often cut off or led",
        "1 so far; means are shown from 3 on",
    ):
        assert words in to_ben


def test_after_two_days_the_rest_is_not_written(judged: Session, as_ada: Client, as_ben: Client) -> None:
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "version": 0})
    Session.objects.update(ended_at=timezone.now() - timedelta(hours=49))
    assert f"{SEALED} one" in as_ada.get(f"/sessions/{judged.pk}/report/").content.decode()
    to_ben = as_ben.get(f"/sessions/{judged.pk}/report/").content.decode()
    assert "Ada about you" in to_ben
    assert "Not written." in to_ben
    late = as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": 0})
    assert late.status_code == 409
    assert "what was written about you can be read" in late.content.decode()
    assert "nothing more can be sent" in as_ada.get(at(judged)).content.decode()


def test_who_judges_and_may_still_write_is_told_so_after_two_days(
    unrated: Session, as_ada: Client, as_ben: Client
) -> None:
    Session.objects.update(ended_at=timezone.now() - timedelta(hours=49))
    to_ben = as_ben.get(f"/sessions/{unrated.pk}/report/").content.decode()
    assert "yours is still to be written" in to_ben
    assert "at the latest" not in to_ben
    late = as_ben.get(at(unrated)).content.decode()
    assert "Nobody has written about you within two days" in late
    assert "Send it? It is shown at once" in late
    assert "Send and seal" not in late


def test_who_watched_sees_nothing_ever(
    judged: Session, as_ada: Client, as_ben: Client, as_cleo: Client, cleo: User
) -> None:
    judged.seats.create(user=cleo, role="observer")
    before = everything(as_cleo, judged)
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "version": 0})
    as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": 0})
    assert everything(as_cleo, judged) == before
    assert as_cleo.get(at(judged))["Location"].endswith("/report/")
    for role in ("candidate", "interviewer"):
        assert as_cleo.post(form_about(judged, role), ABOUT_BEN).status_code == 404


def test_a_draft_is_there_after_a_closed_lid(judged: Session, as_ada: Client, as_ben: Client) -> None:
    saved = as_ada.post(
        form_about(judged, "interviewer", "draft"),
        {"keep": TYPED, "fair": "2", "version": "0"},
        headers=HTMX,
    )
    assert saved.status_code == 200
    assert 'data-save-state="saved"' in saved.content.decode()
    assert 'name="version" value="1"' in saved.content.decode()
    page = as_ada.get(at(judged)).content.decode()
    assert TYPED in page
    assert re.search(r'name="fair" value="2" checked', page)
    assert TYPED not in as_ben.get(at(judged)).content.decode()


def test_two_windows_are_told_of_each_other(judged: Session, as_ada: Client) -> None:
    to = form_about(judged, "interviewer", "draft")
    as_ada.post(to, {"keep": "from the first", "version": "0"}, headers=HTMX)
    other = as_ada.post(to, {"keep": "from the second", "version": "0"}, headers=HTMX)
    assert other.status_code == 409
    assert "from the first" in other.content.decode()
    plain = as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": "0"})
    assert plain.status_code == 409
    assert f"{SEALED} keep" in plain.content.decode()
    assert "from the first" in plain.content.decode()
    as_ada.post(to, {"keep": "from the second", "version": "0", "over": "1"})
    assert FeedbackDraft.objects.get().answers == {"keep": "from the second"}


def test_what_is_missing_is_marked_and_nothing_typed_is_lost(judged: Session, as_ada: Client) -> None:
    answer = as_ada.post(form_about(judged, "interviewer"), {"keep": SEALED, "clear": "9", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('role="alert">Choose one.') == 2
    assert "There is no such answer" in page
    assert SEALED in page
    assert FeedbackDraft.objects.get().answers["keep"] == SEALED
    assert not Feedback.objects.exists()


@pytest.mark.asvs("1.2.1", "1.3.5")
def test_hostile_words_come_back_as_text(judged: Session, as_ada: Client, as_ben: Client) -> None:
    wild = '"></textarea><script>alert(1)</script>\0'
    as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "keep": wild, "version": "0"})
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "change": wild, "version": "0"})
    for client in (as_ada, as_ben):
        for page in (at(judged), f"/sessions/{judged.pk}/report/"):
            assert "<script>alert" not in client.get(page).content.decode()
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize("version", ["x", "-1", "9" * 40, "²"])
def test_a_save_that_was_never_is_stale(version: str, judged: Session, as_ada: Client) -> None:
    to = form_about(judged, "interviewer", "draft")
    assert as_ada.post(to, {"keep": "a", "version": version}).status_code == 409


def test_before_rating_herself_the_candidate_gets_no_level_of_anybody(
    unrated: Session, as_ada: Client
) -> None:
    before = everything(as_ada, unrated)
    scoring.run(job_id=ScoreJob.objects.get().pk, now=timezone.now())
    after = everything(as_ada, unrated)
    assert [one.replace('"done"', '"queued"') for one in after] == before
    page = as_ada.get(f"/sessions/{unrated.pk}/report/").content.decode()
    assert "First, how do you think it went?" in page
    assert "<q>" not in page
    assert "Rate yourself" in as_ada.get("/sessions/").content.decode()
    over = as_ada.get(f"/api/v1/sessions/{unrated.pk}/report/").json()
    assert (over["rate_first"], over["sheet"], over["steps"]) == (True, None, [])


def test_rating_herself_opens_the_sheets_side_by_side(unrated: Session, as_ada: Client) -> None:
    answer = as_ada.post(form_about(unrated, "candidate"), {**SELF, "version": "0", "then": "report"})
    assert answer["Location"].endswith("/report/")
    page = as_ada.get(answer["Location"]).content.decode()
    assert "By step, side by side" in page
    assert "Waiting for the scorer" in page
    assert as_ada.post(at(unrated, "skip/")).status_code == 409


def test_the_interviewer_has_nothing_to_rate_of_himself(judged: Session, as_ben: Client) -> None:
    assert as_ben.post(at(judged, "skip/")).status_code == 404
    assert as_ben.post(form_about(judged, "interviewer"), SELF).status_code == 404


def test_while_it_runs_there_is_nothing_to_write(live: Session, as_ada: Client) -> None:
    assert as_ada.get(at(live))["Location"] == f"/sessions/{live.pk}/"
    assert as_ada.post(form_about(live, "interviewer"), ABOUT_BEN).status_code == 404
    assert as_ada.post(at(live, "skip/")).status_code in (404, 409)


def test_the_waiting_page_hears_of_the_reveal(judged: Session, as_ada: Client, as_ben: Client) -> None:
    as_ada.post(form_about(judged, "interviewer"), {**ABOUT_BEN, "version": 0})
    waiting = as_ada.get(at(judged, "?seal=1"), headers=HTMX)
    assert (waiting.status_code, waiting.headers.get("HX-Redirect")) == (204, None)
    as_ben.post(form_about(judged, "candidate"), {**ABOUT_ADA, "version": 0})
    heard = as_ada.get(at(judged, "?seal=1"), headers=HTMX)
    assert heard.headers["HX-Redirect"].endswith("/report/#feedback")


def test_saving_too_often_is_slowed_down_and_loses_nothing(judged: Session, as_ada: Client) -> None:
    to = form_about(judged, "interviewer", "draft")
    answers = [as_ada.post(to, {"keep": "a", "version": "0"}, headers=HTMX).status_code for _ in range(91)]
    assert answers[-1] == 429
    assert FeedbackDraft.objects.get().answers == {"keep": "a"}
