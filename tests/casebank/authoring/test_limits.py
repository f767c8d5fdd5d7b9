"""How often, and how many."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casebank import limits
from casebank.actions import drafts, shares
from casebank.errors import Refused
from casebank.limits import Limit
from casebank.models import CaseVersion, Draft
from mlsd_site.accounts.models import User


def test_a_save_that_comes_too_often_stays_in_the_box(
    draft: Draft, as_ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SAVE", Limit("save", 0))
    response = as_ada.post(
        f"/cases/drafts/{draft.pk}/", {"text": "mine: 1", "version": 1}, headers={"HX-Request": "true"}
    )
    said = response.content.decode()
    assert (response.status_code, "try again in" in said) == (429, True)
    assert 0 < int(response["Retry-After"]) <= 60
    assert ">\nmine: 1</textarea>" not in said  # the box itself is left alone
    assert 'name="version" value="1"' in said


def test_imports_are_limited(as_ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "IMPORT", Limit("one-import", 1))
    assert as_ada.post("/cases/drafts/new/", {"text": "a: 1"}).status_code == 302
    refused = as_ada.post("/cases/drafts/new/", {"text": "a: 1"})
    assert (refused.status_code, 0 < int(refused["Retry-After"]) <= 60) == (429, True)
    assert Draft.objects.count() == 1


@pytest.mark.asvs("2.3.2")
def test_nobody_has_more_drafts_than_they_can_read(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 1)
    drafts.create(by=ada, text="a", now=timezone.now())
    with pytest.raises(Refused, match="Discard one"):
        drafts.create(by=ada, text="b", now=timezone.now())


def test_nobody_shares_with_more_than_they_know(
    published: CaseVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "MAX_SHARES", 1)
    now = timezone.now()
    first = shares.share(case=published.case, email="a@example.com", now=now)
    assert shares.share(case=published.case, email="A@example.com", now=now) == first
    with pytest.raises(Refused, match="Revoke one"):
        shares.share(case=published.case, email="b@example.com", now=now)
