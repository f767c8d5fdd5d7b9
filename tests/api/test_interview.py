"""One interview from the first request to the feedback, by programs alone: Ada is asked, Ben asks, Cleo watches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casebank.models import CaseVersion, Guide
from interviews.actions import assignments, groups, memberships, scoring
from interviews.actions.assignments import Terms
from interviews.models import Group, ScoreJob, Session
from interviews.rules import feedback as rules
from mlsd_site.accounts.models import User
from tests.api.calling import Caller
from tests.api.conftest import Program

pytestmark = pytest.mark.django_db
WISH = {"case": "ad-clicks", "arrangement": "candidate", "framework": "seven-step", "level": "senior"}


@pytest.fixture
def guided(case_version: CaseVersion) -> CaseVersion:
    body = {
        "facts": [{"ask": "How large?", "answer": "A billion a day."}],
        "hints": {"data": ["When is it known?"]},
        "ladders": {"senior": [{"ask": "Why?", "listen_for": "Because."}]},
    }
    Guide.objects.filter(version=case_version).update(body=body)
    return case_version


def test_all_of_it(guided: CaseVersion, ada: User, ben: User, cleo: User, program: Program) -> None:
    hers, his, watcher = (Caller(program(one)) for one in (ada, ben, cleo))
    pk = hers("post", "sessions/", 201, **WISH)["id"]
    here = f"sessions/{pk}/"
    join(hers, his, here, "interviewer")
    join(hers, watcher, here, "observer")
    people = hers("get", f"{here}people/")
    assert [one["role"] for one in people] == ["candidate", "interviewer", "observer"]
    hers("delete", f"{here}people/{people[2]['seat']}/", 204)
    watcher("get", here, 404)
    hers("put", f"{here}consent/", 204, replay=True)
    run(hers, his, here)
    end(hers, his, here, people)
    assert hers("get", "progress/")["totals"]["interviewed"] == 1
    rows = hers("get", "sessions/?state=ended&role=candidate")["items"]
    assert [(one["id"], one["partner"]) for one in rows] == [(pk, "Ben")]


def join(hers: Caller, guest: Caller, here: str, role: str) -> None:
    invite = hers("post", f"{here}invites/", 201, role=role)
    assert invite["link"].endswith(f"/invites/{invite['token']}/")
    assert guest("post", "invites/look/", token=invite["token"])["by"] == "Ada"
    assert guest("post", "invites/accept/", 201, token=invite["token"])["role"] == role
    guest("post", "invites/look/", 410, token=invite["token"])


def run(hers: Caller, his: Caller, here: str) -> None:
    hers("post", f"{here}start/", 403)
    assert his("post", f"{here}start/")["state"] == "live"
    hers("put", f"{here}notes/clarify/", text="30k a second", base=0)
    assert his("get", f"{here}notes/")[0] == {"step": "clarify", "version": 1, "text": "30k a second"}
    his("post", f"{here}chat/", 201, text="Hello", ref=1)
    assert [one["text"] for one in hers("get", f"{here}chat/")] == ["Hello"]
    his("put", f"{here}private-note/", text="strong", base=0)
    assert his("get", f"{here}private-note/") == {"text": "strong", "version": 1}
    hers("get", f"{here}private-note/", 403)
    his("post", f"{here}facts/", 204, number=1)
    his("post", f"{here}hints/", 204, step="data", grade=1)
    his("post", f"{here}flips/", 204, text="Twice the traffic")
    his("post", f"{here}probes/", 204, level="senior", number=1, mark="prompted")
    given = hers("get", f"{here}given/")
    assert given["facts"][0]["answer"] == "A billion a day."
    assert [one["text"] for one in given["told"]] == ["When is it known?", "Twice the traffic"]
    assert his("post", f"{here}ticks/", item="clarify.goal", level=2)["marks"][0]["level"] == 2
    assert his("post", f"{here}pause/", reason="the door")["clock"]["state"] == "paused"
    assert his("post", f"{here}resume/")["clock"]["state"] == "live"
    hers("post", f"{here}extend/", minutes=5)
    assert hers("get", f"{here}board/") == {"elements": []}
    hers("get", f"{here}submission/", 404)


def end(hers: Caller, his: Caller, here: str, people: list[dict[str, Any]]) -> None:
    assert hers("post", f"{here}submit/")["state"] == "ended"
    assert hers("get", f"{here}submission/")["notes"]["clarify"] == "30k a second"
    scoring.run(job_id=ScoreJob.objects.get().pk, now=timezone.now())
    assert hers("get", f"{here}report/")["rate_first"] is True
    hers("post", f"{here}feedback/skip/", 204)
    assert hers("get", f"{here}report/")["sheet"]["source"] == "automatic"
    assert his("get", f"{here}report/")["withheld"] is True
    his("post", f"{here}marks/", item="", level=3, reason="Clear and calm")
    assert his("post", f"{here}marks/seal/")["sealed"] is True
    sheet = his("get", f"{here}report/")["sheet"]["id"]
    confirmed = his("post", f"{here}marks/confirm/", step="clarify", sheet=sheet)["marks"]
    assert {"", "clarify.goal"} < {one["item"] for one in confirmed}
    about = people[0]["seat"]
    form = his("get", f"{here}feedback/")["forms"][0]
    assert (form["about"], form["kind"], form["may_send"]) == (about, "candidate", True)
    words = {question.name: "Well done" for question in rules.OF_CANDIDATE}
    assert his("put", f"{here}feedback/{about}/", answers=words, base=0)["version"] == 1
    his("put", f"{here}feedback/{about}/", 409, answers={}, base=0)
    assert "errors" in his("post", f"{here}feedback/{about}/send/", 422, answers={}, base=1)
    his("post", f"{here}feedback/{about}/send/", 204, answers=words, base=2)
    assert hers("get", f"{here}feedback/")["revealed"] == []


def test_lists_lead_from_page_to_page(case_version: CaseVersion, ada: User, program: Program) -> None:
    hers = Caller(program(ada))
    for _ in range(3):
        hers("post", "sessions/", 201, **WISH)
    first = hers("get", "sessions/?per_page=2&order=created_at")
    assert (len(first["items"]), first["previous"]) == (2, None)
    second = hers("get", first["next"].split("/api/v1/")[1])
    assert (len(second["items"]), second["next"]) == (1, None)
    seen = [one["id"] for one in (*first["items"], *second["items"])]
    assert seen == [str(one) for one in Session.objects.order_by("created_at").values_list("pk", flat=True)]


def test_a_session_that_makes_no_sense_is_refused(
    case_version: CaseVersion, ada: User, program: Program
) -> None:
    hers = Caller(program(ada))
    for wrong in (
        {"case": "nowhere"},
        {"framework": "none"},
        {"level": "god"},
        {"swap": "full", "panel": True},
    ):
        hers("post", "sessions/", 400, **{**WISH, **wrong})
    hers("post", "sessions/", 400, **WISH, state="ended")
    assert not Session.objects.exists()


def test_the_line_and_the_calendar(case_version: CaseVersion, ada: User, ben: User, program: Program) -> None:
    hers, his = Caller(program(ada)), Caller(program(ben))
    assert hers("get", "practise/")["face"] == "idle"
    hers("post", "practise/", 201, role="candidate", level="senior")
    assert hers("get", "practise/")["face"] == "waiting"
    hers("delete", "practise/", 204)
    hours = [his("post", "calendar/hours/", 201, weekday=day, begins=0, ends=1440) for day in range(7)]
    assert his("get", "calendar/hours/") == hours
    his("get", "calendar/listing/", 404)
    listing = his("put", "calendar/listing/", wanted="interviewer", language="en")["id"]
    (offer,) = hers("get", "calendar/people/")["items"]
    assert (offer["id"], offer["name"]) == (listing, "Ben")
    starts = hers("get", f"calendar/people/{listing}/")["starts"]
    plan = {"start": starts[0], "minutes": 45, "role": "candidate", "framework": "seven-step"}
    booked = hers("post", f"calendar/people/{listing}/", 201, **plan)
    assert (booked["state"], booked["partner"], booked["role"]) == ("confirmed", "Ben", "Candidate")
    hers("post", f"calendar/people/{listing}/", 409, **plan)
    here = f"bookings/{booked['id']}/"
    his("post", f"{here}open/", 409)
    his("post", f"{here}counter/", start=starts[-1])
    assert hers("get", here)["asked_me"] is True
    assert hers("post", f"{here}accept/", start=starts[-1])["starts_at"] == starts[-1]
    assert his("post", f"{here}cancel/")["state"] == "cancelled"
    proposed = hers("post", "bookings/", 201, **plan, partner="Ben", level="senior")
    assert his("post", f"bookings/{proposed['id']}/decline/")["state"] == "declined"
    his("delete", f"calendar/hours/{hours[0]['id']}/", 204)
    his("delete", "calendar/listing/", 204)
    assert hers("get", "calendar/people/")["items"] == []


def test_a_group_is_made_joined_and_kept_from_strangers(
    case_version: CaseVersion, ada: User, ben: User, cleo: User, program: Program
) -> None:
    hers, his, strangers = (Caller(program(one)) for one in (ada, ben, cleo))
    pk = hers("post", "groups/", 201, name="Study group")["id"]
    group = Group.objects.get(pk=pk)
    token = memberships.make_link(group=group, by=ada, now=timezone.now())
    assert his("post", "groups/join/", 201, token=token) == {"id": pk, "name": "Study group"}
    assert [one["people"] for one in his("get", "groups/")["items"]] == [2]
    terms = Terms("seven-step", "senior", timezone.now() + timedelta(days=7))
    groups.set_cases(group=group, by=ada, slugs=["ad-clicks"])
    now, case = timezone.now(), case_version.case
    made = assignments.add(group=group, by=ada, people=[ada.pk, ben.pk], case=case, terms=terms, now=now)
    (row,) = his("get", f"groups/{pk}/")["assignments"]
    assert (row["id"], row["role"], row["candidate"]) == (made.pk, "interviewer", "Ada")
    for who, status in ((strangers, 404), (his, 200)):
        who("post", f"groups/{pk}/rota/{made.pk}/start/", status)
        who("get", f"groups/{pk}/", status)
    strangers("post", f"groups/{pk}/rota/{made.pk}/time/", 404, start="2030-01-01T10:00:00Z")
