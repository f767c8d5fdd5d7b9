from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as post

from casebank.models import Case
from interviews.actions import assignments, groups, mail, memberships
from interviews.models import Assignment, Group, OutgoingMail
from mlsd_site.accounts.models import User
from tests.interviews.programme import NOW, terms

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=4)


def rota(group: Group, by: User, *members: User, panels: bool = False) -> list[Assignment]:
    made, _ = assignments.generate(
        group=group,
        by=by,
        members=[one.pk for one in members],
        weeks=2,
        panels=panels,
        terms=terms(),
        now=NOW,
    )
    return made


def waiting() -> dict[str, str]:
    """{address: body} of the mails that wait; each address has one."""
    found = list(OutgoingMail.objects.filter(state="queued", key__startswith="rota:"))
    assert len({one.to for one in found}) == len(found)
    return {one.to: one.body for one in found}


def take_back(group: Group, by: User, one: Assignment) -> None:
    assignments.withdraw(group=group, assignment_id=one.pk, by=by, now=LATER)


def test_a_rota_is_one_mail_for_each_but_the_one_who_sets_it(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    rota(group, ben, ada, ben, dora)
    assert set(waiting()) == {ada.email, dora.email}
    body = waiting()[ada.email]
    assert body.count("  by ") == 4
    assert f"/groups/{group.pk}/" in body


def test_the_candidate_reads_no_case_and_who_interviews_does(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    case = Case.objects.get(slug="case-3")
    people = [ada.pk, dora.pk, ben.pk]
    assignments.add(group=group, by=ben, people=people, case=case, terms=terms(), now=NOW)
    bodies = waiting()
    assert "Case 3" not in bodies[ada.email]
    assert "Dora and Ben interview you" in bodies[ada.email]
    assert 'you interview Ada on "Case 3", with Ben' in bodies[dora.email]


def test_what_is_set_meanwhile_goes_into_the_same_mail(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    rota(group, ben, ada, dora)
    rota(group, ben, ada, dora)
    hers = [one for one in group.assignments.all() if ada.pk in one.people]
    assert waiting()[ada.email].count("  by ") == len(hers) > 4


def test_what_is_taken_back_before_it_left_is_told_to_nobody(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    made = rota(group, ben, ada, dora)
    take_back(group, ben, made[0])
    assert waiting()[ada.email].count("  by ") == 3
    for one in made[1:]:
        take_back(group, ben, one)
    assert waiting() == {}
    mail.deliver(now=LATER + timedelta(hours=1))
    assert post.outbox == []


def test_it_waits_some_minutes_and_a_change_after_that_is_told(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    made = rota(group, ben, ada, dora)
    mail.deliver(now=NOW + timedelta(minutes=1))
    assert post.outbox == []
    mail.deliver(now=LATER)
    assert {one.to[0] for one in post.outbox} == {ada.email, dora.email}
    for one in made:
        take_back(group, ben, one)
    assert "any more" in waiting()[ada.email]
    subject = OutgoingMail.objects.filter(state="queued", to=ada.email).get().subject
    assert subject == "Your interviews in Study circle have changed"


def test_who_leaves_is_told_nothing_and_their_partners_are(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    rota(group, ben, ada, ben, dora)
    mail.deliver(now=LATER)
    rota(group, ben, ada, ben, dora)
    memberships.leave(group=group, user_id=dora.pk, now=LATER)
    assert set(waiting()) == {ada.email, ben.email}
    assert "Dora" not in waiting()[ada.email]


def test_a_closed_group_writes_no_more(group: Group, ben: User, ada: User, dora: User) -> None:
    rota(group, ben, ada, dora)
    groups.close(group=group, now=NOW)
    assert waiting() == {}


@pytest.mark.asvs("1.3.11")
def test_a_hostile_name_is_one_line_of_text(group: Group, ben: User, ada: User, dora: User) -> None:
    Group.objects.filter(pk=group.pk).update(name="Study\r\nBcc: all@example.com")
    group.refresh_from_db()
    rota(group, ben, ada, dora)
    assert {one.subject for one in OutgoingMail.objects.filter(key__startswith="rota:")} == {
        "Your interviews in Study Bcc: all@example.com"
    }


def test_an_address_that_takes_no_mail_stops_no_rota(group: Group, ben: User, ada: User, dora: User) -> None:
    User.objects.filter(pk=ada.pk).update(email="nobody")
    assert len(rota(group, ben, ada, dora)) == 4
    assert set(waiting()) == {dora.email}


def test_all_that_was_not_begun_is_taken_back_in_one_mail(
    group: Group, ben: User, ada: User, dora: User
) -> None:
    made = rota(group, ben, ada, dora)
    mail.deliver(now=LATER)
    assignments.start(group=group, assignment_id=made[0].pk, by=ada, now=LATER)
    assert assignments.withdraw_all(group=group, by=ben, now=LATER) == 3
    assert list(group.assignments.all()) == [made[0]]
    assert set(waiting()) == {ada.email, dora.email}
    assert assignments.withdraw_all(group=group, by=ben, now=LATER) == 0
