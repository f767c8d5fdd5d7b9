from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Assignment, Group, OutgoingMail
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")
HOSTILE = '"><script>alert(1)</script>\u202e{{ 7|add:7 }}'


def rota(group: Group, **changed: object) -> dict[str, object]:
    members = group.memberships.values_list("user", flat=True)
    due = timezone.localdate() + timedelta(days=3)
    return {
        "members": list(members),
        "due": due,
        "weeks": 2,
        "framework": "seven-step",
        "level": "mid",
        **changed,
    }


def test_who_has_left_is_a_stranger(group: Group, as_ada: Client) -> None:
    assert as_ada.post(f"/groups/{group.pk}/leave/")["Location"] == "/groups/"
    assert as_ada.get(f"/groups/{group.pk}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/groups/", "/groups/new/", f"/groups/{NOWHERE}/", f"/groups/{NOWHERE}/rota/"]
)
def test_nobody_reads_without_logging_in(path: str, client: Client, db: None) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_making_one_opens_its_page(as_ben: Client, ben: User) -> None:
    made = as_ben.post("/groups/new/", {"name": "  Evening\tclass ", "description": "On  Tuesdays"})
    group = Group.objects.get()
    assert made["Location"] == f"/groups/{group.pk}/"
    assert (group.name, group.description) == ("Evening class", "On Tuesdays")
    assert "Evening class" in as_ben.get("/groups/").content.decode()


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 61])
def test_a_name_is_there_and_bounded(name: str, as_ben: Client, db: None) -> None:
    answer = as_ben.post("/groups/new/", {"name": name, "description": "kept"})
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()
    assert not Group.objects.exists()


def test_hostile_names_are_text(
    group: Group, ada: User, as_ben: Client, as_ada: Client, client: Client
) -> None:
    User.objects.filter(pk=ada.pk).update(display_name=HOSTILE[:40])
    as_ben.post(f"/groups/{group.pk}/edit/", {"name": HOSTILE, "description": HOSTILE})
    as_ben.post(f"/groups/{group.pk}/rota/", rota(group))
    link = re.search(
        r'value="http://testserver(/groups/join/[^"]+)"', said(as_ben.post(f"/groups/{group.pk}/invite/"))
    )
    assert link
    pages = [as_ben.get(f"/groups/{group.pk}/{path}") for path in ("", "edit/", "cases/", "rota/", "levels/")]
    pages += [as_ada.get("/groups/"), as_ada.get("/sessions/"), client.get(link[1], follow=True)]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
    assert "\u202e" not in Group.objects.get(pk=group.pk).name


def said(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_members_see_names_and_no_addresses(group: Group, as_ada: Client, as_ben: Client) -> None:
    as_ben.post(f"/groups/{group.pk}/invite/", {"email": "emil@example.com"})
    page = said(as_ada.get(f"/groups/{group.pk}/"))
    assert "Dora" in page
    for secret in ("dora@example.com", "ben@example.com", "emil@example.com", "/invite/", "Choose cases"):
        assert secret not in page
    mentors = said(as_ben.get(f"/groups/{group.pk}/"))
    assert "emil@example.com" in mentors
    assert "dora@example.com" not in mentors


def test_somebody_without_an_account_is_invited_and_lands_in_the_group(
    group: Group, as_ben: Client, client: Client
) -> None:
    as_ben.post(f"/groups/{group.pk}/invite/", {"email": "emil@example.com"})
    link = re.search(r"http://testserver(/groups/join/[\w-]+/)", OutgoingMail.objects.get().body)
    assert link
    assert client.get(link[1])["Location"] == "/groups/join/"
    page = said(client.get("/groups/join/"))
    assert "Ben invites you to a group" in page
    assert "next=%2Fgroups%2Fjoin%2F&amp;email=emil%40example.com" in page
    emil = {"display_name": "Emil", "email": "emil@example.com", "password1": PASSWORD, "password2": PASSWORD}
    arrived = client.post("/accounts/signup/", {**emil, "next": "/groups/join/"}, follow=True)
    assert "Join the group" in said(arrived)
    assert client.post("/groups/join/")["Location"] == f"/groups/{group.pk}/"
    assert group.memberships.filter(user__display_name="Emil", role="member").exists()


def test_an_invitation_to_another_is_refused(group: Group, as_ben: Client, as_cleo: Client) -> None:
    as_ben.post(f"/groups/{group.pk}/invite/", {"email": "emil@example.com"})
    link = re.search(r"http://testserver(/groups/join/[\w-]+/)", OutgoingMail.objects.get().body)
    assert link
    as_cleo.get(link[1])
    for answer in (as_cleo.get("/groups/join/"), as_cleo.post("/groups/join/")):
        assert answer.status_code == 403
        assert "emil@example.com" not in said(answer)
    assert as_cleo.get(f"/groups/{group.pk}/").status_code == 404


@pytest.mark.parametrize("email", ["", "emil", "a@b c", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_said(email: str, group: Group, as_ben: Client) -> None:
    answer = as_ben.post(f"/groups/{group.pk}/invite/", {"email": email})
    assert answer.status_code == 422
    assert "No mail was sent" in said(answer)


def test_dead_and_unknown_links_say_so(group: Group, as_ben: Client, as_cleo: Client) -> None:
    page = said(as_ben.post(f"/groups/{group.pk}/invite/"))
    link = re.search(r'value="http://testserver(/groups/join/[^"]+)"', page)
    assert link
    as_ben.post(f"/groups/{group.pk}/invites/{group.invites.latest('pk').pk}/revoke/")
    assert as_cleo.get(link[1], follow=True).status_code == 410
    assert as_cleo.get("/groups/join/nothing/", follow=True).status_code == 404


def test_a_rota_is_set_and_begun_by_one_click(
    group: Group, as_ben: Client, as_ada: Client, ada: User
) -> None:
    assert as_ben.post(f"/groups/{group.pk}/rota/", rota(group))["Location"] == f"/groups/{group.pk}/"
    assert group.assignments.count() == 6
    mine = group.assignments.filter(interviewer=ada).earliest("pk")
    assert f"/rota/{mine.pk}/start/" in said(as_ada.get("/sessions/"))
    room = as_ada.post(f"/groups/{group.pk}/rota/{mine.pk}/start/")["Location"]
    mine.refresh_from_db()
    assert room == f"/sessions/{mine.session_id}/"
    assert as_ada.get(room).status_code == 200
    assert f'href="{room}"' in said(as_ada.get(f"/groups/{group.pk}/"))


def test_a_candidates_pages_do_not_name_the_case(
    group: Group, as_ben: Client, as_ada: Client, ada: User
) -> None:
    as_ben.post(f"/groups/{group.pk}/rota/", rota(group, weeks=1))
    asked = Assignment.objects.get(candidate=ada).case.versions.get().title
    Assignment.objects.exclude(candidate=ada).delete()
    for path in ("/sessions/", f"/groups/{group.pk}/", "/groups/"):
        assert asked not in said(as_ada.get(path))


def test_the_mentor_reads_no_room_that_they_do_not_sit_in(
    group: Group, ada: User, dora: User, as_ben: Client, as_ada: Client
) -> None:
    wish = {"one": 1, "candidate": ada.pk, "interviewer": dora.pk, "second": "", "case": "case-1"}
    as_ben.post(f"/groups/{group.pk}/rota/", rota(group, **wish))
    one = Assignment.objects.get()
    room = as_ada.post(f"/groups/{group.pk}/rota/{one.pk}/start/")["Location"]
    assert as_ben.get(room).status_code == 404
    assert room not in said(as_ben.get(f"/groups/{group.pk}/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": "2020-01-01"},
        {"due": "9999-12-31"},
        {"due": "tomorrow"},
        {"weeks": 0},
        {"weeks": 13},
        {"weeks": "x"},
        {"members": []},
        {"members": ["0"]},
        {"framework": "nonsense"},
        {"level": "god"},
        {"one": 1, "candidate": "", "interviewer": "", "case": ""},
        {"one": 1, "candidate": "x", "interviewer": "0", "case": "no-such"},
    ],
)
def test_a_wrong_wish_is_said_and_nothing_set(wrong: dict[str, object], group: Group, as_ben: Client) -> None:
    assert as_ben.post(f"/groups/{group.pk}/rota/", rota(group, **wrong)).status_code == 422
    assert not Assignment.objects.exists()


def test_gaps_are_said(group: Group, as_ben: Client) -> None:
    group.cases.exclude(case__slug="case-0").delete()
    page = as_ben.post(f"/groups/{group.pk}/rota/", rota(group), follow=True)
    assert "no case is left that" in said(page)


def test_cases_roles_and_closing(group: Group, ada: User, as_ben: Client, as_ada: Client) -> None:
    as_ben.post(f"/groups/{group.pk}/cases/", {"case": ["case-1", "case-2", "nonsense"]})
    assert group.cases.count() == 2
    as_ben.post(f"/groups/{group.pk}/members/{ada.pk}/role/", {"role": "mentor"})
    assert as_ada.get(f"/groups/{group.pk}/rota/").status_code == 200
    assert as_ben.post(f"/groups/{group.pk}/members/{ada.pk}/role/", {"role": "admin"}).status_code == 422
    as_ada.post(f"/groups/{group.pk}/close/")
    assert "Closed" in said(as_ben.get(f"/groups/{group.pk}/"))
    assert as_ben.post(f"/groups/{group.pk}/cases/", {"case": []}).status_code == 409


def test_the_mentor_takes_all_back_that_was_not_begun(group: Group, as_ben: Client, as_ada: Client) -> None:
    as_ben.post(f"/groups/{group.pk}/rota/", rota(group))
    path = f"/groups/{group.pk}/rota/withdraw/"
    assert as_ada.post(path).status_code == 403
    assert path in said(as_ben.get(f"/groups/{group.pk}/"))
    assert "6 interviews taken back" in said(as_ben.post(path, follow=True))
    assert not group.assignments.exists()


def test_what_a_rota_lacks_is_said(group: Group, as_ben: Client) -> None:
    assert "has no case yet" not in said(as_ben.get(f"/groups/{group.pk}/rota/"))
    group.cases.all().delete()
    assert "has no case yet" in said(as_ben.get(f"/groups/{group.pk}/rota/"))


@pytest.mark.asvs("3.5.3")
def test_a_link_changes_nothing(group: Group, as_ben: Client) -> None:
    for path in ("close/", "leave/", "invite/", "rota/withdraw/", "rota/1/start/", "members/1/remove/"):
        assert as_ben.get(f"/groups/{group.pk}/{path}").status_code == 405


def test_forged_posts_are_refused(group: Group, as_ben: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_ben.cookies
    assert strict.post(f"/groups/{group.pk}/close/").status_code == 403
