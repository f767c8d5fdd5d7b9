"""Writing cases over REST: the verbs of the editor, for programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from casebank.models import CaseVersion, Draft

JSON = "application/json"
LIST = "/api/v1/drafts/"


def address(draft: Draft, rest: str = "") -> str:
    return f"{LIST}{draft.pk}/{rest}"


def put(client: Client, draft: Draft, text: str, base: int) -> Any:
    return client.put(address(draft), {"text": text, "base": base}, content_type=JSON)


def test_a_case_is_written_mended_and_published(whole: str, as_ada: Client) -> None:
    faulty = whole.replace("level: senior", "level: wizard")
    made = as_ada.post(LIST, {"text": faulty}, content_type=JSON)
    assert made.status_code == 201
    said = made.json()
    assert said["faults"][0]["key"] == "case.level"
    assert said["faults"][0]["line"] > 1
    draft = Draft.objects.get(pk=said["id"])
    refused = as_ada.post(address(draft, "publish/"), {"base": 1}, content_type=JSON)
    assert (refused.status_code, refused.json()["faults"]) == (422, said["faults"])
    assert not CaseVersion.objects.filter(case__owner=draft.owner).exists()
    saved = put(as_ada, draft, whole, 1).json()
    assert (saved["version"], saved["faults"], saved["text"]) == (2, [], whole)
    published = as_ada.post(address(draft, "publish/"), {"base": 2}, content_type=JSON).json()
    assert (published["version"], published["outcome"]) == (1, "new")
    assert as_ada.get(LIST).json()[0]["case"] == published["slug"]
    assert as_ada.get(f"/api/v1/cases/{published['slug']}/").json()["title"] == "Ad click prediction"


def test_a_stale_save_gets_the_stored_text_and_changes_nothing(draft: Draft, as_ada: Client) -> None:
    put(as_ada, draft, draft.text + "# one\n", 1)
    answer = put(as_ada, draft, draft.text + "# other\n", 1)
    assert answer.status_code == 409
    assert answer.json()["text"].endswith("# one\n")
    assert answer.json()["version"] == 2
    late = as_ada.post(address(draft, "publish/"), {"base": 1}, content_type=JSON)
    assert late.status_code == 409


def test_a_draft_is_discarded(draft: Draft, as_ada: Client) -> None:
    assert as_ada.delete(address(draft)).status_code == 204
    assert as_ada.get(address(draft)).status_code == 404


def test_somebody_elses_draft_looks_like_a_missing_one(draft: Draft, as_ben: Client, as_cleo: Client) -> None:
    nowhere = "/api/v1/drafts/00000000-0000-4000-8000-000000000000/"
    for client in (as_ben, as_cleo):
        theirs, missing = client.get(address(draft)), client.get(nowhere)
        assert (theirs.status_code, theirs.content) == (404, missing.content)
        assert put(client, draft, "x", 1).status_code == 404
        assert client.delete(address(draft)).status_code == 404
        assert client.post(address(draft, "publish/"), {"base": 1}, content_type=JSON).status_code == 404
        assert client.get(LIST).json() == []
    assert Draft.objects.filter(pk=draft.pk, version=1).exists()


def test_nobody_writes_without_logging_in(draft: Draft, client: Client) -> None:
    for answer in (
        client.get(LIST),
        client.post(LIST, {"text": "x"}, content_type=JSON),
        client.get(address(draft)),
        put(client, draft, "x", 1),
    ):
        assert answer.status_code == 401


def test_imports_have_their_limit(as_ada: Client) -> None:
    codes = [as_ada.post(LIST, {"text": "x"}, content_type=JSON).status_code for _ in range(11)]
    assert codes == [201] * 10 + [429]


@pytest.mark.parametrize("kind", ["text", "body"])
def test_what_is_too_large_is_refused_in_words(kind: str, as_ada: Client) -> None:
    size = 1_000_001 if kind == "text" else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = as_ada.post(LIST, {"text": "x" * size}, content_type=JSON)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
    assert not Draft.objects.exists()
