"""What the nightly purge takes of sessions and of what makes them work (docs/privacy.md, docs/adr/0039).

Each kind says which rows are over their time, and how a batch of them goes. What a kind names it names by facts that
are stored, so that a batch may be tried again, by any worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from interviews.models import (
    AuditEntry,
    CallLink,
    ChatMessage,
    Complaint,
    GroupInvite,
    Invite,
    JudgeCall,
    Match,
    Note,
    NotePicture,
    NoteRevision,
    OutgoingMail,
    ScoreJob,
    ScoreSheet,
    Session,
    ShareLink,
    Slot,
    State,
    Ticket,
    WebhookDelivery,
)
from interviews.queries.notes_then import saves_of
from interviews.rules.pictures import mentioned
from interviews.rules.splices import Splice, apply
from whiteboard.models import Board, Delta, Recording

Rows = QuerySet[Any]


def deleted(rows: Rows, now: datetime) -> int:
    """Delete these rows; how many of them there were."""
    count, of = rows.delete()
    return of.get(rows.model._meta.label, 0) if count else 0


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is a key of settings.RETAIN. `due(before, now)` are the rows whose time was over at `before`;
    `remove(rows, now)` takes a batch of them and returns how many went."""

    name: str
    due: Callable[[datetime, datetime], Rows]
    remove: Callable[[Rows, datetime], int] = deleted


def over(model: type[Model], field: str, **more: Any) -> Callable[[datetime, datetime], Rows]:
    """The rows of this table whose time in `field` lies before."""
    return lambda before, now: model._default_manager.filter(**{f"{field}__lt": before}, **more)


def _ended(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(state=State.ENDED, ended_at__lt=before)


def _whole_sessions(before: datetime, now: datetime) -> Rows:
    """Not while something is still to be scored: every submission gets its score."""
    unfinished = ScoreJob.objects.filter(submission__session=OuterRef("pk"))
    return _ended(before).exclude(
        Exists(unfinished.filter(state__in=[ScoreJob.State.QUEUED, ScoreJob.State.RUNNING]))
    )


def _remove_sessions(rows: Rows, now: datetime) -> int:
    boards = list(rows.values_list("board", flat=True))
    gone = deleted(rows, now)
    Board.objects.filter(pk__in=boards).delete()
    return gone


def _remove_replays(rows: Rows, now: datetime) -> int:
    """The log of the board and of the notes. What was handed in, the notes and the elements stay as they are."""
    found = list(rows.values_list("pk", "board"))
    boards = [board for _, board in found]
    for log in (Recording, Delta):
        log._default_manager.filter(board__in=boards).delete()
    NoteRevision.objects.filter(note__session__in=[pk for pk, _ in found]).delete()
    return rows.update(replay_gone_at=now)


def _unnamed_pictures(before: datetime, now: datetime) -> Rows:
    """Those that no note names as it stands now; `_remove_pictures` looks whether a replay still shows them."""
    named = Note.objects.filter(session=OuterRef("session"), text__contains=Cast(OuterRef("pk"), CharField()))
    return NotePicture.objects.filter(session__in=_ended(before)).exclude(Exists(named))


def _remove_pictures(rows: Rows, now: datetime) -> int:
    by_session: dict[Session, list[Any]] = {}
    for picture in rows.select_related("session").defer("data"):
        by_session.setdefault(picture.session, []).append(picture.pk)
    over = [
        pk for session, pictures in by_session.items() for pk in set(pictures) - set(_ever_named(session))
    ]
    return deleted(NotePicture.objects.filter(pk__in=over), now)


def _ever_named(session: Session) -> Iterable[Any]:
    """The ids of the pictures that a note of this session named after any save."""
    texts: dict[str, list[Splice]] = {}
    for save in saves_of(session):
        splices = texts.setdefault(save.step, [])
        splices.append(save.splice)
        for _, id in mentioned(apply("", splices)):
            yield UUID(id)


def _lone_boards(before: datetime, now: datetime) -> Rows:
    held = Session.objects.filter(board=OuterRef("pk"))
    return Board.objects.filter(created_at__lt=before).exclude(Exists(held))


def _judged(before: datetime, now: datetime) -> Rows:
    """Answers that have become a sheet. The row stays: it says what was spent, and that the step was answered."""
    sheet = ScoreSheet.objects.filter(
        submission=OuterRef("submission"), source=ScoreSheet.Source.JUDGE, scorer_version=OuterRef("version")
    )
    answered = JudgeCall.objects.filter(at__lt=before, outcome=JudgeCall.Outcome.ANSWERED)
    return answered.filter(Exists(sheet)).exclude(answer=[])


def _links(model: type[Model], *ends: str) -> Callable[[datetime, datetime], Rows]:
    """Invitations and links that open nothing since then."""

    def due(before: datetime, now: datetime) -> Rows:
        ended = Q()
        for field in ends:
            ended |= Q(**{f"{field}__lt": before})
        return model._default_manager.filter(ended)

    return due


def _old_tickets(before: datetime, now: datetime) -> Rows:
    """But for each person's last one, which the form begins with."""
    newer = Ticket.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
    return Ticket.objects.filter(Exists(newer), closed_at__lt=before)


_LEFT = [OutgoingMail.State.SENT, OutgoingMail.State.STALE]
# In this order: what a session takes along need not be looked at one by one.
KINDS = (
    Kind("sessions", _whole_sessions, _remove_sessions),
    Kind(
        "replays",
        lambda before, now: _ended(before).filter(started_at__isnull=False, replay_gone_at=None),
        _remove_replays,
    ),
    Kind("chats", over(ChatMessage, "session__ended_at")),
    Kind("call_links", over(CallLink, "session__ended_at")),
    Kind("pictures", _unnamed_pictures, _remove_pictures),
    Kind("boards", _lone_boards),
    Kind("judge_answers", _judged, lambda rows, now: rows.update(answer=[])),
    Kind("webhooks", over(WebhookDelivery, "created_at")),
    Kind("mails", over(OutgoingMail, "created_at", state__in=_LEFT)),
    Kind("links", _links(Invite, "expires_at", "used_at", "revoked_at")),
    Kind("links", _links(GroupInvite, "expires_at", "used_at", "revoked_at")),
    Kind("links", _links(ShareLink, "expires_at", "revoked_at")),
    Kind("line", _old_tickets),
    Kind("line", over(Match, "closed_at")),
    Kind("free_times", over(Slot, "ends_at")),
    Kind("complaints", over(Complaint, "handled_at", state=Complaint.State.HANDLED)),
    # Each row says itself until when it stays.
    Kind("audit", lambda before, now: AuditEntry.objects.filter(keep_until__lt=now)),
)
