"""Versions, shares, forks, exports and imports over REST: the same verbs, words and limits as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casebank import limits
from casebank.actions import drafts
from casebank.limits import Limit
from casebank.models import Case, CaseVersion, Draft
from tests.casebank.authoring.conftest import CANARY, confirm
from tests.casebank.shelf import case

JSON = "application/json"


@pytest.fixture
def address(shared: Case, second: CaseVersion) -> str:
    """Ada's case, with two versions, shared with Ben."""
    return f"/api/v1/cases/{shared.slug}/"


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, body, content_type=JSON)


def upload(client: Client, content: bytes, name: str = "x.yaml") -> Any:
    return client.post("/api/v1/drafts/import/", {"file": SimpleUploadedFile(name, content)})


def test_the_versions_and_what_one_may_do_with_them(address: str, as_ada: Client, as_ben: Client) -> None:
    listed = as_ada.get(f"{address}versions/").json()
    assert [(one["number"], one["owns"], one["reads_guide"]) for one in listed] == [
        (2, True, True),
        (1, True, True),
    ]
    assert {one["reads_guide"] for one in as_ben.get(f"{address}versions/").json()} == {False}
    old = as_ben.get(f"{address}versions/1/").json()
    assert (old["title"], old["number"], "prompt" in old) == ("Ad click prediction", 1, True)
    assert old["starter"]["nodes"]


def test_the_owner_compares_all_and_others_the_candidates_half(
    address: str, as_ada: Client, as_ben: Client
) -> None:
    path = f"{address}versions/diff/?old=1&new=2"
    whole, half = as_ada.get(path), as_ben.get(path)
    assert (whole.json()["whole"], half.json()["whole"]) == (True, False)
    assert "Another opening" in whole.content.decode()
    new = [line for line in half.json()["lines"] if line["kind"] == "new"]
    assert [line["text"].strip() for line in new] == ["title: Ad clicks, again"]


def test_an_export_imported_again_is_the_same_case(
    address: str, published: CaseVersion, as_ada: Client
) -> None:
    exported = as_ada.get(f"{address}versions/1/export/", headers={"Accept": "application/yaml"})
    assert exported["Content-Type"] == "application/yaml; charset=utf-8"
    assert exported["Content-Disposition"] == 'attachment; filename="ad-clicks-v1.yaml"'
    page = as_ada.get(f"/cases/{published.case.slug}/versions/1/export/")
    assert exported.content == page.content
    made = upload(as_ada, exported.content)
    assert (made.status_code, made.json()["faults"]) == (201, [])
    content = drafts.check(Draft.objects.get(pk=made.json()["id"]).text).content
    assert content
    assert content.digest() == published.content_hash


def test_a_refused_export_is_json_whatever_was_accepted(address: str, as_ben: Client) -> None:
    refused = as_ben.get(f"{address}versions/1/export/", headers={"Accept": "application/yaml"})
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "has held an interview" in refused.json()["detail"]


def test_a_fork_is_a_draft_of_ones_own_with_the_guide_for_those_who_may(
    address: str, as_ada: Client, as_ben: Client
) -> None:
    theirs, own = (post(one, f"{address}versions/1/fork/").json() for one in (as_ben, as_ada))
    assert (CANARY in theirs["text"], CANARY in own["text"]) == (False, True)
    assert (theirs["case"], own["case"]) == (None, None)
    assert len(as_ben.get("/api/v1/drafts/").json()) == 1


def test_editing_gives_the_one_draft_that_there_is(address: str, draft: Draft, as_ada: Client) -> None:
    assert {post(as_ada, f"{address}edit/").json()["id"] for _ in range(2)} == {str(draft.pk)}


def test_a_case_is_shared_and_taken_back(
    published: CaseVersion, as_ada: Client, as_ben: Client, ben: Any
) -> None:
    confirm(ben)
    path = f"/api/v1/cases/{published.case.slug}/shares/"
    made = post(as_ada, path, email="BEN@example.com")
    assert (made.status_code, made.json()["email"]) == (201, "ben@example.com")
    assert post(as_ada, path, email="ben@example.com").json() == made.json()
    assert as_ada.get(path).json() == [made.json()]
    assert as_ben.get(f"/api/v1/cases/{published.case.slug}/").status_code == 200
    assert as_ada.delete(f"{path}{made.json()['id']}/").status_code == 204
    assert as_ada.delete(f"{path}{made.json()['id']}/").status_code == 204
    assert as_ben.get(f"/api/v1/cases/{published.case.slug}/").status_code == 404


@pytest.mark.parametrize(
    "body", ["[]", '"x"', "5", "null", "{", '{"email": []}', '{"email": "x"}', '{"email": "a\\u0000@b.de"}']
)
def test_what_is_no_address_is_refused_in_words(published: CaseVersion, as_ada: Client, body: str) -> None:
    path = f"/api/v1/cases/{published.case.slug}/shares/"
    refused = as_ada.post(path, body, content_type=JSON)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert not published.case.shares.exists()


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("big.yaml", b"a: 1\n" * 10_000_000, 400, "big.yaml is larger than 400 kB"),
        ("latin.yaml", "a: 1\nb: é".encode("latin-1"), 400, "latin.yaml, line 2: this is not UTF-8 text"),
        ("nul.yaml", b"a: 1\nb: \x00", 422, "Line 2 holds a character"),
    ],
    ids=["big", "latin", "nul"],
)
def test_a_file_that_cannot_be_kept(
    as_ada: Client, name: str, content: bytes, status: int, said: str
) -> None:
    refused = upload(as_ada, content, name)
    assert refused.status_code == status
    assert said in refused.content.decode()
    assert not Draft.objects.exists()


def test_importing_nothing_says_so(as_ada: Client) -> None:
    refused = as_ada.post("/api/v1/drafts/import/", {})
    assert (refused.status_code, "Choose a file" in refused.content.decode()) == (400, True)


@pytest.mark.parametrize("what", ["FORK", "SHARE", "RETIRE", "IMPORT"])
def test_pages_and_programs_have_one_limit_together(
    address: str, as_ada: Client, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    page = address.removeprefix("/api/v1")
    monkeypatch.setattr(limits, what, Limit(f"one-{what}-{address}", 1))
    by_page, by_program = {
        "FORK": (f"{page}versions/1/fork/", f"{address}versions/1/fork/"),
        "SHARE": (f"{page}sharing/", f"{address}shares/"),
        "RETIRE": (f"{page}retire/", f"{address}retire/"),
        "IMPORT": ("/cases/drafts/new/", "/api/v1/drafts/import/"),
    }[what]
    if what == "RETIRE":
        by_page, by_program = by_program, f"{address}restore/"
    as_ada.post(by_page, {"email": "a@example.com", "text": "x"})
    refused = as_ada.post(by_program, {"email": "b@example.com", "text": "x"})
    if what in ("SHARE", "IMPORT") and refused.status_code == 415:
        refused = post(as_ada, by_program, email="b@example.com")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_the_projects_own_cases_say_that_they_are_files(as_ada: Client, db: None) -> None:
    case("feed")
    for path in ("edit/", "retire/"):
        refused = post(as_ada, f"/api/v1/cases/feed/{path}")
        assert (refused.status_code, "changed in their files" in refused.json()["detail"]) == (403, True)
    assert post(as_ada, "/api/v1/cases/feed/versions/1/fork/").status_code == 201
