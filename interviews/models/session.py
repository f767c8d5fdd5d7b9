"""The session, its seats, and the invites to them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class State(models.TextChoices):
    LOBBY = "lobby", "Waiting to start"
    LIVE = "live", "Running"
    ENDED = "ended", "Ended"


class Mode(models.TextChoices):
    SOLO = "solo", "Alone"
    PEER = "peer", "With a partner"


class EndReason(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    DEADLINE = "deadline", "Time ran out"
    ABANDONED = "abandoned", "Abandoned before it began"


class Role(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    INTERVIEWER = "interviewer", "Interviewer"
    OBSERVER = "observer", "Observer"


# Those who come to work, not to watch.
PLAYERS = (Role.CANDIDATE, Role.INTERVIEWER)


class Swap(models.TextChoices):
    """How a meeting goes on in which the roles swap; both halves have the same plan."""

    FULL = "full", "Two whole interviews, one after the other"
    HALF = "half", "Half the minutes each, so that both last as long as one"


class Part(models.TextChoices):
    """The half of the interview that one interviewer of a panel leads (rules/panel.py); empty for everybody else."""

    WHOLE = "", "The whole interview"
    FIRST = "first", "Part A"
    SECOND = "second", "Part B"


class Session(models.Model):
    """One mock interview. Time is stored as facts here and derived by `rules.clock`; nothing ticks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mode = models.CharField(max_length=8, choices=Mode)
    state = models.CharField(max_length=8, choices=State, default=State.LOBBY)
    case_version = models.ForeignKey("casebank.CaseVersion", on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40)
    plan = models.JSONField(help_text="The phases as they were chosen: [{id, name, minutes}].")
    level = models.CharField(max_length=8)
    board = models.OneToOneField("whiteboard.Board", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    interviewer_draws = models.BooleanField(
        default=True, help_text="Whether the interviewer may annotate the board, or only points at it."
    )
    swap = models.CharField(
        max_length=4,
        choices=Swap,
        blank=True,
        help_text="Whether a second half with swapped roles was agreed.",
    )
    follows = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="second_half"
    )
    agreed_start = models.DateTimeField(
        null=True, blank=True, help_text="When both agreed to be here; empty where nothing was agreed."
    )
    panel = models.BooleanField(default=False, help_text="Whether two interviewers share the steps.")
    started_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, help_text="Set while paused.")
    paused_seconds = models.FloatField(default=0, help_text="All pauses that are over.")
    extended_seconds = models.PositiveSmallIntegerField(
        default=0, help_text="What was added to the plan by agreement."
    )
    deadline_at = models.DateTimeField(
        null=True, blank=True, help_text="Moves when a pause ends, and when time is added."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    replay_gone_at = models.DateTimeField(
        null=True, blank=True, help_text="When its replay was over its time and went (RETAIN_REPLAYS)."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_times_fit_its_state",
                condition=(
                    Q(state="lobby", started_at=None, deadline_at=None, ended_at=None, paused_at=None)
                    | Q(state="live", started_at__isnull=False, deadline_at__isnull=False, ended_at=None)
                    | Q(state="ended", ended_at__isnull=False, paused_at=None)
                ),
            ),
            models.CheckConstraint(
                name="session_has_a_reason_when_ended",
                condition=Q(state="ended", end_reason__in=EndReason.values)
                | (~Q(state="ended") & Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="session_swaps_between_two", condition=Q(swap="") | Q(mode="peer", follows=None)
            ),
            models.CheckConstraint(
                name="session_is_extended_once_by_five_or_ten_minutes",
                condition=Q(extended_seconds__in=[0, 300, 600]),
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], name="session_overdue", condition=Q(state="live")),
            models.Index(
                fields=["agreed_start"], name="session_awaited", condition=Q(agreed_start__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.id} ({self.state})"

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been closed by now."""
        over = self.deadline_at is not None and self.deadline_at <= now
        return self.state == State.LIVE and self.paused_at is None and over


class Seat(models.Model):
    """A person's place in a session. `is_live` is true exactly while the session is, so that Postgres can
    refuse a second live seat to the same person."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=12, choices=Role)
    part = models.CharField(max_length=6, choices=Part, default=Part.WHOLE, blank=True)
    is_live = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    came_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When they first had the room open, not long before the agreed start.",
    )
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(role="candidate"), name="one_candidate_per_session"
            ),
            models.UniqueConstraint(
                fields=["session", "part"], condition=Q(role="interviewer"), name="one_interviewer_per_part"
            ),
            models.CheckConstraint(
                condition=Q(part="") | Q(role="interviewer", part__in=["first", "second"]),
                name="only_interviewers_have_parts",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_live=True) & ~Q(role="observer"),
                name="one_live_session_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.session_id}"


class Invite(models.Model):
    """A single-use link to a seat. Only the SHA-256 of its token is kept. With an `email` it was sent there, and opens
    for the account that has this address alone."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invites")
    role = models.CharField(max_length=12, choices=Role)
    part = models.CharField(max_length=6, choices=Part, default=Part.WHOLE, blank=True)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "role", "part"],
                condition=Q(used_at=None, revoked_at=None),
                name="one_open_invite_per_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"Invite to {self.role} in {self.session_id}"
