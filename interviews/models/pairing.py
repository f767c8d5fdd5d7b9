"""The line of those who wait for a partner now, and what they are offered (docs/adr/0013)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from interviews.rules.next_case import LEVELS

from .session import Role, Session


class Ticket(models.Model):
    """A person's place in the line, and what they want."""

    class Wanted(models.TextChoices):
        CANDIDATE = "candidate", "Be interviewed"
        INTERVIEWER = "interviewer", "Interview somebody"
        EITHER = "either", "Either"

    class Swapping(models.TextChoices):
        NO = "no", "No"
        YES = "yes", "Yes"
        EITHER = "either", "Either way is fine"

    class State(models.TextChoices):
        WAITING = "waiting", "Waits"
        OFFERED = "offered", "Has been offered a partner"
        CLOSED = "closed", "Is out of the line"

    class Ending(models.TextChoices):
        MET = "met", "Went to a session"
        LEFT = "left", "Left"
        LAPSED = "lapsed", "Let an offer run out"
        GONE = "gone", "Closed the page"
        BUSY = "busy", "Began another session"

    class News(models.TextChoices):
        """Why somebody is back in the line."""

        LAPSED = "lapsed", "The partner did not answer"
        REFUSED = "refused", "The partner said no"
        OWN_NO = "own_no", "Said no"
        NO_CASE = "no_case", "No case was left for the two"
        ABSENT = "absent", "The partner did not come"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Wanted)
    level = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    framework = models.CharField(max_length=40, blank=True, help_text="Empty for any.")
    swap = models.CharField(max_length=8, choices=Swapping, default=Swapping.NO)
    again = models.BooleanField(default=False, help_text="Would meet somebody of this week again.")
    since = models.DateTimeField(help_text="Since when this person waits; kept when they come back.")
    front = models.BooleanField(default=False, help_text="Lost a partner by no fault of their own.")
    seen_at = models.DateTimeField(help_text="When their page last asked.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    news = models.CharField(max_length=8, choices=News, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=~Q(state="closed"), name="one_open_ticket_per_person"
            ),
            models.CheckConstraint(
                name="ticket_ends_when_closed",
                condition=Q(
                    state="closed",
                    closed_at__isnull=False,
                    ending__in=["met", "left", "lapsed", "gone", "busy"],
                )
                | (~Q(state="closed") & Q(closed_at=None, ending="")),
            ),
            models.CheckConstraint(name="ticket_has_a_known_level", condition=Q(level__in=LEVELS)),
        ]
        indexes = [models.Index(fields=["since"], name="line", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} since {self.since:%H:%M:%S}"


class Match(models.Model):
    """Two people who may meet. Open while `outcome` is empty; once both have accepted there is a session."""

    class Outcome(models.TextChoices):
        MET = "met", "Both accepted"
        REFUSED = "refused", "One said no, or left"
        LAPSED = "lapsed", "Not accepted in time"
        NO_CASE = "no_case", "No case was left for the two"
        BUSY = "busy", "One began another session"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=8)
    framework = models.CharField(max_length=40, blank=True, help_text="Empty for any.")
    swap = models.BooleanField(default=False, help_text="Whether the roles swap at half time.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    session = models.OneToOneField(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="match"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="match_closes_with_an_outcome",
                condition=Q(outcome="", closed_at=None) | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="open_matches", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"Match {self.id} {self.outcome or 'open'}"


class Offer(models.Model):
    """One side of a match. `is_open` is true exactly while the match is, so that Postgres refuses a second open offer
    to one ticket."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="offers")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="offers")
    role = models.CharField(max_length=12, choices=Role)
    is_open = models.BooleanField(default=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(is_open=True), name="one_open_offer_per_ticket"
            ),
            models.UniqueConstraint(fields=["match", "role"], name="one_offer_per_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.match_id}"


class Attendance(models.Model):
    """Whether somebody came to a session whose beginning had been agreed on, as it stood when the grace was over."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agreed_start = models.DateTimeField()
    came = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="one_attendance_per_person"),
        ]
        indexes = [models.Index(fields=["user", "agreed_start"], name="attendance_of")]

    def __str__(self) -> str:
        return f"{self.user_id} {'came' if self.came else 'did not come'}"
