"""New terms are asked for on top of the pages, once, and nothing waits for the answer."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from interviews.audit.verbs import Verb
from interviews.models import AuditEntry, Session
from mlsd_site.accounts.deletion import delete
from mlsd_site.accounts.models import User
from tests.accounts import archives
from tests.accounts.test_consents import NOW
from tests.interviews.views.test_queries import PAGES

pytestmark = pytest.mark.django_db
BAR, KEPT = 'id="new-terms"', "/accounts/consents/"


@pytest.fixture
def terms(settings: Settings, as_ada: Client) -> Settings:
    """Ada agreed to the first; there are second ones."""
    settings.TERMS_URL, settings.TERMS_VERSION = "https://example.org/terms", "1"
    settings.TERMS_CHANGES_URL = "https://example.org/changes"
    as_ada.post(KEPT)
    settings.TERMS_VERSION = "2"
    return settings


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("terms")
def test_it_says_where_to_read_what_changed(as_ada: Client, as_ben: Client) -> None:
    said = body(as_ada, "/")
    assert BAR in said
    assert "The terms have changed." in said
    assert "https://example.org/changes" in said
    assert "have not been asked for" in body(as_ben, "/")


@pytest.mark.usefixtures("terms")
def test_accepting_is_recorded_as_on_the_page_and_leads_back(as_ada: Client, ada: User) -> None:
    back = "/cases/?words=rank"
    assert as_ada.post(KEPT, {"next": back})["Location"] == back
    assert BAR not in body(as_ada, "/")
    assert list(ada.agreements.values_list("version", flat=True)) == ["2", "1"]
    assert AuditEntry.objects.filter(actor=ada.pk, verb=Verb.CONSENT_GIVEN).count() == 2


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(back: str, as_ada: Client) -> None:
    assert as_ada.post(KEPT, {"next": back})["Location"] == KEPT


@pytest.mark.usefixtures("terms")
def test_with_a_script_the_page_stays_and_the_bar_goes(as_ada: Client) -> None:
    said = as_ada.post(KEPT, headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert "Your answer is kept." in said.content.decode()
    assert "<html" not in said.content.decode()


@pytest.mark.usefixtures("terms")
def test_it_stands_neither_in_a_room_nor_where_it_is_asked_anyway_nor_for_strangers(
    live: Session, as_ada: Client, client: Client
) -> None:
    assert BAR not in body(as_ada, f"/sessions/{live.pk}/")
    assert BAR not in body(as_ada, KEPT)
    assert BAR not in body(client, "/")
    assert "terms" not in body(as_ada, f"/api/v1/sessions/{live.pk}/")


@pytest.mark.usefixtures("terms")
def test_it_holds_nobody_up(as_ada: Client, ada: User) -> None:
    assert archives.taken(as_ada)
    assert "Delete" in body(as_ada, "/accounts/data/delete/")
    delete(user_id=ada.pk, now=NOW)
    assert not User.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize("address", PAGES)
def test_asking_costs_no_query(address: str, terms: Settings, as_ada: Client) -> None:
    counts = []
    for version in ("2", ""):
        terms.TERMS_VERSION = version
        as_ada.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert (BAR in body(as_ada, address)) == bool(version)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_without_terms_nobody_is_asked(as_ada: Client) -> None:
    assert BAR not in body(as_ada, "/")
