from __future__ import annotations

import re

import pytest
from django.test import Client

from casebank.access import guide_of
from casebank.models import Case, CaseVersion
from mlsd_site.accounts.models import User
from tests.interviews.stage import CASE, published_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> CaseVersion:
    return published_case()


def test_the_list_shows_the_case_to_anybody(client: Client, version: CaseVersion) -> None:
    assert "Ad click prediction" in client.get("/cases/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=click", True),
        ("words=ADS", True),
        ("words=retrieval", False),
        ("level=senior", True),
        ("level=staff", False),
        ("kind=classification&tag=ads", True),
        ("tag=nope", False),
        ("words=%00%27%22--", False),
    ],
)
def test_filters(client: Client, version: CaseVersion, query: str, found: bool) -> None:
    assert ("Ad click prediction" in client.get(f"/cases/?{query}").content.decode()) is found


def test_htmx_gets_the_list_alone(client: Client, version: CaseVersion) -> None:
    response = client.get("/cases/", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_words_of_the_guide_find_nothing(client: Client, version: CaseVersion) -> None:
    assert "Ad click prediction" not in client.get("/cases/?words=second-price").content.decode()


def test_the_page_of_a_case_shows_the_prompt_and_never_the_guide(
    client: Client, version: CaseVersion
) -> None:
    page = client.get(f"/cases/{CASE}/").content.decode()
    assert "<strong>this person</strong>" in page
    for fact in guide_of(version)["facts"]:
        assert fact["answer"][:60] not in page


def test_a_hidden_case_looks_like_a_missing_one(as_cleo: Client, ada: User, version: CaseVersion) -> None:
    Case.objects.filter(pk=version.case_id).update(owner=ada)
    hidden, missing = as_cleo.get(f"/cases/{CASE}/"), as_cleo.get("/cases/no-such-case/")
    assert hidden.status_code == missing.status_code == 404
    assert _without_token(hidden.content) == _without_token(missing.content)


def _without_token(body: bytes) -> bytes:
    return re.sub(rb'("X-CSRFToken": ")[^"]+|(name="csrfmiddlewaretoken" value=")[^"]+', b"", body)
