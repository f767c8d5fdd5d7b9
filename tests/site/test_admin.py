"""An admin who looks for the cases is told where they are written."""

from __future__ import annotations

import pytest
from django.test import Client

from casebank.models import Draft
from mlsd_site.accounts.models import User
from tests.casebank.shelf import CANARY, case


@pytest.fixture
def as_admin(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("root@example.com", "x", display_name="Root"))
    return client


def test_the_admin_site_says_that_cases_are_files_and_leads_to_the_bank(as_admin: Client) -> None:
    said = as_admin.get("/admin/").content.decode()
    assert "Cases are not edited here" in said
    assert 'href="/cases/"' in said


def test_a_project_case_says_so_to_admins_and_can_be_forked(as_admin: Client) -> None:
    case("feed")
    said = as_admin.get("/cases/feed/").content.decode()
    assert "casebank/content/cases/feed/" in said
    assert as_admin.post("/cases/feed/versions/1/fork/").status_code == 302
    assert CANARY not in Draft.objects.get().text
    refused = as_admin.post("/cases/feed/edit/")
    assert refused.status_code == 403
    assert "changed in their files" in refused.content.decode()


def test_others_are_not_told_what_does_not_concern_them(as_ada: Client, ada: User) -> None:
    case("feed")
    case("own", owner=ada)
    for slug in ("feed", "own"):
        assert "data-project-case" not in as_ada.get(f"/cases/{slug}/").content.decode()


def test_an_admin_does_not_see_what_people_write(as_admin: Client, ada: User) -> None:
    case("own", owner=ada)
    assert as_admin.get("/cases/own/").status_code == 404
    assert "own" not in [one["slug"] for one in as_admin.get("/api/v1/cases/").json()["cases"]]
