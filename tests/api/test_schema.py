"""What the API says of itself is what it does, and to a candidate not a word of what is hidden."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.management import call_command
from django.test import Client

from mlsd_site.accounts.models import User
from mlsd_site.api.schema import ROLES, schema_for
from tests import routes

pytestmark = pytest.mark.django_db
# What a candidate's schema must not say.
HIDDEN = ("guide", "private", "marks", "probe", "reference solution", "red_flag")
METHODS = {"get", "post", "put", "patch", "delete"}


def test_it_is_made_without_a_warning() -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=io.StringIO())


def test_every_route_is_in_it() -> None:
    """The page and the documents themselves, and nothing else, are not."""
    said = {re.sub(r"\{(\w+)\}", r"<\1>", path) for path in schema_for("admin")["paths"]}
    there = {
        "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", route)
        for route in routes.templates()
        if route.startswith("api/")
    }
    assert there - said == {"/api/v1/docs/", "/api/v1/schema/<role>.json"}
    assert said <= there


def test_each_role_has_its_own() -> None:
    paths = [set(schema_for(role)["paths"]) for role in ROLES]
    assert paths[0] < paths[1] <= paths[2]
    assert "/api/v1/sessions/{pk}/guide/" not in paths[0]


def test_a_candidates_knows_nothing_hidden() -> None:
    words = json.dumps(schema_for("candidate")).lower()
    assert [word for word in HIDDEN if word in words] == []


def test_operations_have_names_of_their_own() -> None:
    names = [
        operation["operationId"]
        for methods in schema_for("admin")["paths"].values()
        for method, operation in methods.items()
        if method in METHODS
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("role", ROLES)
def test_who_is_given_which(role: str, client: Client, as_ada: Client, signed_in: object, ada: User) -> None:
    path = f"/api/v1/schema/{role}.json"
    assert client.get(path).status_code == (200 if role == "candidate" else 403)
    assert as_ada.get(path).status_code == (403 if role == "admin" else 200)
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    assert as_ada.get(path).json()["openapi"].startswith("3.")


def test_there_is_no_other(client: Client) -> None:
    assert client.get("/api/v1/schema/owner.json").status_code == 404


def test_the_page_shows_them_from_our_own_house(client: Client, as_ada: Client) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    assert "/sessions/{pk}/start/" in page
    assert "/guide/" not in page
    assert not re.search(r"""(src|href)=["']https?:""", page)
    assert "/guide/" in as_ada.get("/api/v1/docs/?role=interviewer").content.decode()
    assert client.get("/api/v1/docs/?role=interviewer").status_code == 403
