"""Log-ins and what protects an account, in the audit log; and the page on which everybody reads their own part."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Max
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from interviews.actions import groups, memberships, webhooks
from interviews.audit import shown
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.models import AuditEntry, Membership
from mlsd_site.accounts import tokens
from mlsd_site.accounts.deletion import delete
from mlsd_site.accounts.models import User
from tests.accounts import archives
from tests.accounts.test_second_factor import activate, log_in
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/accounts/activity/"


@pytest.fixture
def member(ada: User) -> User:
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    return ada


def rows(verb: Verb) -> list[tuple[int | None, int | None, str]]:
    found = AuditEntry.objects.filter(verb=verb).order_by("pk")
    return list(found.values_list("actor", "subject", "network"))


def words(client: Client, wish: str = "") -> str:
    answer = client.get(PAGE + wish)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_log_ins_that_succeed_and_that_fail(member: User) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.9")
    for typed in (PASSWORD + "x", PASSWORD):
        browser.post("/accounts/login/", {"login": member.email, "password": typed})
    browser.post("/accounts/logout/")
    browser.post("/accounts/login/", {"login": "nobody@example.com", "password": "secret word"})
    net = "192.0.2.0/24"
    assert rows(Verb.LOGIN_FAILED) == [(None, member.pk, net), (None, None, net)]
    assert rows(Verb.LOGIN_SUCCEEDED) == [(member.pk, member.pk, net)]


def test_what_protects_the_account(
    member: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = log_in(member)
    with django_capture_on_commit_callbacks(execute=True):
        activate(browser)
    browser.post("/accounts/email/", {"action_add": "", "email": "other@example.com"})
    browser.post("/accounts/2fa/totp/deactivate/")
    new = "another correct horse"
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    done = set(AuditEntry.objects.filter(actor=member.pk).values_list("verb", "object"))
    assert {
        (Verb.FACTOR_ADDED, "totp"),
        (Verb.FACTOR_ADDED, "recovery_codes"),
        (Verb.FACTOR_REMOVED, "totp"),
        (Verb.PASSWORD_CHANGED, str(member.pk)),
    } <= done


def test_places_that_are_ended_one_by_one_and_all_others(member: User) -> None:
    first, _, _ = log_in(member), log_in(member), log_in(member)
    last = UserSession.objects.order_by("-pk")[0]
    first.post(f"/accounts/sessions/{last.pk}/end/")
    first.post("/accounts/sessions/")
    ended = AuditEntry.objects.filter(verb=Verb.LOGIN_ENDED, actor=member.pk)
    assert ended.count() == 2
    assert ended.aggregate(Max("object"))["object__max"] == str(last.pk)


def test_tokens_exports_and_the_end_of_the_account(member: User, as_ada: Client) -> None:
    token, _ = tokens.create(by=member, name="CI", scopes=["cases:read"], days=7, now=timezone.now())
    for _ in range(2):
        as_ada.post(f"/accounts/tokens/{token.pk}/revoke/")
    hook = webhooks.create(
        by=member, url="https://ada.example/hook", events=["score.ready"], now=timezone.now()
    )
    webhooks.delete(webhook=hook, now=timezone.now())
    assert archives.taken(as_ada)
    delete(user_id=member.pk, now=timezone.now())
    found = AuditEntry.objects.filter(actor=member.pk).order_by("pk")
    assert list(found.values_list("verb", flat=True)) == [
        Verb.TOKEN_MADE,
        Verb.TOKEN_REVOKED,
        Verb.WEBHOOK_MADE,
        Verb.WEBHOOK_DELETED,
        Verb.DATA_EXPORTED,
        Verb.ACCOUNT_DELETED,
    ]


def test_each_reads_what_they_did_and_what_concerns_them(
    ada: User, ben: User, cleo: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    now = timezone.now()
    group = groups.create(by=ben, name="Circle", description="", now=now)
    memberships.join(token=memberships.make_link(group=group, by=ben, now=now), by=ada, now=now)
    memberships.set_role(group=group, user_id=ada.pk, role=Membership.Role.MENTOR, by=ben.pk, now=now)
    record(Deed(Verb.WORK_READ, Kind.SESSION, uuid4(), cleo.pk, ada.pk), now=now)
    record(Deed(Verb.COMPLAINT_READ, Kind.COMPLAINT, 1, cleo.pk), now=now)
    said = words(as_ada)
    assert "Ben made a member of a group its mentor: Circle" in said
    assert "Somebody who rates it a second time opened the work" in said
    assert "Cleo" not in said
    assert "complaint" not in said
    assert "Ben made" not in words(as_ada, "?whose=mine")
    assert "You made a member of a group its mentor: Circle" in words(as_ben)
    assert "Circle" not in words(as_cleo)
    assert "You opened the work for a second rating" in words(as_cleo)
    assert "Ada" not in words(as_cleo).replace("Who saw", "")
    delete(user_id=ben.pk, now=now)
    assert "Somebody who left made a member of a group its mentor" in words(as_ada)


def test_it_has_pages_and_takes_any_number(
    ada: User, as_ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "PAGE", 2)
    now = timezone.now()
    for network in ("198.51.100.1", "198.51.101.1", "198.51.102.1"):
        record(Deed(Verb.LOGIN_SUCCEEDED, Kind.ACCOUNT, ada.pk, ada.pk, ada.pk), now=now, address=network)
    assert "198.51.102.0/24" in words(as_ada)
    assert "198.51.100.0/24" not in words(as_ada)
    assert "198.51.100.0/24" in words(as_ada, "?page=2")
    for wish in ("0", "-1", "x", "99999999999", "9999", "%00"):
        words(as_ada, f"?page={wish}&whose={wish}")


def test_admins_read_all_of_it_and_change_none(ada: User, signed_in: Callable[[User], Client]) -> None:
    record(Deed(Verb.TOKEN_MADE, Kind.TOKEN, 4711, ada.pk, ada.pk), now=timezone.now())
    row = AuditEntry.objects.get()
    root = signed_in(User.objects.create_superuser("root@example.com", PASSWORD, display_name="Root"))
    listed = "/admin/interviews/auditentry/"
    assert "4711" in root.get(f"{listed}?verb=token.made&q={ada.pk}").content.decode()
    assert "4711" not in root.get(f"{listed}?verb=readings").content.decode()
    for address in ("add/", f"{row.pk}/delete/"):
        assert root.get(listed + address).status_code == 403
    assert root.post(f"{listed}{row.pk}/change/", {"verb": "token.revoked"}).status_code == 403
    assert signed_in(ada).get(listed).status_code == 302
