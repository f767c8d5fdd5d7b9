"""The archive of all of one's data: asked for, made by a worker, kept for a day, and downloaded by its person alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from interviews.audit.verbs import Verb
from interviews.errors import Refused
from interviews.models import AuditEntry, OutgoingMail
from mlsd_site.accounts import archive, archive_outbox
from mlsd_site.accounts.deletion import delete
from mlsd_site.accounts.models import Archive, ArchivePiece, User
from mlsd_site.purge import due
from tests.accounts import archives
from tests.interviews.stage import alone

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
# What is masked anew for every page.
MASKED = re.compile(r"\b[A-Za-z0-9]{64}\b")


def page(browser: Client) -> str:
    return browser.get("/accounts/data/").content.decode()


def test_the_page_says_that_it_is_made_and_then_where_it_is(as_ada: Client) -> None:
    as_ada.post("/accounts/data/archive/")
    waiting = page(as_ada)
    assert "is being made" in waiting
    assert "Make the file" not in waiting
    archive_outbox.sweep(now=timezone.now())
    row = Archive.objects.get()
    assert f"/accounts/data/archive/{row.pk}/" in page(as_ada)


def test_its_person_is_told_by_mail_and_not_what_is_in_it(as_ada: Client, ada: User) -> None:
    address = archives.made(as_ada)
    told = OutgoingMail.objects.get()
    assert (told.to, told.subject) == (ada.email, "Your data is ready")
    assert "/accounts/data/" in told.body
    assert address not in told.body
    assert told.useful_until
    assert told.useful_until <= timezone.now() + DAY


def test_asking_writes_nothing_and_downloading_is_recorded_each_time(as_ada: Client, ada: User) -> None:
    address = archives.made(as_ada)
    rows = AuditEntry.objects.filter(actor=ada.pk, verb=Verb.DATA_EXPORTED)
    assert rows.count() == 0
    for _ in range(2):
        assert zipfile.ZipFile(BytesIO(as_ada.get(address).getvalue())).testzip() is None
    assert rows.count() == 2


def test_a_stranger_is_answered_as_if_it_were_not_there(as_ada: Client, as_cleo: Client) -> None:
    address = archives.made(as_ada)
    missing = "/accounts/data/archive/00000000-0000-4000-8000-000000000000/"
    first, second = (as_cleo.get(one) for one in (address, missing))
    assert (first.status_code, second.status_code) == (404, 404)
    said = [MASKED.sub("", one.content.decode()) for one in (first, second)]
    assert said[0].replace(address, "") == said[1].replace(missing, "")


def test_what_is_still_made_cannot_be_downloaded(as_ada: Client) -> None:
    as_ada.post("/accounts/data/archive/")
    assert as_ada.get(f"/accounts/data/archive/{Archive.objects.get().pk}/").status_code == 404


def test_after_a_day_it_is_shut_at_once_and_goes_with_the_next_sweep(as_ada: Client) -> None:
    address = archives.made(as_ada)
    Archive.objects.update(done_at=timezone.now() - DAY)
    assert as_ada.get(address).status_code == 404
    assert "Make the file" in page(as_ada)
    assert due(timezone.now())["archives"] == 1
    assert not archive_outbox.sweep(now=timezone.now())
    assert not ArchivePiece.objects.exists()


def test_another_takes_the_place_of_the_last_one(as_ada: Client) -> None:
    first, second = archives.made(as_ada), archives.made(as_ada)
    assert as_ada.get(first).status_code == 404
    assert as_ada.get(second).getvalue()


def test_asking_while_it_is_made_begins_nothing_anew(ada: User) -> None:
    assert archive_outbox.ask(user=ada, now=NOW) == archive_outbox.ask(user=ada, now=NOW)
    assert Archive.objects.count() == 1


def test_a_big_one_is_kept_in_pieces(as_ada: Client, ada: User) -> None:
    row = archive_outbox.ask(user=ada, now=NOW)
    claimed = archive_outbox.claim(now=NOW)
    assert claimed == row
    data = b"0123456789abcdef" * (archive_outbox.PIECE // 16 * 2 + 1)
    assert archive_outbox.keep(claimed, BytesIO(data), now=NOW)
    assert ArchivePiece.objects.count() == 3
    answer = as_ada.get(f"/accounts/data/archive/{row.pk}/")
    assert answer.getvalue() == data
    answer.close()
    assert answer["Content-Length"] == str(len(data))


def test_what_a_killed_worker_had_begun_is_made_by_the_next_after_its_lease(ada: User) -> None:
    archive_outbox.ask(user=ada, now=NOW)
    lost = archive_outbox.claim(now=NOW)
    assert lost
    assert not archive_outbox.sweep(now=NOW + timedelta(seconds=60))
    assert archive_outbox.sweep(now=NOW + timedelta(seconds=120))
    assert not archive_outbox.keep(lost, BytesIO(b"late"), now=NOW)
    assert OutgoingMail.objects.count() == 1


def test_what_kills_its_workers_is_given_up_and_may_be_asked_for_again(as_ada: Client, ada: User) -> None:
    archive_outbox.ask(user=ada, now=NOW)
    for minutes in (0, 10, 20):
        assert archive_outbox.claim(now=NOW + timedelta(minutes=minutes))
    assert not archive_outbox.sweep(now=NOW + timedelta(minutes=30))
    assert Archive.objects.get().state == Archive.State.PARKED
    assert archive_outbox.waiting(NOW).states == {"queued": 0, "ready": 0, "parked": 1}
    assert "could not be made" in page(as_ada)
    archives.made(as_ada)


@pytest.mark.parametrize("written", [False, True])
def test_a_deletion_while_it_is_made_leaves_nothing_of_it(written: bool, ada: User) -> None:
    alone(ada)
    archive_outbox.ask(user=ada, now=NOW)
    claimed = archive_outbox.claim(now=NOW)
    assert claimed
    file = BytesIO()
    if written:
        archive.write(ada, file, NOW)
    delete(user_id=ada.pk, now=NOW)
    if not written:
        with pytest.raises(Refused, match="deleted already"):
            archive.write(claimed.user, file, NOW)
    assert not archive_outbox.keep(claimed, file, now=NOW)
    assert not Archive.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_deleting_the_account_deletes_what_is_ready(
    as_ada: Client, ada: User, signed_in: Callable[[User], Client]
) -> None:
    archives.made(as_ada)
    delete(user_id=ada.pk, now=NOW)
    assert not ArchivePiece.objects.exists()
    assert not OutgoingMail.objects.exists()
