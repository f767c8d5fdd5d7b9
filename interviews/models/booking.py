"""When people are free, whom they offer it to, and what they agreed on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateTimeRangeField,
    IntegerRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from .session import EndReason, Part, Role, Session


class Just(Func):
    """The range of one number. Without an extension Postgres has no `=` in such a constraint, but ranges have `&&`."""

    function = "int8range"
    output_field = BigIntegerRangeField()


class Span(Func):
    """From one column to the other, the end not included."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Minutes(Func):
    """The same of minutes of a day."""

    function = "int4range"
    output_field = IntegerRangeField()


# F("user") and never F("user_id"): with a column's name full_clean() would take other people for the same one.
_SAME_PERSON = (Just(F("user"), F("user"), Value("[]")), RangeOperators.OVERLAPS)


class Weekly(models.Model):
    """Free every week from `begins` to `ends`, in minutes of the day by the wall clock in the person's own zone
    (User.timezone); 1440 is the midnight that ends the day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="weekly_lies_in_one_day",
                condition=Q(weekday__lte=6, begins__lt=F("ends"), ends__lte=1440),
            ),
            ExclusionConstraint(
                name="weekly_hours_do_not_overlap",
                expressions=[
                    _SAME_PERSON,
                    (Just(F("weekday"), F("weekday"), Value("[]")), RangeOperators.OVERLAPS),
                    (Minutes(F("begins"), F("ends"), Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        ordering = ("weekday", "begins")

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}-{self.ends}"


class Slot(models.Model):
    """Free once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slot_begins_before_it_ends", condition=Q(starts_at__lt=F("ends_at"))
            ),
            ExclusionConstraint(
                name="slots_do_not_overlap",
                expressions=[
                    _SAME_PERSON,
                    (Span(F("starts_at"), F("ends_at"), Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        ordering = ("starts_at",)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Listing(models.Model):
    """That others may find a person and take one of their free times; who has none is not found."""

    class Wanted(models.TextChoices):
        CANDIDATE = "candidate", "be interviewed"
        INTERVIEWER = "interviewer", "interview"
        EITHER = "either", "either"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listing")
    wanted = models.CharField(max_length=12, choices=Wanted, default=Wanted.EITHER)
    language = models.CharField(max_length=8, default="en")
    swaps = models.BooleanField(
        default=False, help_text="Whether who takes a time may swap roles at half time."
    )
    listed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} would {self.wanted}"


class Booking(models.Model):
    """An interview that its people agree on: two, or the three of a panel. While one of them has yet to answer,
    `asked_at` is the start that was proposed and `asked_by` who did; a confirmed booking keeps its time until everybody
    has accepted another one."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    framework = models.CharField(max_length=40)
    level = models.CharField(max_length=8)
    note = models.CharField(max_length=200, blank=True)
    swap = models.BooleanField(default=False, help_text="Whether the roles swap at half time.")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(
        default=0, help_text="SEQUENCE in calendars; grows with each change."
    )
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cancelled_late = models.BooleanField(default=False)
    session = models.OneToOneField(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="booking"
    )
    assignment = models.ForeignKey(
        "interviews.Assignment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
        help_text="What a group has set and this is the time for.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="booking_length", condition=Q(minutes__gte=30, minutes__lte=120)),
            models.CheckConstraint(
                name="booking_times_fit_its_state",
                condition=Q(state="proposed", asked_at__isnull=False, starts_at=None, ends_at=None)
                | Q(state="confirmed", starts_at__isnull=False, ends_at__isnull=False)
                | Q(state__in=["declined", "cancelled"], asked_at=None),
            ),
            models.CheckConstraint(
                name="booking_proposal_has_its_author",
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="booking_upcoming", condition=Q(state="confirmed")),
        ]

    def __str__(self) -> str:
        return f"Booking {self.id} ({self.state})"

    @property
    def room(self) -> Session | None:
        """Its session; one that was given up before it began is none."""
        given_up = self.session is None or self.session.end_reason == EndReason.ABANDONED
        return None if given_up else self.session


class BookingSeat(models.Model):
    """A person's part in a booking. It `holds` their time, the same as the booking's, exactly while that is confirmed:
    nobody is booked twice, whatever the code believes."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="booked")
    role = models.CharField(max_length=12, choices=Role)
    part = models.CharField(max_length=6, choices=Part, default=Part.WHOLE, db_default="", blank=True)
    agrees = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether they have accepted the start that somebody else asks for now.",
    )
    holds = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "user"], name="one_part_per_person"),
            models.UniqueConstraint(fields=["booking", "role", "part"], name="one_person_per_part"),
            models.CheckConstraint(
                name="part_in_a_booking_is_an_interviewers",
                condition=Q(part="") | Q(part__in=["first", "second"], role=Role.INTERVIEWER),
            ),
            models.CheckConstraint(
                name="part_in_a_booking_holds_a_time",
                condition=Q(holds=False, starts_at=None, ends_at=None)
                | Q(holds=True, starts_at__lt=F("ends_at")),
            ),
            models.CheckConstraint(
                name="part_in_a_booking_is_a_seat", condition=Q(role__in=[Role.CANDIDATE, Role.INTERVIEWER])
            ),
            ExclusionConstraint(
                name="nobody_is_booked_twice",
                expressions=[
                    _SAME_PERSON,
                    (Span(F("starts_at"), F("ends_at"), Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(holds=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.booking_id}"


class CalendarFeed(models.Model):
    """The secret address that a calendar subscribes to. Only the SHA-256 of its token is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}"
