"""A case in one file: carried away and brought back, and every file that cannot be kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casebank.actions import drafts
from casebank.models import Case, CaseVersion, Draft
from casebank.schema import Faulty


def test_an_export_imported_again_changes_nothing(published: CaseVersion, as_ada: Client) -> None:
    exported = as_ada.get(f"/cases/{published.case.slug}/versions/1/export/")
    assert exported["Content-Disposition"] == 'attachment; filename="ad-clicks-v1.yaml"'
    text = exported.content.decode()
    assert text.startswith("# yaml-language-server: $schema=http://testserver/cases/schema/one-file.json\n")
    file = SimpleUploadedFile("x.yaml", exported.content)
    where = as_ada.post("/cases/drafts/new/", {"file": file})["Location"]
    imported = Draft.objects.get(pk=where.split("/")[-2])
    content = drafts.check(imported.text).content
    assert content
    assert content.digest() == published.content_hash


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("big.yaml", b"a: 1\n" * 10_000_000, "big.yaml is larger than 400 kB"),
        ("latin.yaml", "a: 1\nb: é".encode("latin-1"), "latin.yaml, line 2: this is not UTF-8 text"),
        ("nul.yaml", b"a: 1\nb: \x00", "Line 2 holds a character"),
    ],
    ids=["big", "latin", "nul"],
)
def test_a_file_that_cannot_be_kept(as_ada: Client, name: str, content: bytes, said: str) -> None:
    response = as_ada.post("/cases/drafts/new/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code in (400, 422)
    assert said in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text", ["slug: x\ncase: !!python/object/apply:os.system [x]", "a: &a [*a]", "case: {title: 'x"]
)
def test_a_hostile_file_becomes_a_faulty_draft_and_nothing_else(as_ada: Client, text: str) -> None:
    where = as_ada.post("/cases/drafts/new/", {"text": text})["Location"]
    assert "Line " in as_ada.get(where).content.decode()
    draft = Draft.objects.get()
    with pytest.raises(Faulty):
        drafts.publish(draft=draft, base=1)
    assert not Case.objects.exists()


def test_importing_nothing_says_so(as_ada: Client) -> None:
    response = as_ada.post("/cases/drafts/new/", {"text": "  "})
    assert response.status_code == 400
    assert "Choose a file or paste a text" in response.content.decode()
