"""Archives of people's data are made by a worker: asked for in the row that is the queue of record, made under a lease,
kept for RETAIN_ARCHIVES, and then gone.

The lease, the pauses and the nudge are those of mail and webhooks. What a killed worker had begun is made again from
the start: a half of one is never seen, because the pieces and the word that it is ready are one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from casebank.spooled import spooled
from interviews.actions import mail
from interviews.actions.nudges import tell
from interviews.errors import Refused
from interviews.queries.backlog import Queue, states
from interviews.rules import outbox
from interviews.rules import queue as rules

from . import archive
from .models import Archive, ArchivePiece, User

log = logging.getLogger(__name__)
State = Archive.State
PIECE = 2**20


@transaction.atomic
def ask(*, user: User, now: datetime) -> Archive:
    """Queue an archive of this person's data, which takes the place of the last one; the one that is being made, where
    there is one. Raises Refused: gone (410) if the account has been deleted."""
    if _held(user.pk) is None:
        raise Refused("gone", "This account has been deleted already.", status=410)
    waiting = Archive.objects.filter(user=user, state=State.QUEUED).first()
    if waiting is not None:
        return waiting
    Archive.objects.filter(user=user).delete()
    row = Archive.objects.create(user=user, created_at=now, next_at=now)
    transaction.on_commit(nudge)
    return row


def nudge() -> None:
    """Tell a worker that an archive waits; if the broker does not answer, beat's sweep does it again."""
    from mlsd_site import tasks

    tell(tasks.make_archives)


def sweep(*, now: datetime) -> bool:
    """Take what is over its time, and make the archive that has waited longest; whether one was made. Safe to call from
    many workers. Where more wait, a worker is nudged again, so that mail has its turn in between."""
    over(now).delete()
    row = claim(now=now)
    if row is None:
        return False
    done = _make(row, now)
    if _due(now).exists():
        nudge()
    return done


def over(now: datetime) -> QuerySet[Archive]:
    """Those that are kept no longer."""
    return Archive.objects.filter(done_at__lte=now - kept_for())


def kept_for() -> timedelta:
    """How long an archive is kept once it is there."""
    return timedelta(days=settings.RETAIN["archives"] or 0)


@transaction.atomic
def claim(*, now: datetime) -> Archive | None:
    """Take the one that has waited longest under a lease, counting the attempt before the work begins."""
    rows = _due(now).select_for_update(skip_locked=True, of=("self",)).select_related("user")
    row = rows.order_by("next_at", "pk").first()
    if row is None:
        return None
    if rules.is_poison(row.attempts):
        _give_up(row, now)
        return None
    row.attempts, row.next_at = row.attempts + 1, now + outbox.LEASE
    row.save(update_fields=["attempts", "next_at"])
    return row


def keep(row: Archive, file: IO[bytes], *, now: datetime) -> bool:
    """Keep what was made for a claimed row, and queue the mail that says so; False, with nothing kept, where the
    account or the row has gone meanwhile, or another attempt has begun."""
    with transaction.atomic():
        # The account first, as who deletes it holds it: either finds the other's work done, or none of it.
        user = _held(row.user_id)
        if user is None or not _mine(row).select_for_update().exists():
            return False
        size = 0
        for number, data in enumerate(_pieces(file)):
            ArchivePiece.objects.create(archive=row, number=number, data=data)
            size += len(data)
        _mine(row).update(state=State.READY, next_at=None, done_at=now, size=size)
        _write(user, row, now)
    return True


def waiting(now: datetime) -> Queue:
    """How many there are in each state, and since when the oldest waits."""
    since = Archive.objects.filter(state=State.QUEUED).aggregate(since=Min("created_at"))["since"]
    oldest = max(int((now - since).total_seconds()), 0) if since else 0
    return Queue("archive", states(Archive, State.values), oldest)


def _due(now: datetime) -> QuerySet[Archive]:
    return Archive.objects.filter(state=State.QUEUED, next_at__lte=now)


def _mine(row: Archive) -> QuerySet[Archive]:
    """The row, if this claim still holds it."""
    return Archive.objects.filter(pk=row.pk, state=State.QUEUED, attempts=row.attempts)


def _held(user_id: int) -> User | None:
    """This account, where there is one; until the commit it stays."""
    return User.objects.select_for_update(no_key=True).filter(pk=user_id, deleted_at=None).first()


def _make(row: Archive, now: datetime) -> bool:
    try:
        with spooled(lambda file: archive.write(row.user, file, now)) as file:
            return keep(row, file, now=now)
    except Refused:  # the account has gone, and the row with it
        return False
    except Exception:
        log.exception("The archive of user %s could not be made.", row.user_id)
        if rules.is_poison(row.attempts):
            _give_up(row, now)
        else:
            _mine(row).update(next_at=now + outbox.pause(row.attempts))
        return False


def _give_up(row: Archive, now: datetime) -> None:
    log.error("The archive of user %s is parked after %d attempts.", row.user_id, row.attempts)
    _mine(row).update(state=State.PARKED, next_at=None, done_at=now)


def _write(user: User, row: Archive, now: datetime) -> None:
    """Say by mail that it is there. The mail leads to the page and not to the file, which asks for a log-in anyway."""
    link = f"{settings.SITE_URL}{reverse('own_data')}"
    until = now + kept_for()
    said = render_to_string("account/mail/archive.txt", {"user": user, "link": link, "until": until})
    body = said.strip() + "\n"
    mail.queue(user.email, "Your data is ready", body, f"archive:{row.pk}", now=now, useful_until=until)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while data := file.read(PIECE):
        yield data
