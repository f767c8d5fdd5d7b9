"""Calibration over REST: a work is rated blind, sealed once, and then seen beside its key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank import limits
from interviews.actions import calibration
from interviews.calibration import keys, works
from interviews.models import CalibrationDraft, CalibrationRating
from interviews.queries.calibration import steps
from interviews.rules.calibration import AGAIN_AFTER
from mlsd_site.accounts.models import User
from tests.api.calling import by_token
from tests.interviews.conftest import LESSON
from tests.interviews.stage import alone

JSON = "application/json"
ROOT = "/api/v1/calibration/"
SLUG = "chest-films"
AT = f"{ROOT}works/{SLUG}/"
WHOLE = {item: "1" for _, _, items in steps() for item in items} | {"overall": "2"}


def keep(client: Client, answers: dict[str, str], **more: Any) -> Any:
    return client.put(AT, {"answers": answers, **more}, content_type=JSON)


def seal(client: Client, answers: dict[str, str] = WHOLE, base: int = 0, **headers: str) -> Any:
    body = {"answers": answers, "base": base}
    return client.post(f"{AT}seal/", body, content_type=JSON, headers=headers)


def test_a_work_is_rated_blind_sealed_and_seen_beside_its_key(as_ben: Client) -> None:
    listed = as_ben.get(ROOT).json()["items"]
    assert {one["slug"] for one in listed} == set(works.load())
    assert (listed[0]["may_rate"], listed[0]["rounds"], listed[0]["rated"]) == (True, [], None)
    work = as_ben.get(AT)
    assert (work["ETag"], work.json()["round"], len(work.json()["elements"]) > 10) == ('"0"', 1, True)
    assert "20 ms end to end" in str(work.json()["notes"])
    kept = keep(as_ben, {"clarify.goal": "3"}, base=0)
    assert (kept["ETag"], kept.json()) == ('"1"', {"version": 1})
    assert as_ben.get(AT).json()["answers"] == {"clarify.goal": "3"}
    (begun,) = [one for one in as_ben.get(ROOT).json()["items"] if one["slug"] == SLUG]
    assert (begun["rated"], begun["wanted"]) == (1, 50)
    half = seal(as_ben, {"clarify.goal": "3"}, base=1)
    assert (half.status_code, len(half.json()["errors"])) == (422, 50)
    sealed = seal(as_ben, base=1)
    assert sealed.status_code == 201
    found = sealed.json()
    key = keys.of(SLUG)
    assert (found["lesson"], found["key_overall"], found["overall"]) == (key.lesson, key.overall, 2)
    assert {one["item"]: one["key"] for one in found["points"]} == key.levels
    assert {one["mine"] for one in found["points"]} == {1}
    assert as_ben.get(f"{AT}key/").json() == as_ben.get(f"{AT}key/1/").json() == found
    assert as_ben.get(AT).json()["code"] == "sealed"
    assert keep(as_ben, WHOLE, base=0).json()["code"] == "sealed"
    assert seal(as_ben).status_code == 409
    assert CalibrationRating.objects.count() == 1


def test_before_the_seal_no_answer_depends_on_the_key(
    as_ben: Client, another_key: Callable[[], None]
) -> None:
    def everything() -> list[tuple[int, bytes]]:
        asks = [as_ben.get(path) for path in (ROOT, f"{ROOT}agreement/", AT, f"{AT}key/", f"{AT}key/1/")]
        asks += [keep(as_ben, {"clarify.goal": "3"}, base=0), seal(as_ben, {"overall": "1"}, base=7)]
        asks += [seal(as_ben, {"overall": "1"}, base=1)]
        CalibrationDraft.objects.all().delete()
        return [(one.status_code, one.content) for one in asks]

    before = everything()
    another_key()
    assert everything() == before
    assert LESSON in seal(as_ben).content.decode()


def test_it_is_ones_own(as_ben: Client, as_cleo: Client) -> None:
    seal(as_ben)
    assert as_cleo.get(f"{AT}key/").status_code == 404
    assert as_cleo.get(f"{AT}key/1/").status_code == 404
    assert as_cleo.get(f"{ROOT}agreement/").json() == {"keys": None, "scorers": []}
    assert [one["rounds"] for one in as_cleo.get(ROOT).json()["items"]] == [[]] * len(works.load())
    for round in (0, 2, 10**12):
        assert as_ben.get(f"{AT}key/{round}/").status_code == 404


def test_ones_figures_are_those_of_the_page(as_ben: Client) -> None:
    seal(as_ben)
    found = as_ben.get(f"{ROOT}agreement/").json()["keys"]
    assert (found["closeness"]["n"], found["closeness"]["sessions"], found["few"]) == (50, 1, True)
    assert [one["slug"] for one in found["sessions"]] == [SLUG]
    figure = found["closeness"]["leniency"]
    assert (figure["low"], figure["high"]) == (None, None)
    assert f"{figure['value']:+.2f}".replace("-", "−") in as_ben.get("/calibration/").content.decode()


def test_a_save_names_what_it_is_based_on(as_ben: Client) -> None:
    assert keep(as_ben, {}).status_code == 428
    keep(as_ben, {"clarify.goal": "1"}, base=0)
    late = keep(as_ben, {"clarify.goal": "3"}, base=0)
    assert (late.status_code, late.json()["answers"]) == (409, {"clarify.goal": "1"})
    named = as_ben.put(AT, {"answers": {}}, content_type=JSON, headers={"If-Match": '"0"'})
    assert named.status_code == 412
    assert seal(as_ben, base=0).status_code == 409


def test_the_seal_asked_for_again_gives_the_first_answer(as_ben: Client) -> None:
    answers = [seal(as_ben, WHOLE, 0, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"


def test_it_can_be_rated_again_a_month_after(as_ben: Client, ben: User) -> None:
    before = timezone.now() - AGAIN_AFTER - timedelta(days=1)
    calibration.seal(user=ben, work=works.load()[SLUG], given=WHOLE, now=before)
    assert as_ben.get(AT).json()["round"] == 2
    again = seal(as_ben).json()
    assert (again["round"], len(again["rounds"])) == (2, 2)
    assert as_ben.get(f"{ROOT}agreement/").json()["keys"]["closeness"]["n"] == 50


def test_what_would_spoil_an_interview_is_said_first(as_ben: Client, ben: User) -> None:
    alone(ben)
    page = f"{ROOT}works/ad-clicks/"
    assert as_ben.get(page).json()["code"] == "would_spoil"
    assert as_ben.get(f"{page}?anyway=1").status_code == 200
    assert as_ben.get(page).status_code == 200


def test_a_page_at_a_time(as_ben: Client) -> None:
    first = as_ben.get(f"{ROOT}?per_page=3").json()
    assert (len(first["items"]), first["previous"], "page=2" in first["next"]) == (3, None, True)
    assert as_ben.get(f"{ROOT}?sort=x").status_code == 400


@pytest.mark.parametrize("path", ["", "key/", "seal/"])
def test_a_work_that_is_not_there(as_ben: Client, path: str) -> None:
    ask = as_ben.post if path == "seal/" else as_ben.get
    answer = ask(f"{ROOT}works/no-such-work/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_saving_too_often_is_refused(ben: User, as_ben: Client) -> None:
    for _ in range(calibration.SAVE.most):
        limits.spend(calibration.SAVE, by=ben.pk, now=timezone.now())
    assert keep(as_ben, {}, base=0).status_code == 429


def test_a_token_needs_the_scope_of_sessions(ben: User) -> None:
    assert by_token(ben, ["sessions:read"]).get(AT).status_code == 200
    assert by_token(ben, ["sessions:read"]).put(AT, {}, content_type=JSON).status_code == 403
    assert by_token(ben, ["progress:read"]).get(ROOT).status_code == 403
