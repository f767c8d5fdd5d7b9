"""Every REST route of a case: Ada owns it, Ben sees it, Cleo is a stranger, and nobody has logged in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from casebank.models import Case, CaseVersion, Draft
from tests.casebank.authoring.conftest import CANARY

JSON = "application/json"
# method, path below the case, and what Ada, Ben, Cleo and nobody are answered. To Cleo it looks as a missing case does.
CASE_ROUTES = [
    ("get", "", 200, 200, 404, 404),
    ("get", "versions/", 200, 200, 404, 401),
    ("get", "versions/1/", 200, 200, 404, 401),
    ("get", "versions/9/", 404, 404, 404, 401),
    ("get", "versions/diff/?old=1&new=2", 200, 200, 404, 401),
    ("get", "versions/diff/", 400, 400, 404, 401),
    ("get", "versions/1/export/", 200, 403, 404, 401),
    ("post", "versions/1/fork/", 201, 201, 404, 401),
    ("post", "edit/", 200, 403, 404, 401),
    ("get", "shares/", 200, 403, 404, 401),
    ("post", "shares/", 400, 403, 404, 401),
    ("delete", "shares/1/", 204, 403, 404, 401),
    ("get", "sheet.md", 200, 200, 404, 404),
    ("get", "sheet.pdf", 200, 200, 404, 404),
    ("post", "restore/", 404, 404, 404, 401),
    ("post", "retire/", 204, 403, 404, 401),
]
# Elsewhere: what those who have logged in are answered, and nobody.
ROUTES = [
    ("get", "cases/", 200, 200),
    ("get", "cases/retired/", 200, 401),
    ("get", "frameworks/", 200, 200),
    ("get", "frameworks/seven-step/", 200, 200),
    ("get", "frameworks/none/", 404, 404),
    ("get", "primer/", 200, 200),
    ("get", "primer/calibration/", 200, 200),
    ("get", "primer/none/", 404, 404),
    ("get", "sheets/", 200, 200),
    ("get", "sheets/two-loops.md", 200, 200),
    ("get", "sheets/two-loops.docx", 404, 404),
    ("get", "drafts/", 200, 401),
    ("post", "drafts/", 400, 401),
    ("post", "drafts/import/", 415, 401),
]


@pytest.fixture
def address(shared: Case, second: CaseVersion) -> str:
    """Ada's case, with two versions, shared with Ben."""
    return f"/api/v1/cases/{shared.slug}/"


@pytest.mark.parametrize(("method", "path", "owner", "seer", "stranger", "nobody"), CASE_ROUTES)
def test_a_case(
    address: str,
    as_ada: Client,
    as_ben: Client,
    as_cleo: Client,
    client: Client,
    method: str,
    path: str,
    owner: int,
    seer: int,
    stranger: int,
    nobody: int,
) -> None:
    sent = {} if method == "get" else {"content_type": JSON}
    for asking, status in ((as_ben, seer), (as_cleo, stranger), (client, nobody), (as_ada, owner)):
        answer = getattr(asking, method)(address + path, **sent)
        assert answer.status_code == status
        if asking is not as_ada:
            assert CANARY not in answer.content.decode(errors="ignore")
        if status >= 400:
            assert answer["Content-Type"] == "application/problem+json"
    missing = getattr(as_cleo, method)("/api/v1/cases/no-such-case/" + path, **sent)
    assert getattr(as_cleo, method)(address + path, **sent).content == missing.content


@pytest.mark.parametrize(("method", "path", "known", "nobody"), ROUTES)
def test_elsewhere(
    address: str, as_cleo: Client, client: Client, method: str, path: str, known: int, nobody: int
) -> None:
    sent = {} if method == "get" else {"content_type": JSON}
    for asking, status in ((as_cleo, known), (client, nobody)):
        answer = getattr(asking, method)(f"/api/v1/{path}", **sent)
        assert answer.status_code == status
        assert "Ad clicks, again" not in answer.content.decode()


def test_no_route_stands_outside_of_these_lists() -> None:
    """Those of sessions have their own tests (tests/interviews/api)."""
    kept = {str(name) for name in get_resolver("casebank.api.urls").reverse_dict if isinstance(name, str)}
    listed = {
        match.url_name
        for path in [f"cases/x/{route[1]}" for route in CASE_ROUTES] + [route[1] for route in ROUTES]
        if not path.split("?")[0].endswith((".md", ".pdf", ".docx")) and path != "sheets/"
        for match in [get_resolver("casebank.api.urls").resolve("/" + path.split("?")[0])]
    }
    # A draft's own routes: test_rest.py. Many cases at once: test_exchange.py.
    assert kept - listed == {"api_draft", "api_draft_publish", "api_cases_export", "api_cases_import"}


@pytest.mark.parametrize("path", ["edit/", "retire/", "restore/", "shares/1/", "versions/1/fork/"])
def test_a_link_changes_nothing(address: str, as_ada: Client, path: str) -> None:
    assert as_ada.get(address + path).status_code == 405


def test_forged_posts_are_refused(address: str, as_ada: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_ada.cookies
    before = Draft.objects.count()
    for path in ("retire/", "versions/1/fork/", "shares/"):
        assert strict.post(address + path, {"email": "x@example.com"}, content_type=JSON).status_code == 403
    assert Draft.objects.count() == before
    assert Case.objects.get().retired_at is None


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999999999", "1" * 5000], ids=lambda n: n[:8])
def test_a_version_that_never_was(address: str, as_ada: Client, number: str) -> None:
    assert as_ada.get(f"{address}versions/{number}/").status_code == 404
    assert as_ada.get(f"{address}versions/{number}/export/").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [("old=1&new=9", 404), ("old=x&new=1", 400), ("old=1", 400), ("old=1&new=" + "9" * 40, 400)],
)
def test_comparing_what_is_not_there(address: str, as_ada: Client, query: str, status: int) -> None:
    assert as_ada.get(f"{address}versions/diff/?{query}").status_code == status
