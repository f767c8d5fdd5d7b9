"""The interviewer's page of marks, with and without htmx, and what of it anybody else sees."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import marks, scoring, sessions
from interviews.models import Mark, ScoreJob, ScoreSheet, Session
from mlsd_site.accounts.models import User

REASON = "mark-canary-2342"
HTMX = {"HX-Request": "true"}
ABOUT_ADA = {"strength": "Calm.", "second_strength": "Quick.", "change": "Say it aloud."}
ABOUT_BEN = {"clear": 5, "fair": 4, "helpful": 3, "keep": "The pace.", "change": "More silence."}


def at(session: Session, rest: str = "") -> str:
    return f"/sessions/{session.pk}/report/{rest}"


def levels(session: Session) -> dict[str, int]:
    sheet = ScoreSheet.objects.get(submission__session=session, source="automatic")
    return dict(sheet.items.values_list("item", "level"))


def form(session: Session, item: Any = "clarify.scale", **changed: Any) -> dict[str, Any]:
    sheet = ScoreSheet.objects.get(submission__session=session, source="automatic")
    return {"item": item, "sheet": sheet.pk, "level": levels(session).get(item, 0), **changed}


def test_every_point_has_its_four_levels_in_the_order_of_the_framework(
    scored: Session, as_ben: Client
) -> None:
    page = as_ben.get(at(scored, "marks/")).content.decode()
    assert page.count('name="level"') == 4 * 51
    assert len(re.findall(r'id="mark-[\w-]+" class="mark-row"', page)) == 51


def test_pressing_the_automatic_level_confirms_it(scored: Session, as_ben: Client) -> None:
    answer = as_ben.post(at(scored, "marks/save/"), form(scored))
    assert answer["Location"].endswith("/report/marks/#mark-clarify-scale")
    assert Mark.objects.get().level == levels(scored)["clarify.scale"]
    assert "You confirmed" in as_ben.get(at(scored, "marks/")).content.decode()


def test_another_level_is_asked_for_its_reason_and_then_saved(scored: Session, as_ben: Client) -> None:
    other = 3 if levels(scored)["clarify.scale"] < 3 else 0
    asked = as_ben.post(at(scored, "marks/save/"), form(scored, level=other))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "rather than" in page
    assert "autofocus" in page
    assert "needs a reason" not in page
    again = as_ben.post(at(scored, "marks/save/"), form(scored, level=other, reason=" "))
    assert "needs a reason" in again.content.decode()
    as_ben.post(at(scored, "marks/save/"), form(scored, level=other, reason=REASON))
    assert Mark.objects.get().reason == REASON
    assert REASON in as_ben.get(at(scored)).content.decode()


def test_with_htmx_one_row_comes_back_and_the_count_with_it(scored: Session, as_ben: Client) -> None:
    answer = as_ben.post(at(scored, "marks/save/"), form(scored), headers=HTMX).content.decode()
    assert answer.count("data-mark-row") == 1
    assert "1 of 50 points marked" in answer
    assert "<html" not in answer
    row = as_ben.get(at(scored, "marks/?item=clarify.scale"), headers=HTMX).content.decode()
    assert row.count("data-mark-row") == 1


def test_a_long_reason_is_given_back_to_be_shortened(scored: Session, as_ben: Client) -> None:
    long = "x" * 600
    answer = as_ben.post(at(scored, "marks/save/"), form(scored, level=3, reason=long), headers=HTMX)
    assert long in answer.content.decode()
    assert not Mark.objects.exists()


def test_what_is_typed_comes_back_as_text(scored: Session, as_ben: Client) -> None:
    wild = '"><script>alert(1)</script>'
    as_ben.post(at(scored, "marks/save/"), form(scored, level=3, reason=wild))
    for path in ("", "marks/"):
        page = as_ben.get(at(scored, path)).content.decode()
        assert "<script>alert" not in page


def test_confirming_a_step_confirms_its_points(scored: Session, as_ben: Client) -> None:
    sheet = form(scored)["sheet"]
    answer = as_ben.post(at(scored, "marks/confirm/"), {"step": "clarify", "sheet": sheet})
    assert answer["Location"].endswith("#step-clarify")
    assert set(Mark.objects.values_list("item", flat=True)) == {
        item for item in levels(scored) if item.startswith("clarify.")
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"level": "x"},
        {"level": ""},
        {"level": 9**40},
        {"item": "no.such"},
        {"item": "x" * 99},
        {"sheet": "x"},
        {"sheet": 2**70},
        {"reason": "a\0b", "level": 3},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(
    changed: dict[str, Any], scored: Session, as_ben: Client
) -> None:
    assert as_ben.post(at(scored, "marks/save/"), form(scored, **changed)).status_code == 422
    assert not Mark.objects.exists()


def test_before_the_end_there_is_nothing_to_mark(live: Session, as_ben: Client) -> None:
    assert as_ben.get(at(live, "marks/"))["Location"] == f"/sessions/{live.pk}/"
    assert as_ben.post(at(live, "marks/save/"), {"item": "", "level": 2, "reason": "x"}).status_code == 409


def test_without_an_automatic_sheet_one_can_mark_all_the_same(submitted: Session, as_ben: Client) -> None:
    ScoreJob.objects.update(state="parked", lease_until=None)
    as_ben.post(at(submitted, "marks/seal/"))
    assert "no automatic sheet yet" in as_ben.get(at(submitted, "marks/")).content.decode()
    as_ben.post(
        at(submitted, "marks/save/"), {"item": "clarify.scale", "level": 2, "reason": "30k a second."}
    )
    assert Mark.objects.get().automatic_level is None


def test_until_they_are_sealed_no_page_holds_an_automatic_level(
    live: Session, ada: User, ben: User, as_ada: Client, as_ben: Client
) -> None:
    marks.tick(seat=live.seats.get(user=ben), item="clarify.scale", level=3, now=timezone.now())
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    scoring.run(job_id=ScoreJob.objects.get().pk, now=timezone.now())
    sheet = ScoreSheet.objects.get()
    for path in ("report/", "report/marks/", "report/scores/", ""):
        page = as_ben.get(f"/sessions/{live.pk}/{path}").content.decode()
        assert "data-automatic" not in page
        assert sheet.scorer_version not in page
    assert "You say “justified”" in as_ben.get(at(live, "marks/")).content.decode()
    as_ada.post(f"/sessions/{live.pk}/feedback/skip/")
    as_ada.post(f"/sessions/{live.pk}/feedback/skip/")
    assert sheet.scorer_version in as_ada.get(at(live)).content.decode()
    assert ">Mark it</a>" in as_ben.get("/sessions/").content.decode()
    over = as_ben.get(f"/api/v1/sessions/{live.pk}/report/")
    assert sheet.scorer_version not in over.content.decode()
    assert (over.json()["withheld"], over.json()["sheet"]) == (True, None)
    assert as_ben.get("/sessions/agreement/").content.decode().count("All points") == 0
    as_ben.post(at(live, "marks/seal/"))
    assert "data-automatic" in as_ben.get(at(live, "marks/")).content.decode()
    assert sheet.scorer_version in as_ben.get(at(live)).content.decode()
    assert ">Mark it</a>" not in as_ben.get("/sessions/").content.decode()
    assert "All points" in as_ben.get("/sessions/agreement/").content.decode()


WRITES = ["marks/save/", "marks/seal/", "marks/confirm/"]


@pytest.mark.parametrize("path", WRITES)
def test_the_candidate_marks_nothing(path: str, scored: Session, as_ada: Client) -> None:
    assert as_ada.post(at(scored, path), form(scored)).status_code == 403
    assert as_ada.get(at(scored, "marks/")).status_code == 403
    assert not Mark.objects.exists()


def marked(session: Session, as_ben: Client) -> None:
    """Ben has marked a point and given his verdict, with words that stand nowhere else."""
    other = 3 if levels(session)["clarify.scale"] < 3 else 0
    as_ben.post(at(session, "marks/save/"), form(session, level=other, reason=REASON))
    as_ben.post(at(session, "marks/save/"), form(session, item="", level=4, reason=f"{REASON} verdict"))
    assert Mark.objects.count() == 2


def test_until_it_is_revealed_the_candidate_receives_not_a_byte_of_it(
    scored: Session, as_ada: Client, as_ben: Client
) -> None:
    addresses = [at(scored), at(scored, "scores/"), f"/api/v1/sessions/{scored.pk}/report/", "/sessions/"]

    def seen() -> list[str]:
        pages = [as_ada.get(address, headers=more) for address in addresses for more in ({}, HTMX)]
        return [re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"', "", page.content.decode()) for page in pages]

    before = seen()
    marked(scored, as_ben)
    assert seen() == before
    ada, ben = (scored.seats.get(role=role).pk for role in ("candidate", "interviewer"))
    as_ben.post(f"/sessions/{scored.pk}/feedback/{ada}/send/", {**ABOUT_ADA, "version": 0})
    assert seen() == before
    as_ada.post(f"/sessions/{scored.pk}/feedback/{ben}/send/", {**ABOUT_BEN, "version": 0})
    assert REASON in as_ada.get(at(scored)).content.decode()
    assert "Strong hire" in as_ada.get(at(scored)).content.decode()


def test_somebody_who_watched_sees_no_marks_either(
    scored: Session, as_ben: Client, as_cleo: Client, cleo: User
) -> None:
    scored.seats.create(user=cleo, role="observer")
    marked(scored, as_ben)
    assert REASON not in as_cleo.get(at(scored)).content.decode()
    assert as_cleo.get(at(scored, "marks/")).status_code == 403


def test_agreement_is_ones_own(scored: Session, as_ada: Client, as_ben: Client, as_cleo: Client) -> None:
    marked(scored, as_ben)
    assert "All points" in as_ben.get("/sessions/agreement/").content.decode()
    for other in (as_ada, as_cleo):
        assert "No marks to compare yet" in other.get("/sessions/agreement/").content.decode()


def test_staff_see_everybodys_marks_together_and_no_names(
    scored: Session, as_ben: Client, as_cleo: Client, cleo: User
) -> None:
    marked(scored, as_ben)
    User.objects.filter(pk=cleo.pk).update(is_staff=True)
    page = as_cleo.get("/sessions/agreement/").content.decode()
    assert "All points" in page
    assert "Ben" not in page
    assert REASON not in page


def test_nobody_reads_agreement_without_logging_in(client: Client, db: None) -> None:
    assert client.get("/sessions/agreement/").status_code == 302
