"""Members by step, for a group's mentors: of whom, from what, and who sees it."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casebank import checklist
from casebank.models import CaseVersion
from interviews.actions import memberships
from interviews.models import Group, Membership, ScoreSheet, SelfRating
from mlsd_site.accounts.models import User
from tests.interviews.history import held, sheet
from tests.interviews.programme import interview

DAY = timedelta(days=1)
NOW = timezone.now()
INTERVIEWER = ScoreSheet.Source.INTERVIEWER


def agree(group: Group, *users: User) -> None:
    for user in users:
        memberships.show_levels(group=group, user_id=user.pk, shows=True, now=NOW)


def text(client: Client, group: Group, wish: str = "") -> str:
    answer = client.get(f"/groups/{group.pk}/levels/{wish}")
    assert answer.status_code == 200
    # What a phone shows in place of the last column.
    page = re.sub(r'<span class="heat-narrow.*?</span>', "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_mentor_sees_means_by_step_and_who_needs_what(
    group: Group, ada: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    agree(group, ada, dora)
    weak = {item: 0 for item in checklist.texts() if item.startswith("features.")}
    sheet(interview(group, ada, dora, case_version, 10), 2, source=INTERVIEWER, rater=dora, items=weak)
    said = text(as_ben, group)
    assert re.search(r"Ada 1 2\.0 .*0\.0 .*1\.8 ± \d\.\d Dora 0 – –", said)
    assert "where their mean is lowest. Engineer the features Ada" in said
    assert "Not shared with you" not in said


def test_only_of_who_agreed_and_no_longer_once_they_take_it_back(
    group: Group, ada: User, dora: User, as_ada: Client, as_ben: Client, case_version: CaseVersion
) -> None:
    for candidate, other in ((ada, dora), (dora, ada)):
        sheet(interview(group, candidate, other, case_version, 10), 2)
    said = text(as_ben, group)
    assert "Nothing to show yet" in said
    assert "Not shared with you: Ada, Dora." in said
    assert "see none of your levels" in as_ada.get(f"/groups/{group.pk}/").content.decode()
    as_ada.post(f"/groups/{group.pk}/levels/mine/", {"shows": "yes"})
    assert "see your means by step" in as_ada.get(f"/groups/{group.pk}/").content.decode()
    said = text(as_ben, group)
    assert "Ada 1 2.0" in said
    assert "Dora 1" not in said
    assert "Not shared with you: Dora." in said
    as_ada.post(f"/groups/{group.pk}/levels/mine/", {"shows": "no"})
    assert "Nothing to show yet" in text(as_ben, group)


def test_nothing_of_other_sessions_nor_of_another_group(
    group: Group, ada: User, ben: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    agree(group, ada)
    sheet(held(ada, ben, case_version, ended=NOW - 10 * DAY), 2)
    other = Group.objects.create(name="Another")
    Membership.objects.create(group=other, user=ada, shows_levels=True)
    sheet(interview(other, ada, dora, case_version, 10), 2)
    # who interviewed shows nothing of it
    sheet(interview(group, dora, ada, case_version, 10), 2)
    assert "Nothing to show yet" in text(as_ben, group)


def test_nothing_that_the_member_does_not_see_yet(
    group: Group, ada: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    agree(group, ada)
    sealed = interview(group, ada, dora, case_version, 1)
    sheet(sealed, 3, source=INTERVIEWER, rater=dora)
    unrated = interview(group, ada, dora, case_version, 10, rated=False)
    sheet(unrated, 3)
    assert "Nothing to show yet" in text(as_ben, group)
    SelfRating.objects.create(seat=unrated.seats.get(user=ada))
    said = text(as_ben, group, "?by=interviewer")
    assert "By the automatic scorer." in said
    assert "Ada 1 3.0" in said


def test_sources_stand_apart(
    group: Group, ada: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    agree(group, ada)
    session = interview(group, ada, dora, case_version, 10)
    sheet(session, 1)
    sheet(session, 3, source=INTERVIEWER, rater=dora)
    sheet(session, 2, source=ScoreSheet.Source.SELF)
    assert "Ada 1 3.0" in text(as_ben, group)
    assert "Ada 1 1.0" in text(as_ben, group, "?by=automatic")
    assert "Ada 1 3.0" in text(as_ben, group, "?by=self")


def test_who_else_may_look(
    group: Group, ada: User, ben: User, as_ada: Client, as_ben: Client, as_cleo: Client
) -> None:
    address, mine = f"/groups/{group.pk}/levels/", f"/groups/{group.pk}/levels/mine/"
    assert as_cleo.get(address).status_code == 404
    assert as_cleo.post(mine, {"shows": "yes"}).status_code == 404
    assert as_ada.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert as_ben.get(mine).status_code == 405
    memberships.set_role(group=group, user_id=ada.pk, role=Membership.Role.MENTOR, by=ben.pk, now=NOW)
    assert as_ada.get(address).status_code == 200
    memberships.leave(group=group, user_id=ada.pk, now=NOW)
    assert as_ada.get(address).status_code == 404


def test_who_left_is_shown_no_more_and_is_asked_again(
    group: Group, ada: User, ben: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    agree(group, ada)
    sheet(interview(group, ada, dora, case_version, 10), 2)
    assert "Ada 1 2.0" in text(as_ben, group)
    memberships.leave(group=group, user_id=ada.pk, now=NOW)
    assert "Ada" not in text(as_ben, group)
    token = memberships.make_link(group=group, by=ben, now=NOW)
    memberships.join(token=token, by=ada, now=NOW)
    assert "Not shared with you: Dora, Ada." in text(as_ben, group)


def test_it_asks_no_more_of_the_database_for_more_members(
    group: Group, ada: User, ben: User, dora: User, as_ben: Client, case_version: CaseVersion
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            text(as_ben, group)
        return len(caught)

    agree(group, ada)
    for days in (1, 10):
        sheet(interview(group, ada, dora, case_version, days), 2)
    few = queries()
    agree(group, dora)
    for number in range(4):
        for days in (1, 20):
            sheet(interview(group, dora, ada, case_version, days + number / 10), 2)
    assert queries() == few
    assert few <= 12
