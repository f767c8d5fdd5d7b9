"""One's own sessions as files: what is in them, and for whom there is nothing."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank.limits import Limit
from interviews.audit.verbs import Verb
from interviews.carrying import own
from interviews.models import AuditEntry, Session
from interviews.views import taking
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY, PRIVATE_CANARY

pytestmark = pytest.mark.django_db
ZIPS = ["/sessions/export.zip", "/api/v1/sessions/export.zip"]
TABLES = ["/sessions/export.csv", "/api/v1/sessions/export.csv"]


def unzipped(answer: Any) -> dict[str, bytes]:
    assert answer.status_code == 200, answer.getvalue()
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as taken:
        return {name: taken.read(name) for name in taken.namelist()}


@pytest.mark.parametrize("address", ZIPS)
def test_a_folder_for_each_session_with_what_this_seat_may_read(
    scored: Session, address: str, as_ada: Client
) -> None:
    taken = unzipped(as_ada.get(address))
    name = next(one for one in taken if one.endswith("session.json"))
    said = json.loads(taken[name])
    assert (said["session"], said["role"], said["private_notes"]) == (str(scored.pk), "candidate", "")
    assert [one["source"] for one in said["sheets"]] == ["automatic"]
    everything = b"\n".join(taken.values()).decode(errors="replace")
    assert CANARY not in everything
    assert PRIVATE_CANARY not in everything


@pytest.mark.parametrize("address", ZIPS)
def test_sheets_before_one_has_rated_oneself_are_left_out(
    unrated: Session, address: str, as_ada: Client
) -> None:
    taken = unzipped(as_ada.get(address))
    assert json.loads(next(taken[one] for one in taken if one.endswith("session.json")))["sheets"] == []


@pytest.mark.parametrize("address", TABLES)
def test_a_line_for_each_with_the_verdicts_that_one_sees(
    scored: Session, address: str, as_ada: Client
) -> None:
    (row,) = csv.DictReader(StringIO(as_ada.get(address).content.decode()))
    assert row["session"] == str(scored.pk)
    assert row["verdict_automatic"] in ("1", "2", "3", "4")
    assert row["verdict_interviewer"] == ""


def test_a_verdict_that_is_hidden_is_not_in_the_table(unrated: Session, as_ada: Client) -> None:
    (row,) = csv.DictReader(StringIO(as_ada.get(TABLES[0]).content.decode()))
    assert {value for name, value in row.items() if name.startswith("verdict")} == {""}


def test_a_name_that_is_a_formula_is_none_in_the_table(scored: Session, ben: User, as_ada: Client) -> None:
    ben.display_name = "=HYPERLINK(1)"
    ben.save()
    (row,) = csv.DictReader(StringIO(as_ada.get(TABLES[0]).content.decode()))
    assert row["with"] == "'=HYPERLINK(1) (interviewer)"


@pytest.mark.parametrize("address", [*ZIPS, *TABLES])
def test_days_choose(scored: Session, address: str, as_ada: Client) -> None:
    today = timezone.now().date()
    for query, status in (
        (f"since={today}&until={today}", 200),
        (f"until={today - timedelta(days=1)}", 404),
        (f"since={today + timedelta(days=1)}", 404),
        ("since=yesterday", 400),
        (f"since={today}&until={today - timedelta(days=1)}", 400),
    ):
        answer = as_ada.get(f"{address}?{query}")
        assert (answer.status_code, bool(answer.getvalue())) == (status, True), query


@pytest.mark.parametrize("address", [*ZIPS, *TABLES])
def test_a_stranger_gets_nothing_and_nobody_in_is_asked_to_log_in(
    scored: Session, address: str, as_cleo: Client, client: Client
) -> None:
    refused = as_cleo.get(address)
    assert refused.status_code == 404
    assert str(scored.pk) not in refused.getvalue().decode()
    assert client.get(address).status_code in (302, 401)


def test_a_long_life_is_taken_in_parts(
    scored: Session, as_ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST", 0)
    assert [as_ada.get(address).status_code for address in (ZIPS[0], TABLES[0])] == [422, 422]
    assert not AuditEntry.objects.filter(
        verb=Verb.SESSIONS_EXPORTED
    ).exists()  # what is refused was not taken


def test_it_is_limited(
    scored: Session, as_ada: Client, monkeypatch: pytest.MonkeyPatch, own_counters: None
) -> None:
    monkeypatch.setattr(taking, "TAKE_SESSIONS", Limit("take-one", 1))
    assert [as_ada.get(TABLES[0]).status_code for _ in range(2)] == [200, 429]
