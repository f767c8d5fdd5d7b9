"""Cheat sheets over REST: the same sheets, doors and throttle as on the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from casebank.models import CaseVersion
from interviews.actions import printing
from interviews.models import Session
from interviews.sheets import pdf
from interviews.sheets.general import general
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY
from tests.interviews.sheets.pages import text_of

NOWHERE = "00000000-0000-4000-8000-000000000000"


def test_the_list_leads_to_each(client: Client, case_version: CaseVersion) -> None:
    listed = client.get("/api/v1/sheets/").json()
    assert {"two-loops", "feed-ranking"} <= {one["slug"] for one in listed["patterns"]}
    assert {"seven-step", "nine-step"} <= {one["slug"] for one in listed["frameworks"]}
    assert [one["slug"] for one in listed["cases"]] == ["ad-clicks"]
    assert (listed["total"], listed["next"]) == (1, None)
    for one in (listed["patterns"][0], listed["frameworks"][0], listed["cases"][0]):
        assert client.get(one["markdown"])["Content-Type"] == "text/markdown; charset=utf-8"


def test_the_list_has_the_banks_filters(client: Client, case_version: CaseVersion) -> None:
    assert client.get("/api/v1/sheets/?level=staff").json()["cases"] == []


def test_a_private_case_is_in_nobody_elses_list(
    as_ada: Client, as_cleo: Client, ada: User, case_version: CaseVersion
) -> None:
    case_version.case.owner = ada
    case_version.case.save()
    assert [len(one.get("/api/v1/sheets/").json()["cases"]) for one in (as_ada, as_cleo)] == [1, 0]
    theirs, missing = (as_cleo.get(f"/api/v1/cases/{slug}/sheet.md") for slug in ("ad-clicks", "nope"))
    assert (theirs.status_code, theirs.content) == (404, missing.content)


@pytest.mark.parametrize("accept", ["application/pdf", "*/*", "text/html"])
def test_a_pdf_is_the_pages_pdf_whatever_is_accepted(client: Client, db: None, accept: str) -> None:
    made = client.get("/api/v1/sheets/two-loops.pdf?paper=letter", headers={"Accept": accept})
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert made.content == client.get("/sheets/two-loops.pdf?paper=letter").content


def test_a_case_is_read_through_a_framework(client: Client, case_version: CaseVersion) -> None:
    said = client.get("/api/v1/cases/ad-clicks/sheet.md?framework=nine-step").content.decode()
    assert "EDA and features" in said
    assert CANARY not in said


@pytest.mark.parametrize(
    "path", ["sheets/nope.md", "sheets/two-loops.html", "sheets/two-loops.page", "cases/ad-clicks/sheet.html"]
)
def test_what_there_is_not(client: Client, case_version: CaseVersion, path: str) -> None:
    missing = client.get(f"/api/v1/{path}", headers={"Accept": "application/pdf"})
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")


def test_pages_and_programs_have_one_limit_together(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "NEW_PDFS", replace(printing.NEW_PDFS, what="no-pdf", most=0))
    cache.delete(f"sheet-pdf:{pdf.key(general('two-loops'), 'a4')}")
    refused = client.get("/api/v1/sheets/two-loops.pdf")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert 0 < int(refused["Retry-After"]) <= 600


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_the_guides_sheet_is_for_who_sat_there_after_the_end(
    submitted: Session, as_ada: Client, as_ben: Client, as_cleo: Client, client: Client, form: str
) -> None:
    path = f"/api/v1/sessions/{submitted.pk}/sheet.{form}"
    for seated in (as_ada, as_ben):
        made = seated.get(path)
        assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
        words = made.content.decode() if form == "md" else text_of(made.content)
        assert "Holds the interviewer's guide" in words
    theirs, missing = as_cleo.get(path), as_cleo.get(f"/api/v1/sessions/{NOWHERE}/sheet.{form}")
    assert (theirs.status_code, theirs.content) == (404, missing.content)
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("form", ["md", "pdf"])
def test_nobody_has_it_before_the_end(live: Session, as_ada: Client, as_ben: Client, form: str) -> None:
    for seated in (as_ada, as_ben):
        refused = seated.get(f"/api/v1/sessions/{live.pk}/sheet.{form}")
        assert (refused.status_code, CANARY in refused.content.decode()) == (403, False)
