"""The bank over REST: the same doors as the pages, and no guide."""

from __future__ import annotations

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from casebank.browse import PAGE
from mlsd_site.accounts.models import User
from tests.casebank.shelf import CANARY, case

pytestmark = pytest.mark.django_db


def test_anybody_reads_the_public_cases(client: Client, ada: User) -> None:
    case("feed", tags=["social"])
    case("secret", owner=ada)
    shelf = client.get("/api/v1/cases/").json()
    assert [entry["slug"] for entry in shelf["cases"]] == ["feed"]
    assert (shelf["total"], shelf["next"], shelf["weakest_step"]) == (1, None, None)
    assert shelf["facets"] == {
        "tags": {"social": 1},
        "levels": {"senior": 1},
        "kinds": {"ranking": 1},
        "undone": 1,
        "unseen": 1,
    }
    assert "prompt" not in shelf["cases"][0]


def test_the_filters_are_those_of_the_page(client: Client) -> None:
    case("feed", tags=["social"])
    case("fraud", tags=["payments"])
    found = client.get("/api/v1/cases/?words=paym").json()
    assert [entry["slug"] for entry in found["cases"]] == ["fraud"]


def test_pages_lead_to_each_other(client: Client) -> None:
    for i in range(PAGE + 1):
        case(f"case-{i:02}")
    first = client.get("/api/v1/cases/?level=senior").json()
    second = client.get(first["next"]).json()
    assert [entry["slug"] for entry in second["cases"]] == ["case-24"]
    assert second["previous"] == "http://testserver/api/v1/cases/?level=senior"


def test_one_case_has_its_prompt_and_never_its_guide(client: Client) -> None:
    case("feed", prompt="Design **it**.")
    answer = client.get("/api/v1/cases/feed/")
    assert answer.json()["prompt"] == "Design **it**."
    assert CANARY not in answer.content.decode()


def test_a_strangers_case_looks_like_a_missing_one(as_ada: Client, as_cleo: Client, ada: User) -> None:
    case("secret", owner=ada)
    assert as_ada.get("/api/v1/cases/secret/").json()["seen"] is True
    hidden, missing = as_cleo.get("/api/v1/cases/secret/"), as_cleo.get("/api/v1/cases/nothing/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.parametrize("path", ["cases/", "cases/feed/"])
def test_nobody_writes_here(path: str, as_ada: Client) -> None:
    case("feed")
    for method in (as_ada.post, as_ada.put, as_ada.patch, as_ada.delete):
        assert method(f"/api/v1/{path}").status_code == 405


def test_the_schema_names_the_routes_and_their_filters() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    parameters = schema["paths"]["/api/v1/cases/"]["get"]["parameters"]
    assert {"words", "tag", "level", "kind", "undone", "unseen", "sort", "page"} == {
        one["name"] for one in parameters
    }
    assert "prompt" in schema["components"]["schemas"]["OneCaseShape"]["properties"]
    assert "prompt" not in schema["components"]["schemas"]["CaseShape"]["properties"]


def test_every_route_has_a_schema_and_no_two_shapes_share_a_name() -> None:
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    assert not GENERATOR_STATS
