"""Groups over REST: a mentor sets one up from an empty name to a rota, and what each member may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import Case, CaseVersion
from interviews.models import Assignment, AuditEntry, Group, GroupInvite, OutgoingMail, Session
from mlsd_site.accounts.models import User
from tests.api.calling import JSON, Caller, by_token
from tests.interviews import history
from tests.interviews.programme import interview, membership, published

ROOT = "/api/v1/groups/"


@pytest.fixture
def hers(as_ada: Client) -> Caller:
    return Caller(as_ada, ROOT)


@pytest.fixture
def his(as_ben: Client) -> Caller:
    return Caller(as_ben, ROOT)


def wish(**changed: Any) -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=3)
    return {"due": str(due), "framework": "seven-step", "level": "mid", **changed}


def ids(caller: Caller, group: Group) -> dict[str, int]:
    return {one["name"]: one["id"] for one in caller("get", f"{group.pk}/members/")}


def test_a_programme_is_set_up_by_a_program_alone(his: Caller, hers: Caller, db: None) -> None:
    for number in range(3):
        published(f"case-{number}")
    pk = his("post", "", 201, name="Evening class", description="On Tuesdays")["id"]
    chosen = his("put", f"{pk}/cases/", cases=["case-1", "case-2"])
    assert (
        chosen
        == his("get", f"{pk}/cases/")
        == [
            {"slug": "case-1", "title": "Case 1"},
            {"slug": "case-2", "title": "Case 2"},
        ]
    )
    made = his("post", f"{pk}/invites/", 201)
    assert made["link"] == f"http://testserver/groups/join/{made['token']}/"
    seen = hers("post", "join/look/", token=made["token"])
    assert (seen["group"], seen["name"], seen["description"], seen["by"]) == (
        pk,
        "Evening class",
        "On Tuesdays",
        "Ben",
    )
    hers("get", f"{pk}/", 404)
    hers("post", "join/", 201, token=made["token"])
    people = {one["name"]: one["id"] for one in his("get", f"{pk}/members/")}
    rota = his("post", f"{pk}/rota/generate/", 201, **wish(members=list(people.values()), weeks=1))
    set_now = {one["candidate"]: one["interviewers"] for one in rota["assignments"]}
    assert set_now == {"Ada": ["Ben"], "Ben": ["Ada"]}
    assert rota["gaps"] == []
    (mine,) = [one for one in hers("get", f"{pk}/")["assignments"] if one["role"] == "interviewer"]
    session = hers("post", f"{pk}/rota/{mine['id']}/start/")["id"]
    assert Assignment.objects.get(pk=mine["id"]).session == Session.objects.get(pk=session)


def test_asked_again_with_the_same_key_nothing_is_made_twice(group: Group, as_ben: Client, ada: User) -> None:
    members = list(group.memberships.values_list("user", flat=True))
    for path, body in (("invites/", {}), ("rota/generate/", wish(members=members, weeks=2))):
        first, second = (
            as_ben.post(
                f"{ROOT}{group.pk}/{path}", body, content_type=JSON, headers={"Idempotency-Key": path}
            )
            for _ in range(2)
        )
        assert first.status_code == 201
        assert first.content == second.content
    assert group.assignments.count() == 6
    assert GroupInvite.objects.filter(group=group, revoked_at=None).count() == 1


def test_it_is_renamed_and_closed(group: Group, his: Caller, hers: Caller) -> None:
    hers("put", f"{group.pk}/", 403, name="Mine", description="")
    said = his("put", f"{group.pk}/", name=" New\tname ", description="")
    assert (said["name"], said["description"], said["role"], said["closed_at"]) == (
        "New name",
        "",
        "mentor",
        None,
    )
    assert his("put", f"{group.pk}/", 400, name="\u202e")["errors"]["name"]
    for _ in range(2):
        his("post", f"{group.pk}/close/", 204)
    assert hers("get", f"{group.pk}/")["closed_at"]
    assert his("put", f"{group.pk}/", 409, name="Newer")["code"] == "closed"


def test_an_address_is_written_to_and_nobody_is_shown_the_link(
    group: Group, his: Caller, cleo: User, as_cleo: Client
) -> None:
    known, unknown = (
        his("post", f"{group.pk}/invites/", 201, email=f"{name}@example.com") for name in ("cleo", "nobody")
    )
    for said in (known, unknown):
        assert (said["token"], said["link"]) == (None, None)
    assert known.keys() == unknown.keys()
    token = OutgoingMail.objects.get(to=cleo.email).body.split("/groups/join/")[1].split("/")[0]
    his("delete", f"{group.pk}/invites/{unknown['id']}/", 204)
    listed = his("get", f"{group.pk}/invites/")
    assert [one["email"] for one in listed] == ["", cleo.email]
    assert listed[1].keys() == {"id", "email", "expires_at"}
    hers = Caller(as_cleo, ROOT)
    hers("post", "join/", 201, token=token)
    assert hers("post", "join/look/", 410, token=token)["code"] == "invite_used"


@pytest.mark.parametrize("email", ["", "emil", None, "a\x00b@example.com"])
def test_what_is_no_address_makes_no_link(email: str | None, group: Group, his: Caller) -> None:
    his("post", f"{group.pk}/invites/", 400, email=email)
    assert not OutgoingMail.objects.exists()
    assert not [one for one in his("get", f"{group.pk}/invites/") if one["email"]]


def test_cases_are_those_that_the_mentor_sees(group: Group, his: Caller, ada: User) -> None:
    published("hers")
    Case.objects.filter(slug="hers").update(owner=ada)
    for slug in ("hers", "nonsense"):
        said = his("put", f"{group.pk}/cases/", 400, cases=["case-1", slug])
        assert said["errors"] == {"cases": [f"There is no case '{slug}' that you see."]}
    assert group.cases.count() == 6
    assert his("put", f"{group.pk}/cases/", cases=[]) == []


def test_one_is_set_by_hand_and_taken_back(group: Group, his: Caller, hers: Caller) -> None:
    people = ids(his, group)
    body = wish(candidate=people["Ada"], interviewer=people["Ben"], second=people["Dora"], case="case-1")
    made = his("post", f"{group.pk}/rota/", 201, **body)
    assert (made["candidate"], made["interviewers"], made["standing"]) == ("Ada", ["Ben", "Dora"], "open")
    # A candidate is told the case in the room.
    assert [one["case"] for one in hers("get", f"{group.pk}/")["assignments"]] == [""]
    for _ in range(2):
        his("delete", f"{group.pk}/rota/{made['id']}/", 204)
    his(
        "post", f"{group.pk}/rota/generate/", 201, **wish(members=list(people.values()), weeks=2, panels=True)
    )
    his("delete", f"{group.pk}/rota/", 204)
    assert not group.assignments.exists()


def test_a_day_ends_by_the_mentors_own_clock(group: Group, ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(timezone="Asia/Tokyo")
    his = Caller(by_token(ben), ROOT)
    people = ids(his, group)
    day = timezone.localdate() + timedelta(days=5)
    body = wish(due=str(day), candidate=people["Ada"], interviewer=people["Ben"], case="case-1")
    his("post", f"{group.pk}/rota/", 201, **body)
    assert Assignment.objects.get().due_at.isoformat() == f"{day}T14:59:00+00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"due": "2020-01-01"},
        {"due": "9999-12-31"},
        {"weeks": 0},
        {"weeks": 13},
        {"members": []},
        {"members": [0]},
        {"members": "1"},
        {"framework": "nonsense"},
        {"level": "god"},
        {"more": 1},
    ],
)
def test_a_wrong_wish_sets_no_rota(wrong: dict[str, Any], group: Group, his: Caller) -> None:
    members = list(ids(his, group).values())
    said = his("post", f"{group.pk}/rota/generate/", 400, **{**wish(members=members, weeks=1), **wrong})
    assert list(said["errors"]) == list(wrong)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"candidate": 0}, {"interviewer": 0}, {"second": 0}, {"case": "no-such"}, {"candidate": None}]
)
def test_a_wrong_wish_sets_no_interview(wrong: dict[str, Any], group: Group, his: Caller) -> None:
    people = ids(his, group)
    body = wish(candidate=people["Ada"], interviewer=people["Ben"], case="case-1")
    said = his("post", f"{group.pk}/rota/", 400, **{**body, **wrong})
    assert list(said["errors"]) == list(wrong)
    assert not Assignment.objects.exists()


def test_what_cannot_be_is_refused_and_gaps_are_told(group: Group, his: Caller) -> None:
    people = ids(his, group)
    body = wish(candidate=people["Ada"], interviewer=people["Ada"], case="case-1")
    assert his("post", f"{group.pk}/rota/", 422, **body)["code"] == "not_members"
    his("put", f"{group.pk}/cases/", cases=["case-0"])
    said = his("post", f"{group.pk}/rota/generate/", 201, **wish(members=list(people.values()), weeks=2))
    assert {one["why"] for one in said["gaps"]} == {"case"}
    assert {one["candidate"] for one in said["gaps"]} <= set(people.values())


def test_members_are_made_mentors_and_taken_out(
    group: Group, his: Caller, hers: Caller, ada: User, ben: User, dora: User
) -> None:
    his("put", f"{group.pk}/members/{ada.pk}/", 204, role="mentor")
    hers("delete", f"{group.pk}/members/{dora.pk}/", 204)
    assert hers("delete", f"{group.pk}/members/{ada.pk}/", 422)["code"] == "yourself"
    hers("put", f"{group.pk}/members/{ben.pk}/", 204, role="member")
    his("get", f"{group.pk}/members/", 403)
    assert membership(group, dora).removed
    assert hers("delete", f"{group.pk}/members/{dora.pk}/", 404)["code"] == "no_member"
    hers("put", f"{group.pk}/members/{ben.pk}/", 400, role="admin")
    verbs = AuditEntry.objects.filter(object=str(group.pk)).order_by("pk").values_list("verb", "subject")
    assert list(verbs) == [("role.given", ada.pk), ("member.removed", dora.pk), ("role.taken", ben.pk)]


def test_who_has_left_is_a_stranger_and_the_last_mentor_stays(
    group: Group, his: Caller, hers: Caller
) -> None:
    assert his("post", f"{group.pk}/leave/", 409)["code"] == "last_mentor"
    hers("post", f"{group.pk}/leave/", 204)
    hers("get", f"{group.pk}/", 404)
    assert [one["name"] for one in his("get", f"{group.pk}/")["people"]] == ["Ben", "Dora"]


def test_levels_are_shown_by_who_agrees_and_whoever_reads_them_is_written_down(
    group: Group, ada: User, ben: User, dora: User, case_version: CaseVersion, his: Caller, hers: Caller
) -> None:
    history.sheet(interview(group, ada, dora, case_version, 10), 2)
    assert his("get", f"{group.pk}/levels/")["silent"] == ["Ada", "Dora"]
    hers("put", f"{group.pk}/levels/mine/", 204, shows=True)
    assert hers("get", f"{group.pk}/")["shows_levels"]
    said = his("get", f"{group.pk}/levels/")
    (row,) = said["members"]
    assert (row["name"], row["sessions"], row["means"]) == ("Ada", 1, [2.0] * len(said["steps"]))
    assert row["low"] < row["level"] < row["high"]
    assert (said["by"], said["others"], said["silent"]) == ("automatic", ["automatic"], ["Dora"])
    read = AuditEntry.objects.filter(verb="levels.read").values_list("actor", "subject")
    assert list(read) == [(ben.pk, ada.pk)]
    hers("put", f"{group.pk}/levels/mine/", 204, shows=False)
    assert his("get", f"{group.pk}/levels/")["members"] == []


def test_members_see_names_and_no_numbers_or_addresses(group: Group, his: Caller, hers: Caller) -> None:
    his("post", f"{group.pk}/invites/", 201, email="emil@example.com")
    said = hers("get", f"{group.pk}/")
    assert {key for one in said["people"] for key in one} == {"name", "role"}
    assert "example.com" not in str(said)
    for path in ("members/", "invites/", "cases/", "levels/"):
        hers("get", f"{group.pk}/{path}", 403)


def test_a_token_does_what_its_scope_says(group: Group, ben: User) -> None:
    reads = Caller(by_token(ben, ["groups:read"]), ROOT)
    reads("get", f"{group.pk}/members/")
    assert reads("post", f"{group.pk}/invites/", 403)["code"] == "insufficient_scope"
    assert reads("delete", f"{group.pk}/rota/", 403)["code"] == "insufficient_scope"
