"""Each reading leaves its row: whose reading it was, and whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion, SeenCase
from interviews.actions import memberships, notes, people, second, shares
from interviews.audit.verbs import READINGS, Kind, Verb
from interviews.models import AuditEntry, Complaint, Group, SecondRating, Session
from interviews.rules.shares import Wish
from mlsd_site.accounts.models import User
from tests.interviews import history
from tests.interviews.canaries import tell_all
from tests.interviews.programme import interview

NOW = timezone.now()
# {verb: the address that shows it, who opens it, and whom it concerns}; each is asked for in turn below.
ROOM = "/sessions/{session}/"
SHOWN: dict[Verb, tuple[str, str, str | None]] = {
    Verb.GUIDE_READ: (f"{ROOM}sheet/", "ben", None),
    Verb.PRIVATE_NOTES_READ: (ROOM, "ben", "ben"),
    Verb.REPORT_READ: (f"{ROOM}report/", "ben", "ada"),
    Verb.MARKS_READ: (f"{ROOM}report/", "ada", "ben"),
    Verb.FEEDBACK_READ: ("/api/v1/sessions/{session}/feedback/", "ben", "ada"),
    Verb.IDENTITY_READ: (f"{ROOM}report/", "ada", "ben"),
    Verb.REPLAY_READ: (f"{ROOM}replay/", "ben", "ada"),
    Verb.LEVELS_READ: ("/groups/{group}/levels/", "ben", "ada"),
    Verb.WORK_READ: ("/ratings/{rating}/", "cleo", "ada"),
    Verb.LINK_OPENED: ("/shared/{token}/", "", "ada"),
    Verb.COMPLAINT_READ: ("/admin/interviews/complaint/{complaint}/change/", "root", None),
}


@pytest.fixture
def ids(live: Session, group: Group, ada: User, ben: User, cleo: User, dora: User) -> dict[str, object]:
    session = tell_all(live, ada, ben)
    hers, his = session.seats.get(user=ada), session.seats.get(user=ben)
    version = session.case_version
    memberships.show_levels(group=group, user_id=ada.pk, shows=True, now=NOW)
    history.sheet(interview(group, ada, dora, version, 10), 2)
    _, token = shares.create(seat=hers, wish=Wish(frozenset({"verdict"}), timedelta(days=7)), now=NOW)
    said = people.complain(seat=his, other=hers, reason="other", words="Late.", now=NOW)
    return {
        "session": session.pk,
        "group": group.pk,
        "token": token,
        "complaint": said.pk,
        "rating": _taken(ada, dora, cleo, version).pk,
    }


def _taken(ada: User, dora: User, rater: User, version: CaseVersion) -> SecondRating:
    past = history.held(ada, dora, version, ended=NOW - timedelta(days=3))
    history.agree(past)
    history.sheet(past, 1)
    history.sent(past, dora, 1)
    seat = past.seats.select_related("session__case_version__case", "user").get(user=ada)
    second.offer(seat=seat, now=NOW)
    SeenCase.objects.create(user=rater, case=version.case, how=SeenCase.How.INTERVIEWER, at=NOW)
    row = SecondRating.objects.get()
    second.take(user=rater, rating=row.pk, now=NOW)
    return row


def test_of_every_reading_it_is_known_where_it_happens() -> None:
    assert set(SHOWN) == READINGS


def test_each_leaves_its_row(
    ids: dict[str, object],
    ada: User,
    ben: User,
    cleo: User,
    client: Client,
    signed_in: Callable[[User], Client],
) -> None:
    root = User.objects.create_superuser("root@example.com", "x", display_name="Root")
    cast = {"ada": ada, "ben": ben, "cleo": cleo, "root": root}
    browsers = {"": client} | {name: signed_in(one) for name, one in cast.items()}
    for verb, (address, who, about) in SHOWN.items():
        actor = cast[who].pk if who else None
        subject = cast[about].pk if about else None
        with transaction.atomic():
            assert browsers[who].get(address.format(**ids)).status_code == 200, verb
            row = AuditEntry.objects.filter(verb=verb, actor=actor, subject=subject).first()
            transaction.set_rollback(True)
        assert row, verb
        assert row.request, verb


def test_ones_own_report_and_replay_leave_none_but_what_others_wrote_does(
    ids: dict[str, object], ada: User, as_ada: Client
) -> None:
    for page in ("report/", "replay/", "report/"):
        assert as_ada.get(ROOM.format(**ids) + page).status_code == 200
    rows = AuditEntry.objects.filter(actor=ada.pk, verb__in=READINGS)
    assert set(rows.values_list("verb", flat=True)) == {
        Verb.MARKS_READ,
        Verb.FEEDBACK_READ,
        Verb.IDENTITY_READ,
    }


def test_the_guide_of_somebodys_own_case_concerns_its_owner_and_not_the_owner_reading_it(
    live: Session, ada: User, ben: User, cleo: User
) -> None:
    case = live.case_version.case
    case.owner = cleo
    case.save()
    seat = live.seats.select_related("session__case_version__case", "user").get(user=ben)
    notes.read_guide(seat=seat, now=NOW)
    row = AuditEntry.objects.get(verb=Verb.GUIDE_READ)
    assert (row.actor, row.subject, row.kind) == (ben.pk, cleo.pk, Kind.VERSION)
    case.owner = ben
    case.save()
    seat = live.seats.select_related("session__case_version__case", "user").get(user=ben)
    notes.read_guide(seat=seat, now=NOW + timedelta(hours=2))
    assert AuditEntry.objects.filter(verb=Verb.GUIDE_READ).count() == 1


def test_where_no_row_can_be_written_nothing_is_shown(
    live: Session, ben: User, signed_in: Callable[[User], Client]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE interviews_auditentry ADD CONSTRAINT broken CHECK (false) NOT VALID")
    browser = signed_in(ben)
    browser.raise_request_exception = False
    assert browser.get(f"/sessions/{live.pk}/guide/").status_code == 500


def test_a_complaint_is_handled_by_somebody(live: Session, ada: User, ben: User, cleo: User) -> None:
    said = people.complain(
        seat=live.seats.get(user=ada), other=live.seats.get(user=ben), reason="other", words="So.", now=NOW
    )
    for _ in range(2):
        people.handle(complaints=[said.pk], by=cleo.pk, now=NOW)
    assert Complaint.objects.get().state == "handled"
    row = AuditEntry.objects.get(verb=Verb.COMPLAINT_HANDLED)
    assert (row.actor, row.subject, row.object) == (cleo.pk, None, str(said.pk))
