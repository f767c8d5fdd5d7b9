"""What a person fills in to make a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from casebank import access, frameworks, queries
from casebank.models import CaseVersion
from casebank.seen import known_to
from interviews.models import Mode, Role, Swap
from interviews.queries.seen import objection_to

LEVELS = (("mid", "Mid-level"), ("senior", "Senior"), ("staff", "Staff"))


class Arrangement(models.TextChoices):
    """Who sits where: the mode of the session and its maker's seat, as one choice."""

    ALONE = "alone", "Practise alone"
    CANDIDATE = "candidate", "Be interviewed"
    INTERVIEWER = "interviewer", "Interview somebody"

    @property
    def mode(self) -> Mode:
        return Mode.SOLO if self == Arrangement.ALONE else Mode.PEER

    @property
    def role(self) -> Role:
        return Role.INTERVIEWER if self == Arrangement.INTERVIEWER else Role.CANDIDATE


class Wish(TypedDict):
    """The keywords of `actions.sessions.create` that the form decides."""

    version: CaseVersion
    mode: Mode
    role: Role
    framework: str
    level: str
    interviewer_draws: bool
    swap: Swap | None
    panel: bool


class NewSession(forms.Form):
    case = forms.ChoiceField(
        label="Case",
        error_messages={
            "invalid_choice": "There is no such case. Pick one from the list.",
            "required": "Pick a case.",
        },
    )
    arrangement = forms.ChoiceField(label="Your seat", choices=Arrangement, initial=Arrangement.ALONE)
    framework = forms.ChoiceField(label="Plan")
    level = forms.ChoiceField(label="Level", choices=LEVELS)
    swap = forms.ChoiceField(label="Swap", choices=[("", "No swap"), *Swap.choices], required=False)
    hands_off = forms.BooleanField(required=False)
    panel = forms.BooleanField(required=False)
    although_seen = forms.BooleanField(required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.plans = list(frameworks.load().values())
        self.cases = list(queries.visible_to(user).defer("prompt", "search"))
        self._offer("case", [("", "Pick a case…"), *self._cases()])
        self._offer("framework", [(plan.slug, plan.name) for plan in self.plans])
        self.fields["framework"].initial = self.plans[0].slug
        self.fields["level"].initial = getattr(user, "target_level", "senior")

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _cases(self) -> Iterator[tuple[str, str]]:
        """Each case by its title, and whether this person knows it already."""
        known = known_to(self.user)
        for version in self.cases:
            id = version.case_id
            note = " (done)" if id in known.done else " (seen)" if id in known.seen else ""
            yield version.case.slug, version.title + note

    def clean(self) -> None:
        """Who knows the case says in so many words that they will be asked it all the same."""
        given = self.cleaned_data
        if given.get("swap") and given.get("arrangement") == Arrangement.ALONE:
            self.add_error(
                "swap", "Alone there is nobody to swap with. Pick a seat with a partner, or no swap."
            )
        if given.get("swap") and given.get("panel"):
            self.add_error(
                "swap", "Of three people nobody could say who designs next. Pick a panel or a swap."
            )
        if "case" in given and "arrangement" in given and not given["although_seen"]:
            seat = Arrangement(given["arrangement"])
            case = next(version.case for version in self.cases if version.case.slug == given["case"])
            objection = objection_to(self.user, case, role=seat.role, mode=seat.mode)
            if objection:
                self.add_error("although_seen", objection)

    def wish(self) -> Wish:
        """What was chosen; the form must be valid."""
        seat = Arrangement(self.cleaned_data["arrangement"])
        return Wish(
            version=access.case_for(self.user, self.cleaned_data["case"]),
            mode=seat.mode,
            role=seat.role,
            framework=self.cleaned_data["framework"],
            level=self.cleaned_data["level"],
            interviewer_draws=not self.cleaned_data["hands_off"],
            swap=Swap(self.cleaned_data["swap"]) if self.cleaned_data["swap"] else None,
            panel=self.cleaned_data["panel"] and seat.mode == Mode.PEER,
        )


class Invitation(forms.Form):
    """Whom to write to."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "invalid": "This is no e-mail address. No mail was sent.",
            "required": "Give an e-mail address. No mail was sent.",
            "max_length": "This is longer than an e-mail address can be. No mail was sent.",
        },
    )


class Pause(forms.Form):
    reason = forms.CharField(max_length=200, required=False)


class FactForm(forms.Form):
    """Which fact of the guide, from 1."""

    number = forms.IntegerField(min_value=1, max_value=1000)


class HintForm(forms.Form):
    """Which hint of a step, from 1."""

    step = forms.SlugField(max_length=40)
    grade = forms.IntegerField(min_value=1, max_value=1000)


class ProbeForm(forms.Form):
    """Which probe of a level's ladder, from 1, and how the candidate came to it."""

    level = forms.SlugField(max_length=40)
    number = forms.IntegerField(min_value=1, max_value=1000)
    mark = forms.CharField(max_length=20)


class FlipForm(forms.Form):
    """A changed constraint in words; the verb says how long they may be."""

    text = forms.CharField(max_length=5000, required=False)


class TickForm(forms.Form):
    """A point's level, by ear."""

    item = forms.CharField(max_length=40)
    level = forms.IntegerField(min_value=0, max_value=3)


class MoreTime(forms.Form):
    """Asking for more time; the rule says which minutes."""

    minutes = forms.IntegerField(min_value=1, max_value=60)


class Answer(forms.Form):
    """The answer to somebody who asks for more time."""

    extension = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    answer = forms.ChoiceField(choices=[("yes", "Agree"), ("no", "Decline")])


class MarkForm(forms.Form):
    """One mark of the interviewer; an empty item is the verdict."""

    item = forms.CharField(max_length=40, required=False)
    level = forms.IntegerField(min_value=0, max_value=4)
    sheet = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    reason = forms.CharField(max_length=2000, required=False)


class Confirmation(forms.Form):
    """Confirming what is left of a step."""

    step = forms.SlugField(max_length=40)
    sheet = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class Days(forms.Form):
    """The days on which sessions were; both ends belong to it, and either may be open."""

    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            raise forms.ValidationError("The first day comes before the last.")
        return cleaned
