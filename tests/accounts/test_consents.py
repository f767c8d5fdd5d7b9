"""The installation's terms, and the list of all that one has agreed to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from interviews.actions import availability, groups, memberships, second, shares
from interviews.audit.verbs import Kind, Verb
from interviews.models import AuditEntry
from interviews.queries.own_consents import given_by
from interviews.rules.shares import Wish
from mlsd_site.accounts.models import Agreement, User
from tests.accounts.test_accounts import NEW
from tests.interviews import history
from tests.interviews.stage import pair, published_case

pytestmark = pytest.mark.django_db
PAGE = "/accounts/consents/"
NOW = timezone.now()


def words(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def terms(settings: Settings) -> Settings:
    settings.TERMS_URL, settings.TERMS_VERSION = "https://example.org/terms", "2026-1"
    return settings


def test_who_signs_up_agrees_to_the_terms_of_that_day(client: Client, terms: Settings) -> None:
    refused = client.post("/accounts/signup/", NEW)
    assert refused.status_code == 200
    assert "Without agreeing to the terms" in refused.content.decode()
    assert not User.objects.exists()
    client.post("/accounts/signup/", {**NEW, "terms": "on"})
    made = Agreement.objects.get()
    assert (made.user.email, made.version) == (NEW["email"], "2026-1")
    assert AuditEntry.objects.get(kind=Kind.TERMS).verb == Verb.CONSENT_GIVEN


def test_without_terms_nobody_is_asked(client: Client, as_ada: Client) -> None:
    assert "terms" not in client.get("/accounts/signup/").content.decode()
    as_ada.post(PAGE)
    assert not Agreement.objects.exists()


def test_new_terms_are_agreed_to_anew(ada: User, as_ada: Client, terms: Settings) -> None:
    assert "You have not been asked" in words(as_ada)
    for _ in range(2):
        as_ada.post(PAGE)
    assert "I agree" not in words(as_ada)
    terms.TERMS_VERSION = "2026-2"
    assert "They have changed since you agreed. Read version 2026-2" in words(as_ada)
    as_ada.post(PAGE)
    assert set(ada.agreements.values_list("version", flat=True)) == {"2026-1", "2026-2"}
    assert AuditEntry.objects.filter(actor=ada.pk, verb=Verb.CONSENT_GIVEN).count() == 2


def test_all_that_one_agreed_to_stands_in_one_list(
    ada: User, ben: User, cleo: User, as_ada: Client, as_cleo: Client
) -> None:
    session = history.held(ada, ben, published_case(), ended=NOW - timedelta(days=9))
    history.agree(session)
    history.sheet(session, 1)
    history.sent(session, ben, 1)
    seat = session.seats.select_related("session__case_version__case", "user").get(user=ada)
    second.offer(seat=seat, now=NOW)
    shares.create(seat=seat, wish=Wish(frozenset({"verdict"}), timedelta(days=7)), now=NOW)
    group = groups.create(by=ben, name="Circle", description="", now=NOW)
    memberships.join(token=memberships.make_link(group=group, by=ben, now=NOW), by=ada, now=NOW)
    memberships.show_levels(group=group, user_id=ada.pk, shows=True, now=NOW)
    availability.list_me(by=ada, wanted="either", language="en", now=NOW)
    found = {one.what: one for one in given_by(ada)}
    assert len(found) == 5
    assert found["Your levels shown to a group's mentors"].at == NOW
    said = words(as_ada)
    for one in found.values():
        assert one.at
        assert one.what.replace("'", "&#x27;") in said
        assert as_ada.get(one.href).status_code == 200, one.what
    memberships.show_levels(group=group, user_id=ada.pk, shows=False, now=NOW)
    assert len(given_by(ada)) == 4
    assert "Nothing yet." in words(as_cleo)


def test_the_case_of_a_session_ahead_is_not_told(ada: User, ben: User) -> None:
    made = pair(ada, ben)
    titles = {one.thing for one in given_by(ada)}
    assert titles <= {"A session that has not ended"}
    assert made.session.case_version.title not in titles
