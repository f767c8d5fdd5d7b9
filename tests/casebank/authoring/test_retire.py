"""An owner takes a case out of the bank; nobody loses what they did with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from casebank.actions import drafts, retire
from casebank.errors import Refused
from casebank.models import Case, CaseVersion, Draft
from interviews.actions import consents, invites, notes, sessions
from interviews.models import Mode, Role, Session
from mlsd_site.accounts.models import User
from tests.casebank.authoring.conftest import CANARY, body
from tests.casebank.shelf import case

JSON = "application/json"


@pytest.fixture
def session(shared: Case, published: CaseVersion, ben: User) -> Session:
    """Ben waits in a lobby, to be asked Ada's case."""
    return sessions.create(
        by=ben,
        version=published,
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        now=timezone.now(),
        framework="seven-step",
        level="senior",
    )


def go(client: Client, way: str, slug: str) -> Any:
    """Retire it, as a person or as a program does."""
    if way == "page":
        return client.post(f"/cases/{slug}/retire/")
    return client.post(f"/api/v1/cases/{slug}/retire/", content_type=JSON)


@pytest.mark.parametrize("way", ["page", "rest"])
def test_it_leaves_the_bank_for_everybody(
    shared: Case, as_ada: Client, as_ben: Client, as_cleo: Client, client: Client, way: str
) -> None:
    assert go(as_ada, way, shared.slug).status_code in (204, 302)
    as_ada.get("/cases/drafts/")  # where she is told so
    for asking in (as_ada, as_ben, as_cleo, client):
        for path in ("/cases/{}/", "/cases/{}/sheet/", "/cases/{}/sheet.pdf", "/api/v1/cases/{}/"):
            gone, missing = asking.get(path.format(shared.slug)), asking.get(path.format("no-such-case"))
            assert (gone.status_code, missing.status_code) == (404, 404)
            assert body(gone) == body(missing)
        for path in ("/cases/", "/api/v1/cases/", "/sheets/", "/api/v1/sheets/", "/primer/calibration/"):
            assert shared.slug not in asking.get(path).content.decode()
    for path in ("versions/", "versions/1/export/", "sharing/", "retire/"):
        assert as_ada.get(f"/cases/{shared.slug}/{path}").status_code == 404
    assert shared.slug not in as_ben.get("/sessions/new/").content.decode()
    sent = {"case": shared.slug, "arrangement": "alone", "framework": "seven-step", "level": "senior"}
    assert as_ben.post("/sessions/new/", sent).status_code in (400, 422)
    assert not Session.objects.exists()


def test_a_session_that_was_made_with_it_goes_on_to_its_end(
    session: Session, shared: Case, ada: User, cleo: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    candidate = session.seats.get()
    _, token = invites.create(session=session, by=candidate, role="interviewer", now=timezone.now())
    go(as_ada, "page", shared.slug)
    seat = invites.redeem(token=token, by=cleo, now=timezone.now())
    for one in (candidate, seat):
        consents.answer(seat=one, replay=True, now=timezone.now())
    sessions.start(session=session, by=seat, now=timezone.now())
    address = f"/sessions/{session.pk}/"
    assert "Ad click prediction" in as_ben.get(address).content.decode()
    assert CANARY in as_cleo.get(f"{address}guide/").content.decode()
    candidate.refresh_from_db()
    notes.save(seat=candidate, step="clarify", text="clicks", base=0, now=timezone.now())
    session.refresh_from_db()
    sessions.submit(session=session, by=candidate, now=timezone.now())
    for page in ("report/", "replay/", "sheet/", "sheet.md"):
        assert as_ben.get(address + page).status_code == 200
    assert CANARY in as_ben.get(f"{address}sheet.md").content.decode()


@pytest.mark.parametrize("way", ["page", "rest"])
def test_its_owner_finds_it_and_brings_it_back(
    shared: Case, as_ada: Client, as_ben: Client, as_cleo: Client, way: str
) -> None:
    go(as_ada, way, shared.slug)
    assert "Bring back Ad click prediction" in as_ada.get("/cases/drafts/").content.decode()
    (listed,) = as_ada.get("/api/v1/cases/retired/").json()
    assert (listed["slug"], listed["title"]) == (shared.slug, "Ad click prediction")
    root = "/cases" if way == "page" else "/api/v1/cases"
    for stranger in (as_ben, as_cleo):
        assert shared.slug not in stranger.get("/cases/drafts/").content.decode()
        assert stranger.get("/api/v1/cases/retired/").json() == []
        assert stranger.post(f"{root}/{shared.slug}/restore/").status_code == 404
    assert as_ada.post(f"{root}/{shared.slug}/restore/").status_code in (204, 302)
    for client in (as_ada, as_ben):
        assert client.get(f"/cases/{shared.slug}/").status_code == 200
    assert as_cleo.get(f"/cases/{shared.slug}/").status_code == 404


def test_the_page_says_what_will_be_before_anything_is(shared: Case, as_ada: Client, as_ben: Client) -> None:
    said = as_ada.get(f"/cases/{shared.slug}/retire/").content.decode()
    assert "nor the 1 address that you share it with" in said
    shared.refresh_from_db()
    assert shared.retired_at is None
    assert as_ben.get(f"/cases/{shared.slug}/retire/").status_code == 403
    assert f"/cases/{shared.slug}/retire/" not in as_ben.get(f"/cases/{shared.slug}/").content.decode()


def test_retiring_twice_keeps_the_first_time(shared: Case) -> None:
    now = timezone.now()
    retire.retire(case=shared, now=now)
    retire.retire(case=shared, now=now + timedelta(days=1))
    shared.refresh_from_db()
    assert shared.retired_at == now


def test_its_draft_is_kept_and_published_only_after_it_is_back(
    draft: Draft, shared: Case, as_ada: Client
) -> None:
    retire.retire(case=shared, now=timezone.now())
    draft.refresh_from_db()
    text = draft.text.replace("title: Ad click prediction", "title: Ad clicks, again")
    address = f"/cases/drafts/{draft.pk}/"
    refused = as_ada.post(address, {"text": text, "version": 1, "then": "publish"})
    assert refused.status_code == 409
    assert "Bring the case back" in refused.content.decode()
    assert 'name="version" value="2"' in refused.content.decode()
    draft.refresh_from_db()
    assert (draft.text, shared.versions.count()) == (text, 1)
    with pytest.raises(Refused):
        drafts.publish(draft=draft, base=2)
    retire.restore(case=shared)
    drafts.publish(draft=draft, base=2)
    assert shared.versions.count() == 2


def test_the_projects_own_cases_do_not_retire(as_ada: Client, db: None) -> None:
    project = case("feed").case
    for path in ("/cases/feed/retire/", "/api/v1/cases/feed/retire/"):
        assert as_ada.post(path).status_code == 403
    with pytest.raises(IntegrityError):
        retire.retire(case=project, now=timezone.now())
