"""An archive of many cases, by the pages and over REST."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casebank import limits
from casebank.limits import Limit
from casebank.models import Case, CaseVersion
from casebank.schema import bundle
from mlsd_site.accounts.models import User
from tests.casebank.authoring.conftest import CANARY

PAGE, TAKE = "/cases/exchange/", "/cases/exchange/cases.zip"
REST, REST_TAKE = "/api/v1/cases/import/", "/api/v1/cases/export/"


def bring(client: Client, data: bytes, page: str = PAGE, **more: Any) -> Any:
    return client.post(page, {"file": SimpleUploadedFile("cases.zip", data), **more})


def taken(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.getvalue()
    assert answer["Content-Type"] == "application/zip"
    data = answer.getvalue()
    assert answer["Content-Length"] == str(len(data))
    return data


@pytest.fixture
def archive(second: CaseVersion, as_ada: Client) -> bytes:
    """Ada's case with both its versions."""
    return taken(as_ada, TAKE)


@pytest.mark.parametrize("page", [PAGE, REST])
def test_a_case_goes_from_ada_to_ben_with_all_its_versions(
    archive: bytes, page: str, ben: User, as_ben: Client
) -> None:
    looked = bring(as_ben, archive, page, dry_run="1")
    assert (looked.status_code, Case.objects.filter(owner=ben).count()) == (200, 0)
    done = bring(as_ben, archive, page)
    assert done.status_code == 200
    case = Case.objects.get(owner=ben)
    assert case.versions.count() == 2
    again = bring(as_ben, archive, page)
    assert case.versions.count() == 2
    if page == REST:
        names = [one.json()["cases"][0]["outcome"] for one in (looked, done, again)]
        assert names == ["new", "new", "unchanged"]
        assert done.json()["cases"] == [
            {"name": "ad-clicks", "outcome": "new", "slug": case.slug, "version": 2}
        ]
    else:
        assert "Nothing was changed yet" in looked.content.decode()
        assert f'href="/cases/{case.slug}/"' in done.content.decode()
        assert "the same" in again.content.decode()


def test_rest_gives_the_same_archive_and_only_what_is_asked_for(
    archive: bytes, second: CaseVersion, as_ada: Client
) -> None:
    (case,), _ = bundle.read(io.BytesIO(archive), name="x.zip")
    for address in (REST_TAKE, f"{REST_TAKE}?slugs={second.case.slug}"):
        assert bundle.read(io.BytesIO(taken(as_ada, address)), name="x.zip")[0] == [case]
    assert as_ada.get(f"{REST_TAKE}?slugs=A").status_code == 400


@pytest.mark.parametrize("page", [PAGE, REST])
def test_a_fault_is_named_with_its_file_and_line_and_nothing_comes_in(
    archive: bytes, page: str, ben: User, as_ben: Client
) -> None:
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("minutes: 45", "minutes: 4000") if "cases/" in name else text)
    answer = bring(as_ben, spoilt.getvalue(), page)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "cases/ad-clicks/case.yaml" in said
    assert "minutes" in said
    assert not Case.objects.filter(owner=ben).exists()


def test_who_may_not_read_the_guide_takes_nothing_along(
    shared: Case, as_ben: Client, as_cleo: Client, client: Client
) -> None:
    for address in (TAKE + f"?slug={shared.slug}", f"{REST_TAKE}?slugs={shared.slug}"):
        refused = as_ben.get(address)
        assert (refused.status_code, CANARY in refused.getvalue().decode()) == (403, False)
        assert as_cleo.get(address).status_code == 404
    for address in (TAKE, REST_TAKE):
        assert as_cleo.get(address).status_code == 404
    assert client.get(REST_TAKE).status_code == 401
    assert bring(client, b"", REST).status_code == 401
    assert bring(client, b"").status_code == 302


def test_what_is_too_large_is_not_read(as_ada: Client, db: None) -> None:
    data = b"\0" * (bundle.BOUNDS.packed + 1)
    assert "larger than 4 MB" in bring(as_ada, data).content.decode()
    assert bring(as_ada, data, REST).status_code == 400


@pytest.mark.parametrize("page", [PAGE, REST])
def test_nobody_brings_more_than_a_machine_reads(
    page: str, as_ada: Client, monkeypatch: pytest.MonkeyPatch, own_counters: None
) -> None:
    monkeypatch.setattr(limits, "BRING", Limit("bring-one", 1))
    bring(as_ada, b"", page)
    assert bring(as_ada, b"", page).status_code == 429


def test_the_page_offers_ones_own_cases(second: CaseVersion, as_ada: Client, as_cleo: Client) -> None:
    assert f'value="{second.case.slug}"' in as_ada.get(PAGE).content.decode()
    page = as_cleo.get(PAGE).content.decode()
    assert "You have published no case yet" in page
    assert second.case.slug not in page
