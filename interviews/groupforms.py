"""What a mentor fills in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from casebank import frameworks
from casebank.models import Case
from interviews.actions.assignments import Terms
from interviews.forms import LEVELS
from interviews.models import Group
from interviews.queries.groups import Person

FURTHEST = timedelta(days=366)


def visible(text: str) -> str:
    """A text as one line of visible characters."""
    return " ".join("".join(c for c in text if unicodedata.category(c)[0] != "C" or c.isspace()).split())


class GroupForm(forms.Form):
    name = forms.CharField(max_length=60, label="Name")
    description = forms.CharField(
        max_length=500,
        required=False,
        label="What it is for",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever is invited reads this.",
    )

    def clean_name(self) -> str:
        if not (name := visible(self.cleaned_data["name"])):
            raise forms.ValidationError("Give a name that others can see.")
        return name

    def clean_description(self) -> str:
        return visible(self.cleaned_data["description"])


class TermsForm(forms.Form):
    """By when, and on which plan and level."""

    due = forms.DateField(label="Due", widget=forms.DateInput(attrs={"type": "date"}))
    framework = forms.ChoiceField(label="Plan")
    level = forms.ChoiceField(label="Level", choices=LEVELS, initial="senior")

    def __init__(self, *args: Any, group: Group, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.people = people
        self._offer("framework", [(plan.slug, plan.name) for plan in frameworks.load().values()])
        self.fields["due"].initial = timezone.localdate() + timedelta(days=7)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_due(self) -> datetime:
        """The end of the chosen day, in the mentor's own time."""
        day = self.cleaned_data["due"]
        today = timezone.localdate()
        if not today <= day <= today + FURTHEST:
            raise forms.ValidationError("Choose a day from today on, within a year. Nothing was set.")
        return timezone.make_aware(datetime.combine(day, time(23, 59)))

    def terms(self) -> Terms:
        """What was chosen; the form must be valid."""
        given = self.cleaned_data
        return Terms(given["framework"], given["level"], given["due"])


class RotaForm(TermsForm):
    """A round a week, among the chosen members."""

    weeks = forms.IntegerField(min_value=1, max_value=12, initial=4, label="Weeks")
    panels = forms.BooleanField(required=False, label="Two interviewers each")
    members = forms.MultipleChoiceField(
        label="Who takes part",
        error_messages={"required": "Choose who takes part. Nothing was set."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("members", [(str(one.user_id), one.name) for one in self.people])
        self.fields["due"].label = "First round due"
        self.fields["members"].initial = [str(one.user_id) for one in self.people if one.role == "member"]

    def chosen(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["members"]]


class OneForm(TermsForm):
    """One interview, set by hand."""

    candidate = forms.ChoiceField(label="Candidate")
    interviewer = forms.ChoiceField(label="Interviewer")
    second = forms.ChoiceField(label="Second interviewer", required=False)
    case = forms.ChoiceField(label="Case")

    def __init__(self, *args: Any, cases: Sequence[tuple[Case, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {case.slug: case for case, _ in cases}
        people = [(str(one.user_id), one.name) for one in self.people]
        for name in ("candidate", "interviewer"):
            self._offer(name, [("", "Choose…"), *people])
        self._offer("second", [("", "Nobody"), *people])
        self._offer("case", [("", "Choose…"), *((case.slug, title) for case, title in cases)])

    def chosen(self) -> list[int]:
        """The ids of candidate, interviewer and, if there is one, the second."""
        given = self.cleaned_data
        return [int(given[name]) for name in ("candidate", "interviewer", "second") if given[name]]
