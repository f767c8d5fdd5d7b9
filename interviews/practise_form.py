"""What a person says who wants a partner now."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser

from casebank import frameworks
from interviews.actions.line import Wish
from interviews.forms import LEVELS
from interviews.models import Ticket
from interviews.queries.people import level_of, role_wanted
from interviews.queries.practise import last_wish
from interviews.rules import languages


class PractiseForm(forms.Form):
    """Filled in as the last time; the first time from the profile."""

    role = forms.ChoiceField(choices=Ticket.Wanted, label="I want to")
    swap = forms.ChoiceField(choices=Ticket.Swapping, label="Swap roles at half time")
    level = forms.ChoiceField(choices=LEVELS, label="Level")
    language = forms.ChoiceField(choices=languages.LANGUAGES, label="We speak")
    framework = forms.ChoiceField(required=False, label="Plan")
    again = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {**_from_profile(user), **last_wish(user)}, **kwargs})
        plans = [(plan.slug, plan.name) for plan in frameworks.load().values()]
        cast(forms.ChoiceField, self.fields["framework"]).choices = [("", "Any"), *plans]

    def wish(self) -> Wish:
        """What was chosen; the form must be valid."""
        given = self.cleaned_data
        return Wish(
            role=given["role"],
            level=given["level"],
            language=given["language"],
            framework=given["framework"],
            swap=given["swap"],
            again=given["again"],
        )


def _from_profile(user: AbstractBaseUser) -> dict[str, object]:
    return {
        "role": role_wanted(user),
        "level": level_of(user),
        "language": languages.DEFAULT,
        "framework": "",
        "swap": str(Ticket.Swapping.NO),
    }
