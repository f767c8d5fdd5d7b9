"""Who may come in where: Ada owns the case, Ben sees it, Cleo is a stranger to it, and nobody has logged in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casebank.actions import shares
from casebank.models import Case, CaseVersion, Draft
from mlsd_site.accounts.models import User
from tests.casebank.authoring.conftest import CANARY, body, confirm

NOWHERE = "00000000-0000-4000-8000-000000000000"
# method, path below the case, and what Ada, Ben and Cleo are answered. To Cleo it looks as a missing case does.
CASE_ROUTES = [
    ("get", "", 200, 200, 404),
    ("get", "versions/", 200, 200, 404),
    ("get", "versions/?old=1&new=2", 200, 200, 404),
    ("get", "versions/?old=2&new=1", 200, 200, 404),
    ("get", "versions/1/export/", 200, 403, 404),
    ("post", "versions/1/fork/", 302, 302, 404),
    ("post", "edit/", 302, 403, 404),
    ("get", "sharing/", 200, 403, 404),
    ("post", "sharing/", 400, 403, 404),
    ("post", "sharing/1/revoke/", 302, 403, 404),
]
CLOSED = ["drafts/", "drafts/new/", f"drafts/{NOWHERE}/", "no-such-case/versions/", "no-such-case/sharing/"]


@pytest.fixture
def address(shared: Case, second: CaseVersion) -> str:
    """Ada's case, with two versions, shared with Ben."""
    return f"/cases/{shared.slug}/"


@pytest.mark.parametrize(("method", "path", "owner", "seer", "stranger"), CASE_ROUTES)
def test_a_case(
    address: str,
    as_ada: Client,
    as_ben: Client,
    as_cleo: Client,
    method: str,
    path: str,
    owner: int,
    seer: int,
    stranger: int,
) -> None:
    for client, status in ((as_ben, seer), (as_cleo, stranger), (as_ada, owner)):
        response = getattr(client, method)(address + path)
        assert response.status_code == status
        if client is not as_ada:
            assert CANARY not in response.content.decode()
    missing = getattr(as_cleo, method)("/cases/no-such-case/" + path)
    assert body(getattr(as_cleo, method)(address + path)) == body(missing)


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_comes_in_without_logging_in(client: Client, db: None, path: str) -> None:
    response = client.get(f"/cases/{path}")
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next=/cases/{path}")


def test_without_logging_in_a_private_case_looks_like_a_missing_one(client: Client, address: str) -> None:
    for path in ("versions/", "sharing/", "versions/1/export/"):
        theirs, missing = client.get(address + path), client.get(f"/cases/no-such-case/{path}")
        assert (theirs.status_code, missing.status_code) == (302, 302)
    assert body(client.get(address)) == body(client.get("/cases/no-such-case/"))


@pytest.mark.parametrize("path", [route[1] for route in CASE_ROUTES if route[0] == "post"])
@pytest.mark.asvs("3.5.3")
def test_a_link_changes_nothing(address: str, as_ada: Client, path: str) -> None:
    if path != "sharing/":
        assert as_ada.get(address + path).status_code == 405


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999999999", "1" * 5000], ids=lambda n: n[:8])
def test_a_version_that_never_was(address: str, as_ada: Client, number: str) -> None:
    assert as_ada.get(f"{address}versions/{number}/export/").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [("old=1&new=9", 404), ("old=x&new=1", 400), ("old=1", 400), ("old=1&new=" + "9" * 40, 400)],
)
def test_comparing_what_is_not_there(address: str, as_ada: Client, query: str, status: int) -> None:
    assert as_ada.get(f"{address}versions/?{query}").status_code == status


def test_who_sees_it_in_lists(address: str, as_ada: Client, as_ben: Client, as_cleo: Client) -> None:
    for path in ("/cases/", "/sessions/new/", "/cases/drafts/"):
        seen = [
            "Ad clicks, again" in client.get(path).content.decode() for client in (as_ada, as_ben, as_cleo)
        ]
        assert seen == [True, True, False]


def test_what_is_revoked_is_gone(shared: Case, as_ada: Client, as_ben: Client) -> None:
    share = shared.shares.get()
    as_ada.post(f"/cases/{shared.slug}/sharing/{share.pk}/revoke/")
    assert as_ben.get(f"/cases/{shared.slug}/").status_code == 404
    assert shared.slug not in as_ben.get("/cases/").content.decode()


def test_an_owner_revokes_only_their_own(shared: Case, cleo: User, as_ada: Client, whole: str) -> None:
    other = Case.objects.create(slug="cleos", owner=cleo)
    theirs = shares.share(case=other, email="x@example.com", now=timezone.now())
    as_ada.post(f"/cases/{shared.slug}/sharing/{theirs.pk}/revoke/")
    assert other.shares.exists()


@pytest.mark.parametrize("address_given", ["ben@example.com", "BEN@Example.com", "nobody@example.com"])
def test_sharing_answers_the_same_whoever_there_is(
    published: CaseVersion, ben: User, as_ada: Client, address_given: str
) -> None:
    page = f"/cases/{published.case.slug}/sharing/"
    response = as_ada.post(page, {"email": address_given}, follow=True)
    text = body(response).replace(address_given.lower(), "EMAIL")
    text = text.replace(str(published.case.shares.get().pk), "N")
    other = as_ada.post(page, {"email": "somebody@example.com"}, follow=True)
    assert response.redirect_chain == other.redirect_chain
    assert "Shared with EMAIL" in text


def test_who_only_claims_an_address_sees_nothing(published: CaseVersion, ben: User, as_ben: Client) -> None:
    shares.share(case=published.case, email=ben.email, now=timezone.now())
    assert as_ben.get(f"/cases/{published.case.slug}/").status_code == 404
    confirm(ben)
    assert as_ben.get(f"/cases/{published.case.slug}/").status_code == 200


def test_sharing_before_somebody_signs_up(published: CaseVersion, as_cleo: Client, cleo: User) -> None:
    shares.share(case=published.case, email="cleo@example.com", now=timezone.now())
    confirm(cleo)
    assert as_cleo.get(f"/cases/{published.case.slug}/").status_code == 200


def test_forged_posts_are_refused(draft: Draft, as_ada: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_ada.cookies
    assert strict.post(f"/cases/drafts/{draft.pk}/discard/").status_code == 403
    assert Draft.objects.filter(pk=draft.pk).exists()
