"""Taking one's data along, and the page that deletes the account."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import feedback, marks
from interviews.models import OutgoingMail, Session
from interviews.rules.cells import cell
from mlsd_site.accounts.models import User
from tests.accounts import who_left
from tests.accounts.archives import export
from tests.conftest import PASSWORD
from tests.interviews.actions.test_feedback import ABOUT_ADA
from tests.interviews.conftest import CANARY, PRIVATE_CANARY

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def everything(taken: zipfile.ZipFile) -> str:
    return "\n".join(taken.read(name).decode(errors="replace") for name in taken.namelist())


def session_in(taken: zipfile.ZipFile) -> dict[str, object]:
    name = next(name for name in taken.namelist() if name.endswith("session.json"))
    found: dict[str, object] = json.loads(taken.read(name))
    return found


def test_all_of_a_life_is_in_it(ben: User, cleo: User, client: Client) -> None:
    dora = who_left.dora()
    who_left.life(dora, ben, cleo, NOW)
    client.force_login(dora)
    taken = export(client)
    words = everything(taken)
    typed = ("private", "alone", "note", "words", "draft")
    own_words = [f"{one} {who_left.CANARY}" for one in typed]
    for own in (who_left.EMAIL, who_left.OTHER_EMAIL, who_left.REAL, who_left.CONTACT, "Calm.", *own_words):
        assert own in words, own
    assert "private and harmless" not in words
    assert any(name.endswith(".webp") for name in taken.namelist())
    for name in taken.namelist():
        if name.endswith(".json"):
            json.loads(taken.read(name))
    rows = list(csv.DictReader(StringIO(taken.read("sessions.csv").decode())))
    assert {row["role"] for row in rows} == {"candidate", "interviewer"}


def test_sheets_before_one_has_rated_oneself_are_left_out(unrated: Session, as_ada: Client) -> None:
    assert session_in(export(as_ada))["sheets"] == []


def test_a_machines_level_is_left_out_until_one_has_sealed_ones_own(
    submitted: Session, as_ben: Client
) -> None:
    assert session_in(export(as_ben))["sheets"] == []


def test_sealed_feedback_and_the_guide_are_left_out(
    scored: Session, as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    mine, theirs = scored.seats.get(user=ada), scored.seats.get(user=ben)
    marks.mark(seat=theirs, item="", level=3, sheet=None, reason="Solid.", now=NOW)
    feedback.send(seat=theirs, about=mine, given=ABOUT_ADA, now=NOW)
    taken = export(as_ada)
    assert "Calm." not in everything(taken)
    assert CANARY not in everything(taken)
    assert PRIVATE_CANARY not in everything(taken)
    assert ben.email not in everything(taken)
    sheets = session_in(taken)["sheets"]
    assert isinstance(sheets, list)
    assert [one["source"] for one in sheets] == ["automatic"]
    assert "Calm." in everything(export(as_ben))


def test_a_stranger_gets_only_their_own(scored: Session, as_cleo: Client) -> None:
    taken = export(as_cleo)
    assert str(scored.pk) not in everything(taken)
    assert not [name for name in taken.namelist() if name.startswith("sessions")]


def test_who_is_not_logged_in_gets_nothing(client: Client) -> None:
    for path in ("", "delete/"):
        assert client.get(f"/accounts/data/{path}")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/data/archive/")["Location"].startswith("/accounts/login/")


@pytest.mark.asvs("15.2.2")
def test_exports_are_limited(as_cleo: Client) -> None:
    for _ in range(4):
        export(as_cleo)
    refused = as_cleo.post("/accounts/data/archive/")
    assert refused.status_code == 429


_WIDE = ["\uff1d1", "\uff0b1", "\uff0d1", "\uff20A1"]


@pytest.mark.asvs("1.2.10")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", *_WIDE])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_a_cell_keeps_what_is_harmless() -> None:
    assert [cell(one) for one in ("a=b", "", None, -3, 0.5, "Ada")] == ["a=b", "", "", "-3", "0.5", "Ada"]


def test_the_wrong_password_deletes_nothing(as_ada: Client, ada: User) -> None:
    response = as_ada.post("/accounts/data/delete/", {"password": "guess"})
    assert response.status_code == 422
    assert "Nothing was deleted" in response.content.decode()
    assert User.objects.filter(pk=ada.pk).exists()


@pytest.mark.asvs("7.4.2")
def test_the_password_deletes_the_account_and_logs_out_everywhere(
    scored: Session, as_ada: Client, ada: User
) -> None:
    other = Client()
    other.force_login(ada)
    page = as_ada.get("/accounts/data/delete/").content.decode()
    assert "Your 1 session with others" in page
    response = as_ada.post("/accounts/data/delete/", {"password": PASSWORD}, follow=True)
    assert "are deleted" in response.content.decode()
    assert other.get("/sessions/")["Location"].startswith("/accounts/login/")
    login = Client().post("/accounts/login/", {"login": "ada@example.com", "password": PASSWORD})
    assert login.status_code == 200


def test_the_page_leads_to_the_session_that_runs(live: Session, as_ada: Client) -> None:
    page = as_ada.get("/accounts/data/delete/").content.decode()
    assert f"/sessions/{live.pk}/" in page
    assert 'name="password"' not in page
    refused = as_ada.post("/accounts/data/delete/", {"password": PASSWORD})
    assert refused.status_code == 409
    assert "End it first" in refused.content.decode()


def test_without_a_password_a_mailed_link_does_it(as_ada: Client, ada: User) -> None:
    ada.set_unusable_password()
    ada.save()
    as_ada.force_login(ada)
    refused = as_ada.post("/accounts/data/delete/", {"key": "1-2"})
    assert "not valid any more" in refused.content.decode()
    as_ada.post("/accounts/data/delete/mail/")
    told = OutgoingMail.objects.get()
    assert told.to == ada.email
    key = re.search(r"key=(\S+)", told.body)
    assert key
    assert key[1] in as_ada.get(f"/accounts/data/delete/?key={key[1]}").content.decode()
    as_ada.post("/accounts/data/delete/", {"key": key[1]})
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not OutgoingMail.objects.exists()


def test_a_link_is_for_its_own_account_alone(as_cleo: Client, cleo: User, ada: User) -> None:
    from mlsd_site.accounts.data import _token

    cleo.set_unusable_password()
    cleo.save()
    as_cleo.force_login(cleo)
    as_cleo.post("/accounts/data/delete/", {"key": _token.make_token(ada)})
    assert User.objects.filter(pk=cleo.pk).exists()
