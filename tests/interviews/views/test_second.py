"""The pages of a second rating: what they hold, and whom they are shut to."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casebank import checklist
from casebank.models import CaseVersion, SeenCase
from interviews.models import SecondRating, Session
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.history import POINT

ALL = {item.id: "2" for item in checklist.load().items} | {"overall": "3"}


@pytest.fixture
def past(ada: User, ben: User, cleo: User, case_version: CaseVersion) -> Session:
    return history.ratable(ada, ben, cleo, case_version)


@pytest.fixture
def taken(past: Session, as_ada: Client, as_cleo: Client) -> SecondRating:
    as_ada.post(f"/sessions/{past.pk}/second/offer/")
    row = SecondRating.objects.get()
    as_cleo.post(f"/ratings/{row.pk}/take/")
    return row


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_rater_sees_board_and_notes_and_no_name_or_level(taken: SecondRating, as_cleo: Client) -> None:
    for page in (f"/ratings/{taken.pk}/", f"/ratings/{taken.pk}/replay/?t=60", "/ratings/"):
        said = text(as_cleo, page)
        assert "Ad click prediction" in said
        assert not [name for name in ("Ada", "Ben", "The scale.", "Monitoring.") if name in said]
        assert str(taken.session_id) not in said
    assert "clicks" in text(as_cleo, f"/ratings/{taken.pk}/")


def test_the_draft_is_kept_and_the_seal_puts_it_beside_the_others(
    taken: SecondRating, past: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    page = f"/ratings/{taken.pk}/"
    saved = as_cleo.post(page + "draft/", {"version": "0", POINT: "3"}, headers={"HX-Request": "true"})
    assert "1 of 50 points, no verdict" in saved.content.decode()
    assert "stored" in as_cleo.post(page + "draft/", {"version": "0", POINT: "1"}).content.decode()
    half = as_cleo.post(page + "seal/", {"version": "1", POINT: "3"})
    assert half.status_code == 422
    assert "49 points have no level yet" in half.content.decode()
    report = f"/sessions/{past.pk}/report/"
    assert "blind on the replay" not in text(as_ada, report)
    assert as_cleo.post(page + "seal/", {"version": "1", **ALL}).status_code == 302
    told = text(as_ada, report)
    assert "50 of 50 points rated blind on the replay" in told
    assert "Mean of the points marked, never blended: Ben 1.0, Second rater 2.0." in told
    assert "Cleo" not in told
    assert "far apart" not in told
    assert f"/ratings/{taken.pk}/talk/" not in told
    assert f"/ratings/{taken.pk}/talk/" in text(as_ben, report)
    assert "Second raters" in text(as_ada, "/progress/")


def test_the_discussion_is_the_raters_alone(
    taken: SecondRating, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    talk = f"/ratings/{taken.pk}/talk/"
    assert as_ben.get(talk).status_code == 404
    as_cleo.post(f"/ratings/{taken.pk}/seal/", {"version": "0", **ALL})
    said = as_cleo.post(talk + "say/", {"item": POINT, "words": "30k <a second>"}, follow=True)
    assert "30k &lt;a second&gt;" in said.content.decode()
    told = text(as_ben, talk)
    assert "30k &lt;a second&gt;" in told
    assert "Cleo" not in told
    assert "Ben" not in text(as_cleo, talk)
    assert as_ben.post(talk + "close/", {"item": POINT, "level": "7"}).status_code == 422
    as_ben.post(talk + "close/", {"item": POINT, "level": "1", "words": "Missed it."})
    assert "last word" in text(as_cleo, talk)
    assert as_ada.get(talk).status_code == 404
    assert as_ada.post(talk + "say/", {"item": POINT, "words": "Mine."}).status_code == 404
    assert as_ada.post(talk + "close/", {"item": POINT, "level": "3"}).status_code == 404


def test_a_stranger_gets_404_everywhere(
    taken: SecondRating, past: Session, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    for client in (as_ada, as_ben):
        for page in ("", "replay/", "pictures/4a4a4a4a-0000-4000-8000-000000000000/"):
            assert client.get(f"/ratings/{taken.pk}/{page}").status_code == 404
        for verb in ("take/", "give-back/", "draft/", "seal/"):
            assert client.post(f"/ratings/{taken.pk}/{verb}").status_code == 404
    assert as_cleo.post(f"/sessions/{past.pk}/second/offer/").status_code == 404
    assert as_cleo.post(f"/sessions/{past.pk}/second/withdraw/").status_code == 404
    assert as_ben.post(f"/sessions/{past.pk}/second/offer/").status_code == 403


def test_the_replay_takes_any_second(taken: SecondRating, as_cleo: Client) -> None:
    for wish in ("", "x", "-1", "9" * 40, "99999999"):
        assert as_cleo.get(f"/ratings/{taken.pk}/replay/?t={wish}").status_code == 200
    part = as_cleo.get(f"/ratings/{taken.pk}/replay/?t=5", headers={"HX-Request": "true"}).content.decode()
    assert 'id="replay-board"' in part
    assert "<html" not in part


def test_an_empty_list_says_why(ada: User, cleo: User, as_cleo: Client) -> None:
    assert "You hold no guide yet" in text(as_cleo, "/ratings/")
    User.objects.filter(pk=cleo.pk).update(wants_to_interview=False, wants_to_be_candidate=True)
    assert "Your profile says that you do not interview" in text(as_cleo, "/ratings/")


def test_what_is_offered_on_other_cases_says_how_to_come_to_it(
    past: Session, cleo: User, as_ada: Client, as_cleo: Client
) -> None:
    SeenCase.objects.filter(user=cleo).delete()
    as_ada.post(f"/sessions/{past.pk}/second/offer/")
    said = text(as_cleo, "/ratings/")
    assert "whose guide you have not read" in said
    new = "/sessions/new/?case=ad-clicks&amp;seat=interviewer"
    assert new in said
    chosen = text(as_cleo, new.replace("&amp;", "&"))
    assert 'value="interviewer" checked' in chosen
    SeenCase.objects.create(user=cleo, case=past.case_version.case, how=SeenCase.How.GUIDE, at=timezone.now())
    assert "whose guide you have not read" not in text(as_cleo, "/ratings/")


def test_ones_own_offer_and_a_case_that_one_awaits_are_not_named(
    past: Session, cleo: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    SeenCase.objects.all().delete()
    as_ada.post(f"/sessions/{past.pk}/second/offer/")
    wish = {"case": "ad-clicks", "arrangement": "candidate", "framework": "seven-step", "level": "senior"}
    assert as_cleo.post("/sessions/new/", wish).status_code == 302
    for client in (as_ada, as_ben, as_cleo):
        assert "whose guide you have not read" not in text(client, "/ratings/")


def test_the_candidate_hears_that_somebody_has_taken_it(taken: SecondRating, as_ada: Client) -> None:
    said = text(as_ada, f"/sessions/{taken.session_id}/report/")
    assert "Somebody has taken it" in said
    assert "Take the offer back" not in said


def test_who_talks_can_look_at_the_replay_again(taken: SecondRating, as_ben: Client, as_cleo: Client) -> None:
    page = f"/ratings/{taken.pk}/"
    assert "Rate blind</a>" in text(as_cleo, page + "replay/")
    as_cleo.post(page + "seal/", {"version": "0", **ALL})
    assert f"{page}replay/" in text(as_cleo, page + "talk/")
    assert f"/sessions/{taken.session_id}/replay/" in text(as_ben, page + "talk/")
    assert f'href="{page}talk/"' in text(as_cleo, page + "replay/")
    assert str(taken.session_id) not in text(as_cleo, page + "talk/")


def test_what_was_chosen_stays_where_words_are_refused(taken: SecondRating, as_cleo: Client) -> None:
    page = f"/ratings/{taken.pk}/"
    as_cleo.post(page + "seal/", {"version": "0", **ALL})
    again = as_cleo.post(page + "talk/say/", {"item": POINT, "words": " ", "level": "3"})
    assert again.status_code == 422
    assert 'value="3" checked' in again.content.decode()
