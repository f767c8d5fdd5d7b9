"""Mail leaves by an outbox: queued with what it tells of, sent by a worker, once.

`deliver` marks a mail as being sent and commits before it speaks of it to the server, and marks it as sent
afterwards. Where the server says that it does not take the mail, or cannot be reached, the mail is tried again. Where
the worker or the line dies in between, nobody can know whether it left; such a mail is not sent a second time by
itself; it is shown to admins as doubtful (docs/adr/0014).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from hashlib import sha256
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from interviews.actions.nudges import nudge
from interviews.audit.record import Deed, record
from interviews.audit.verbs import Kind, Verb
from interviews.errors import Refused
from interviews.models import OutgoingMail
from interviews.rules import outbox

log = logging.getLogger(__name__)
State = OutgoingMail.State
STUCK = (State.REFUSED, State.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file beside the mail; `type` such as `text/calendar; method=REQUEST`."""

    name: str
    type: str
    text: str


def queue(
    to: str,
    subject: str,
    body: str,
    key: str,
    attachments: Iterable[Attachment] = (),
    *,
    now: datetime,
    after: timedelta = timedelta(),
    useful_until: datetime | None = None,
) -> bool:
    """Put a mail into the outbox in the caller's transaction; False if one of this `key` was queued before.

    Refused (422) where an address or subject could smuggle in a header. It waits for `after`, so that it can be
    withdrawn; after `useful_until` it is not sent any more, and its words are kept no longer.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise Refused("bad_address", "This is no e-mail address.", status=422) from error
    if not outbox.is_one_line(to + subject):
        raise Refused(
            "bad_header", "The subject of a mail is one line without control characters.", status=422
        )
    if known([key]):
        return False
    mail = OutgoingMail(
        key=key,
        to=to,
        subject=subject[:200],
        body=body,
        attachments=[asdict(one) for one in attachments],
        created_at=now,
        next_at=now + after,
        useful_until=useful_until,
    )
    # A conflict leaves the caller's transaction whole; the ids that it reports are not to be trusted then.
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    transaction.on_commit(_nudge)
    return True


def known(keys: Collection[str]) -> set[str]:
    """Those of these keys under which a mail was queued before, whatever has become of it."""
    return set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))


def has_left(key_begins: str, *, since: datetime) -> bool:
    """Whether a mail under a key that begins so, queued at `since` or later, has left, or may have."""
    left = OutgoingMail.objects.filter(key__startswith=key_begins, created_at__gte=since)
    return left.filter(state__in=[State.SENDING, State.SENT, State.DOUBTFUL]).exists()


def withdraw(key_begins: str) -> int:
    """Drop what still waits under keys that begin so; returns how many. What is being sent is not called back."""
    waiting = OutgoingMail.objects.filter(key__startswith=key_begins, state=State.QUEUED)
    return waiting.update(state=State.STALE, next_at=None, body="", attachments=[])


def deliver(*, now: datetime) -> int:
    """Send what is due, at most `outbox.BATCH`; returns how many left. Safe to call twice and from many workers."""
    _give_up_on_the_late(now)
    due = OutgoingMail.objects.filter(state=State.QUEUED, next_at__lte=now)
    if not due.exists():
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are OSErrors too
        _postpone_all(due, error, now)
        return 0
    left = 0
    try:
        for _ in range(outbox.BATCH):
            mail = _claim(due, now)
            if mail is None:
                break
            if _send(mail, connection, now):
                left += 1
            else:  # with a 421 the server has hung up; what comes next needs a line that is there
                connection.close()
                connection.open()
    except OSError:  # the line broke, and `_send` has noted it
        log.warning("The line to the mail server broke; what still waits is sent with the next sweep.")
    finally:
        connection.close()
    return left


@transaction.atomic
def send_again(*, mails: Iterable[int], by: int, now: datetime) -> int:
    """Queue mails (ids) that were refused or are in doubt once more, by an admin's wish; returns how many."""
    stuck = OutgoingMail.objects.filter(pk__in=list(mails), state__in=STUCK)
    held = stuck.select_for_update().values_list("pk", flat=True)
    record(*(Deed(Verb.MAIL_RESENT, Kind.MAIL, pk, by) for pk in held), now=now)
    again = stuck.update(state=State.QUEUED, next_at=now, attempts=0, error="")
    transaction.on_commit(_nudge)
    return again


def _nudge() -> None:
    nudge("send_mail")


@transaction.atomic
def _claim(due: QuerySet[OutgoingMail], now: datetime) -> OutgoingMail | None:
    """Mark the mail that has waited longest as being sent, so that nobody else sends it."""
    mail = due.select_for_update(skip_locked=True).order_by("next_at", "pk").first()
    if mail is not None:
        mail.state, mail.attempts, mail.next_at = State.SENDING, mail.attempts + 1, now + outbox.LEASE
        mail.save(update_fields=["state", "attempts", "next_at"])
    return mail


def _send(mail: OutgoingMail, connection: Any, now: datetime) -> bool:
    try:
        connection.send_messages([_message(mail)])
    except SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()), (450, b""))[0]
        _refused(mail, code, error, now)
    except SMTPResponseException as error:
        _refused(mail, error.smtp_code, error, now)
    except Exception as error:  # the line broke: it may have left, or not
        _settle(mail, State.DOUBTFUL, error)
        raise
    else:
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=State.SENT, sent_at=now, next_at=None, body="", attachments=[], error=""
        )
        return True
    return False


def _refused(mail: OutgoingMail, code: int, error: Exception, now: datetime) -> None:
    """The server has said that it does not take this mail: for now (4xx), or at all."""
    if 400 <= code < 500:
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=State.QUEUED, next_at=now + outbox.pause(mail.attempts), error=_told(error)
        )
    else:
        _settle(mail, State.REFUSED, error)


def _settle(mail: OutgoingMail, state: State, error: Exception) -> None:
    log.error("Mail %s is %s: %s", mail.key, state.value, error)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, next_at=None, error=_told(error))


@transaction.atomic
def _postpone_all(due: QuerySet[OutgoingMail], error: OSError, now: datetime) -> None:
    """The server cannot be reached, so nothing has left. All wait, each longer the more often it was tried."""
    log.warning("The mail server cannot be reached; mails stay queued: %s", error)
    for mail in due.select_for_update(skip_locked=True).order_by("next_at")[:500]:
        mail.attempts += 1
        mail.next_at, mail.error = now + outbox.pause(mail.attempts), _told(error)
        mail.save(update_fields=["attempts", "next_at", "error"])


def _give_up_on_the_late(now: datetime) -> None:
    """What is of no use any more is dropped, stuck or not: its words may hold a link that opens something. What a
    worker took and never settled is in doubt."""
    late = OutgoingMail.objects.filter(state__in=[State.QUEUED, *STUCK], useful_until__lte=now)
    late.update(state=State.STALE, next_at=None, body="", attachments=[])
    lost = OutgoingMail.objects.filter(state=State.SENDING, next_at__lte=now)
    lost.update(state=State.DOUBTFUL, next_at=None, error="The worker died while it sent this mail.")


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _message(mail: OutgoingMail) -> EmailMessage:
    """The mail as Django sends it. Its Message-ID comes from the key, so that a mailbox knows a second copy."""
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={
            "Message-ID": f"<{sha256(mail.key.encode()).hexdigest()[:40]}@two-loops.invalid>",
            "Auto-Submitted": "auto-generated",
        },
    )
    for one in mail.attachments:
        message.attach(_part(Attachment(**one)))
    return message


def _part(attachment: Attachment) -> MIMEText:
    """A text part with the parameters of its type, such as a calendar's method."""
    kind, *parameters = (piece.strip() for piece in attachment.type.split(";"))
    part = MIMEText(attachment.text, kind.partition("/")[2], "utf-8")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part
