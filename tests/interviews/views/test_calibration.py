"""The pages of calibration: behind the login, one's own ratings only, and no byte of a key before the seal."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casebank import limits
from interviews.actions import calibration
from interviews.calibration import keys, works
from interviews.models import CalibrationDraft, CalibrationRating
from interviews.queries.calibration import steps
from mlsd_site.accounts.models import User
from tests.interviews.conftest import LESSON

HTMX = {"HX-Request": "true"}
SLUG = "chest-films"
AT = f"/calibration/{SLUG}/"
WHOLE = {item: "1" for _, _, items in steps() for item in items} | {"overall": "2"}


def seal(user: User, slug: str = SLUG) -> None:
    calibration.seal(user=user, work=works.load()[slug], given=WHOLE, now=timezone.now())


def everything(client: Client) -> list[str]:
    """All that a browser can ask for before the seal, less what differs each time."""
    base = {"version": "-1"}
    almost = {**WHOLE, "clarify.goal": ""}
    answers = [client.get(path, headers=more) for path in ("/calibration/", AT) for more in ({}, HTMX)]
    answers += [client.get(f"{AT}key/"), client.get(f"{AT}key/1/"), client.get(f"/calibration/{SLUG}/draft/")]
    answers += [client.options(path) for path in ("/calibration/", AT, f"{AT}key/", f"{AT}seal/")]
    answers += [client.post(f"{AT}draft/", {**almost, "version": "0"}, headers=HTMX)]
    answers += [client.post(f"{AT}draft/", {"clarify.goal": "2", **base}, headers=HTMX)]
    answers += [
        client.post(f"{AT}seal/", {**almost, "version": "1"}),
        client.get(AT),
        client.get("/calibration/"),
    ]
    CalibrationDraft.objects.all().delete()
    return [
        re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"|<time.*?</time>', "", one.content.decode())
        + str(
            sorted(
                (name, value)
                for name, value in one.headers.items()
                if name in ("Location", "HX-Redirect", "Allow")
            )
        )
        + str(one.status_code)
        for one in answers
    ]


def test_before_the_seal_every_byte_is_the_same_whatever_the_key_says(
    as_ben: Client, another_key: Callable[[], None]
) -> None:
    before = everything(as_ben)
    another_key()
    assert everything(as_ben) == before
    as_ben.post(f"{AT}seal/", {**WHOLE, "version": "0"})
    assert LESSON in as_ben.get(f"{AT}key/").content.decode()


def test_before_the_seal_there_is_no_key_to_ask_for(as_ben: Client) -> None:
    assert as_ben.get(f"{AT}key/").status_code == 404
    said = as_ben.get(AT).content.decode()
    assert keys.of(SLUG).lesson not in said
    assert "20 ms end to end" in said


def test_sealing_shows_the_key_and_never_again_the_form(as_ben: Client) -> None:
    assert as_ben.post(f"{AT}draft/", {**WHOLE, "version": "0"}, headers=HTMX).status_code == 200
    answer = as_ben.post(f"{AT}seal/", {**WHOLE, "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}key/")
    page = as_ben.get(answer["Location"]).content.decode()
    assert keys.of(SLUG).lesson in page
    assert "there is no interval" in page
    assert as_ben.get(AT)["Location"] == f"{AT}key/"
    assert as_ben.post(f"{AT}seal/", {**WHOLE, "version": "0"}).status_code == 409
    assert as_ben.post(f"{AT}draft/", {**WHOLE, "version": "0"}).status_code == 409
    assert CalibrationRating.objects.count() == 1
    index = as_ben.get("/calibration/").content.decode()
    assert "50 points in 1 session," in index
    assert "There is no interval from one session." in index


def test_what_is_missing_is_said_and_what_was_chosen_is_kept(as_ben: Client) -> None:
    answer = as_ben.post(f"{AT}seal/", {**WHOLE, "clarify.goal": "", "overall": "", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 point has no level yet" in page
    assert "The verdict is missing." in page
    assert CalibrationDraft.objects.get().answers["clarify.scope"] == "1"


def test_an_older_window_is_shown_what_is_stored(as_ben: Client) -> None:
    as_ben.post(f"{AT}draft/", {"clarify.goal": "1", "version": "0"}, headers=HTMX)
    answer = as_ben.post(f"{AT}draft/", {"clarify.goal": "3", "version": "0"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Mentioned" in answer.content.decode()
    assert as_ben.post(f"{AT}seal/", {**WHOLE, "version": "0"}).status_code == 409


def test_a_stranger_sees_nothing_of_what_somebody_sealed(ben: User, as_ben: Client, as_cleo: Client) -> None:
    seal(ben)
    assert as_cleo.get(f"{AT}key/").status_code == 404
    assert as_cleo.get(f"{AT}key/1/").status_code == 404
    assert "Nothing is sealed yet" in as_cleo.get("/calibration/").content.decode()
    for round in (0, 2, 10**12):
        assert as_ben.get(f"{AT}key/{round}/").status_code == 404


def test_nobody_gets_in_without_a_login(client: Client) -> None:
    for path in ("/calibration/", AT, f"{AT}key/"):
        assert "/accounts/login/" in client.get(path)["Location"]
    for path in (f"{AT}draft/", f"{AT}seal/"):
        assert "/accounts/login/" in client.post(path, WHOLE)["Location"]


@pytest.mark.parametrize("path", ["", "key/", "draft/", "seal/"])
def test_a_work_that_is_not_there(as_ben: Client, path: str) -> None:
    ask = as_ben.post if path in ("draft/", "seal/") else as_ben.get
    assert ask(f"/calibration/no-such-work/{path}").status_code == 404


@pytest.mark.parametrize("field", ["clarify.goal", "overall", "out-board"])
@pytest.mark.parametrize("value", ["9", "\0", "x" * 10_000, "-1"])
def test_what_is_no_answer_is_not_kept(as_ben: Client, field: str, value: str) -> None:
    as_ben.post(f"{AT}draft/", {field: value, "version": "0"}, headers=HTMX)
    assert CalibrationDraft.objects.get().answers == {}


def test_saving_too_often_is_refused(ben: User, as_ben: Client) -> None:
    for _ in range(calibration.SAVE.most):
        limits.spend(calibration.SAVE, by=ben.pk, now=timezone.now())
    assert as_ben.post(f"{AT}draft/", {"version": "0"}, headers=HTMX).status_code == 429
