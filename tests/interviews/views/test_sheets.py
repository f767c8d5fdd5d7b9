"""Who may have which sheet, in which form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion, Guide
from interviews.actions import printing, sessions
from interviews.models import Session
from interviews.sheets import pdf
from interviews.sheets.general import general
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY
from tests.interviews.sheets.pages import text_of

if TYPE_CHECKING:
    from pytest_django import Settings

FORMS = {"/": "text/html", ".html": "text/html", ".md": "text/markdown", ".pdf": "application/pdf"}
SLUGS = ["two-loops", "capacity-arithmetic", "seven-step", "blueprint-45"]


@pytest.fixture(autouse=True)
def _fresh_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests asked for does not count here."""
    monkeypatch.setattr(printing, "NEW_PDFS", replace(printing.NEW_PDFS, what=f"pdf-{uuid4()}"))


@pytest.fixture
def whole_guide(case_version: CaseVersion) -> None:
    """The canary in every part of the guide that a full sheet shows."""
    reference = {
        "objective_chain": {"business_goal": CANARY},
        "decisions": [{"when": CANARY, "pick": "x", "because": "y"}],
        "diagram": {"nodes": [{"id": "a", "label": CANARY}], "edges": [], "frames": []},
        "latency": {"budget_ms": 10.0, "path": [{"part": "a", "ms": 4.0}]},
    }
    capacity = [{"name": "people", "value": 5.0, "unit": "a day", "say": CANARY}]
    Guide.objects.filter(version=case_version).update(
        body={"opening": CANARY, "entities": [CANARY], "capacity": capacity, "reference": reference}
    )


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("ending", "kind"), FORMS.items())
def test_anybody_has_patterns_and_frameworks_in_every_form(
    client: Client, db: None, slug: str, ending: str, kind: str
) -> None:
    response = client.get(f"/sheets/{slug}{ending}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)


def test_the_index_names_all_of_them(client: Client, case_version: CaseVersion) -> None:
    said = client.get("/sheets/").content.decode()
    for slug in (*SLUGS, "feed-ranking", "llm-serving", "nine-step"):
        assert f"/sheets/{slug}/" in said
    assert "/cases/ad-clicks/sheet/" in said


@pytest.mark.parametrize(
    "path", ["/sheets/nope/", "/sheets/nope.pdf", "/sheets/two-loops.docx", "/cases/nope/sheet/"]
)
def test_what_there_is_not_is_a_404(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_letter_is_another_page_than_a4(client: Client, db: None) -> None:
    a4, letter = (client.get(f"/sheets/two-loops/?paper={paper}") for paper in ("a4", "letter"))
    assert "sheets/a4.css" in a4.content.decode()
    assert "sheets/letter.css" in letter.content.decode()
    assert "two-loops.pdf?paper=letter" in letter.content.decode()


@pytest.mark.parametrize(
    "query", ["paper=%00", "paper=a4&paper=x", "framework=%00", "framework=nine-step'--"]
)
def test_odd_wishes_are_the_default(client: Client, case_version: CaseVersion, query: str) -> None:
    said = client.get(f"/cases/ad-clicks/sheet/?{query}").content.decode()
    assert "sheets/a4.css" in said
    assert "Clarify requirements" in said


def test_a_page_has_no_styles_of_its_own_and_a_saved_one_names_no_other_file(
    client: Client, db: None
) -> None:
    page = client.get("/sheets/two-loops/").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    saved = client.get("/sheets/two-loops.html")
    assert saved["Content-Disposition"] == 'attachment; filename="the-two-loops.html"'
    said = saved.content.decode()
    assert "@page" in said
    assert not re.search(r"<(link|script|img)|url\(|@import", said)


@pytest.mark.parametrize("framework", ["seven-step", "nine-step"])
def test_a_case_is_read_through_a_framework(
    client: Client, case_version: CaseVersion, framework: str
) -> None:
    said = client.get(f"/cases/ad-clicks/sheet.md?framework={framework}").content.decode()
    assert ("EDA and features" in said) is (framework == "nine-step")
    assert "ranks ads" in said


@pytest.mark.parametrize("ending", FORMS)
def test_a_cases_sheet_holds_nothing_of_the_guide(
    client: Client, case_version: CaseVersion, whole_guide: None, ending: str
) -> None:
    path = "sheet/" if ending == "/" else f"sheet{ending}"
    body = client.get(f"/cases/ad-clicks/{path}").content
    if ending == ".pdf":
        assert CANARY not in text_of(body)
        assert "ranks ads" in text_of(body)
    else:
        assert CANARY not in body.decode()


def test_somebody_elses_case_looks_like_a_missing_one(
    as_cleo: Client, ada: User, case_version: CaseVersion
) -> None:
    case_version.case.owner = ada
    case_version.case.save()
    for path in ("sheet/", "sheet.md", "sheet.pdf"):
        assert as_cleo.get(f"/cases/ad-clicks/{path}").status_code == 404


@pytest.mark.parametrize("ending", ["/", ".md", ".html", ".pdf"])
def test_both_have_the_full_sheet_after_the_end(
    submitted: Session, whole_guide: None, as_ada: Client, as_ben: Client, ending: str
) -> None:
    for browser in (as_ada, as_ben):
        response = browser.get(f"/sessions/{submitted.pk}/sheet{ending}")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        if ending != ".pdf":
            assert CANARY in response.content.decode()


def test_the_report_leads_to_it(submitted: Session, as_ada: Client) -> None:
    report = as_ada.get(f"/sessions/{submitted.pk}/report/").content.decode()
    assert f"/sessions/{submitted.pk}/sheet/" in report


@pytest.mark.parametrize("path", ["sheet/", "sheet.md", "sheet.html", "sheet.pdf"])
def test_cleo_finds_nothing(submitted: Session, as_cleo: Client, client: Client, path: str) -> None:
    assert as_cleo.get(f"/sessions/{submitted.pk}/{path}").status_code == 404
    assert client.get(f"/sessions/{submitted.pk}/{path}").status_code == 302


@pytest.mark.parametrize("path", ["sheet/", "sheet.md", "sheet.html", "sheet.pdf"])
def test_nobody_has_it_before_the_end(
    live: Session, whole_guide: None, as_ada: Client, as_ben: Client, path: str
) -> None:
    for browser in (as_ada, as_ben):
        response = browser.get(f"/sessions/{live.pk}/{path}")
        assert response.status_code == 403
        assert CANARY.encode() not in response.content


def test_a_session_that_never_ran_opens_nothing(
    make_session: Callable[..., Session], ada: User, as_ada: Client, whole_guide: None
) -> None:
    session = make_session(ada, mode="solo")
    sessions.abandon(session=session, by=session.seats.get(), now=timezone.now())
    assert as_ada.get(f"/sessions/{session.pk}/sheet/").status_code == 403


def test_it_closes_while_the_same_case_waits_for_the_same_candidate(
    submitted: Session, make_session: Callable[..., Session], ada: User, as_ada: Client, as_ben: Client
) -> None:
    again = make_session(ada, mode="solo", now=timezone.now() + timedelta(seconds=1))
    address = f"/sessions/{submitted.pk}/sheet/"
    assert as_ada.get(address).status_code == 403
    assert as_ben.get(address).status_code == 200
    sessions.abandon(session=again, by=again.seats.get(), now=timezone.now())
    assert as_ada.get(address).status_code == 200


@pytest.mark.asvs("15.2.2")
def test_new_pdfs_are_limited_and_kept_ones_are_not(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/sheets/two-loops.pdf").status_code == 200
    monkeypatch.setattr(printing, "NEW_PDFS", replace(printing.NEW_PDFS, most=0))
    assert client.get("/sheets/two-loops.pdf").status_code == 200
    cache.delete(f"sheet-pdf:{pdf.key(general('two-loops'), 'a4')}")
    refused = client.get("/sheets/two-loops.pdf")
    assert refused.status_code == 429
    assert "try again in" in refused.content.decode()
    assert "The page itself prints as well" in refused.content.decode()


def test_without_the_cache_there_is_no_pdf_but_there_is_the_page(
    client: Client, db: None, settings: Settings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    assert client.get("/sheets/two-loops.pdf").status_code == 503
    assert client.get("/sheets/two-loops/").status_code == 200
