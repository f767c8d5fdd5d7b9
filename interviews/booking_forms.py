"""What people fill in to say when they are free, and to agree on a time. Times of day are by the person's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from casebank import frameworks
from interviews.forms import LEVELS
from interviews.models import Listing
from interviews.rules import slots
from interviews.rules.availability import DAY, WEEKDAYS, Hours, from_wall
from interviews.rules.languages import LANGUAGES

LENGTHS = [(n, f"{n} minutes") for n in slots.LENGTHS]
SEATS = [("candidate", "I am interviewed"), ("interviewer", "I interview")]
_SKIPPED = "The clocks are put forward then, so this time does not exist. Choose another one."


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _ends(at: time) -> int:
    """The midnight that ends a day is typed as 00:00."""
    return _minute(at) or DAY


class Weekly(forms.Form):
    weekday = forms.TypedChoiceField(coerce=int, choices=list(enumerate(WEEKDAYS)), label="Day")
    begins = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    ends = forms.TimeField(label="To", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))

    def hours(self) -> Hours:
        given = self.cleaned_data
        return Hours(given["weekday"], _minute(given["begins"]), _ends(given["ends"]))


class _Dated(forms.Form):
    """A form with a day and times by the wall clock of `zone`."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def _instant(self, name: str, day: date, minute: int) -> datetime | None:
        try:
            at = from_wall(day, minute, self.zone)
        except (OverflowError, ValueError):
            self.add_error("day", "Choose a day that a calendar has.")
            return None
        if at is None:
            self.add_error(name, _SKIPPED)
        return at


class SingleTime(_Dated):
    begins = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))
    ends = forms.TimeField(label="To", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))

    def clean(self) -> None:
        given = self.cleaned_data
        if {"day", "begins", "ends"} <= given.keys():
            day = given["day"]  # an error on it takes it out of `given`
            given["starts_at"] = self._instant("begins", day, _minute(given["begins"]))
            given["ends_at"] = self._instant("ends", day, _ends(given["ends"]))


class ListingForm(forms.Form):
    wanted = forms.ChoiceField(choices=Listing.Wanted.choices, label="I would")
    language = forms.ChoiceField(choices=LANGUAGES, label="Language")
    swaps = forms.BooleanField(required=False, label="Who books me may swap roles at half time")


class Start(_Dated):
    """A day and a time, as one start."""

    at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time", "step": 900}))

    def clean(self) -> None:
        given = self.cleaned_data
        if {"day", "at"} <= given.keys():
            given["start"] = self._instant("at", given["day"], _minute(given["at"]))


class Plan(forms.Form):
    """How long, in which seat and whether for half of the time, along which plan."""

    minutes = forms.TypedChoiceField(coerce=int, choices=LENGTHS, label="Length", initial=45)
    role = forms.ChoiceField(choices=SEATS, label="Your seat")
    swap = forms.BooleanField(required=False, label="Swap roles at half time, with a second case")
    framework = forms.ChoiceField(label="Plan")

    def __init__(
        self, *args: Any, seats: tuple[str, ...] = ("candidate", "interviewer"), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        plans = list(frameworks.load().values())
        cast(forms.ChoiceField, self.fields["framework"]).choices = [(one.slug, one.name) for one in plans]
        self.fields["framework"].initial = plans[0].slug
        cast(forms.ChoiceField, self.fields["role"]).choices = [one for one in SEATS if one[0] in seats]
        self.fields["role"].initial = seats[0]


class Taking(Plan):
    """One of the offered starts, as an instant."""

    start = forms.DateTimeField(error_messages={"required": "Choose a time.", "invalid": "Choose a time."})

    def clean_start(self) -> datetime:
        at: datetime = self.cleaned_data["start"]
        return at.astimezone(UTC)


class Proposal(Plan, Start):
    partner = forms.CharField(
        max_length=254,
        label="Partner",
        help_text="Their display name, or the e-mail address of their account. They must let themselves be found.",
    )
    level = forms.ChoiceField(choices=LEVELS, label="Level")
    note = forms.CharField(max_length=200, required=False, label="A word to them (optional)")

    field_order = ("partner", "day", "at", "minutes", "role", "swap", "level", "framework", "note")


class Answer(forms.Form):
    """The start that was on the page when somebody agreed to it."""

    start = forms.DateTimeField()

    def clean_start(self) -> datetime:
        at: datetime = self.cleaned_data["start"]
        return at.astimezone(UTC)
