"""What one keeps here besides sessions, as flat rows by table: calendar, groups, people, mails. Only for one's own
eyes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q

from interviews.models import (
    Assignment,
    Attendance,
    Block,
    BookingSeat,
    CalibrationDraft,
    CalibrationLevel,
    CalibrationRating,
    Complaint,
    GroupInvite,
    Invite,
    ItemScore,
    Listing,
    Membership,
    OutgoingMail,
    SecondRating,
    SecondRemark,
    ShareLink,
    Slot,
    Ticket,
    Webhook,
    WebhookDelivery,
    Weekly,
)

Row = dict[str, Any]


def rows_of(user: AbstractBaseUser, addresses: Collection[str]) -> dict[str, list[Row]]:
    """{table: rows}. `addresses` are this person's own; the mails are those that went there, by their subjects."""
    pk = user.pk
    line = ("role", "level", "language", "framework", "since", "closed_at", "ending")
    told = ("to", "subject", "state", "created_at", "sent_at")
    invited = ("role", "email", "created_at", "used_at")
    shared = ("session", "parts", "created_at", "expires_at", "revoked_at", "views")
    member = ("group__name", "role", "joined_at", "left_at", "removed", "shows_levels")
    return {
        "bookings": _bookings(user),
        "weekly_hours": _plain(Weekly.objects.filter(user=pk).values("weekday", "begins", "ends")),
        "free_once": _plain(Slot.objects.filter(user=pk).values("starts_at", "ends_at")),
        "listing": _plain(Listing.objects.filter(user=pk).values("wanted", "language", "listed_at")),
        "waiting_line": _plain(Ticket.objects.filter(user=pk).values(*line)),
        "attendance": _plain(Attendance.objects.filter(user=pk).values("session", "agreed_start", "came")),
        "groups": _plain(Membership.objects.filter(user=pk).values(*member)),
        "calibration": _plain(
            CalibrationLevel.objects.filter(rating__rater=pk).values(
                "rating__work", "rating__round", "rating__sealed_at", "item", "level"
            )
        ),
        "calibration_verdicts": _plain(
            CalibrationRating.objects.filter(rater=pk).values("work", "round", "overall", "sealed_at")
        ),
        "calibration_drafts": _plain(
            CalibrationDraft.objects.filter(rater=pk).values("work", "answers", "updated_at")
        ),
        "group_interviews": _assignments(user),
        "invitations_made": _plain(Invite.objects.filter(created_by=pk).values("session", *invited)),
        "group_invitations_made": _plain(
            GroupInvite.objects.filter(created_by=pk).values("group__name", *invited[1:])
        ),
        "shared_reports": _plain(ShareLink.objects.filter(by=pk).values(*shared)),
        "blocked": [
            {"who": str(one.of), "since": one.created_at}
            for one in Block.objects.filter(by=pk).select_related("of")
        ],
        "reports_made": [_complaint(one) for one in Complaint.objects.filter(by=pk).select_related("of")],
        "second_ratings": _second_ratings(user),
        "second_ratings_begun": _plain(
            SecondRating.objects.filter(rater=pk, sheet=None).values(
                "session__case_version__case__slug", "taken_at", "answers"
            )
        ),
        "second_remarks": _plain(SecondRemark.objects.filter(by=pk).values("item", "words", "level", "at")),
        "webhooks": _plain(
            Webhook.objects.filter(user=pk).values("url", "events", "created_at", "paused_at")
        ),
        "webhook_messages": _plain(
            WebhookDelivery.objects.filter(webhook__user=pk).values(
                "webhook__url",
                "event",
                "body",
                "state",
                "attempts",
                "created_at",
                "tried_at",
                "status",
                "answer",
            )
        ),
        "mails": _plain(OutgoingMail.objects.filter(_to(addresses)).values(*told)),
    }


def _plain(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    return [dict(row) for row in rows]


def _second_ratings(user: AbstractBaseUser) -> list[Row]:
    """The levels that this person sealed of others' sessions, by case: whose they were they were never told."""
    rows = ItemScore.objects.filter(sheet__second_rating__rater=user.pk).select_related(
        "sheet__submission__session__case_version__case"
    )
    return [
        {
            "case": one.sheet.submission.session.case_version.case.slug,
            "sealed_at": one.sheet.sealed_at,
            "overall": one.sheet.overall,
            "item": one.item,
            "level": one.level,
        }
        for one in rows.order_by("sheet", "pk")
    ]


def _complaint(one: Complaint) -> Row:
    return {
        "about": str(one.of or ""),
        "reason": one.reason,
        "words": one.words,
        "at": one.created_at,
        "state": one.state,
    }


def _bookings(user: AbstractBaseUser) -> list[Row]:
    held = BookingSeat.objects.filter(user_id=user.pk).select_related("booking")
    return [
        {
            "role": seat.role,
            "with": ", ".join(str(one.user) for one in seat.booking.seats.all() if one.pk != seat.pk),
            "state": seat.booking.state,
            "starts_at": seat.booking.starts_at,
            "ends_at": seat.booking.ends_at,
            "proposed_start": seat.booking.asked_at,
            "minutes": seat.booking.minutes,
            "framework": seat.booking.framework,
            "level": seat.booking.level,
            "note": seat.booking.note,
            "created_at": seat.booking.created_at,
        }
        for seat in held.prefetch_related("booking__seats__user").order_by("booking__created_at")
    ]


def _assignments(user: AbstractBaseUser) -> list[Row]:
    """Without the case: a candidate is told it in the room."""
    part = Q(candidate=user.pk) | Q(interviewer=user.pk) | Q(second=user.pk)
    rows = Assignment.objects.filter(part).select_related("group")
    return [
        {
            "group": one.group.name,
            "role": "candidate" if one.candidate_id == user.pk else "interviewer",
            "due_at": one.due_at,
            "session": one.session_id,
        }
        for one in rows
    ]


def _to(addresses: Collection[str]) -> Q:
    found = Q(pk=None)
    for address in addresses:
        found |= Q(to__iexact=address)
    return found
