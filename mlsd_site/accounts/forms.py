"""What people may say about themselves."""

from __future__ import annotations

import unicodedata

from django import forms

from .models import User
from .timezones import is_known, known_zones


def clean_name(name: str) -> str:
    """A display name as one line of visible characters; ValidationError if nothing is left."""
    visible = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    if not (cleaned := " ".join(visible.split())):
        raise forms.ValidationError("Give a name that others can see.")
    return cleaned


class SignupForm(forms.Form):
    """What sign-up asks besides e-mail and password; allauth mixes it into its own form."""

    display_name = forms.CharField(
        max_length=40,
        label="Display name",
        help_text="What your partner sees. It need not be your real name.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    timezone = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput(attrs={"data-timezone": ""})
    )

    field_order = ("display_name", "email", "password1", "password2")

    def clean_display_name(self) -> str:
        return clean_name(self.cleaned_data["display_name"])

    def clean_timezone(self) -> str:
        """The browser's zone; one that we do not know counts as UTC, since nobody typed it."""
        name = self.cleaned_data.get("timezone", "")
        return name if is_known(name) else "UTC"

    def signup(self, request: object, user: User) -> None:
        """allauth's hook; the adapter has saved the fields already."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    timezone = forms.ChoiceField(
        choices=lambda: [(name, name.replace("_", " ")) for name in sorted(known_zones())],
        help_text="Times are shown in this zone.",
    )

    class Meta:
        model = User
        fields = ("display_name", "timezone", "target_level", "wants_to_be_candidate", "wants_to_interview")

    def clean_display_name(self) -> str:
        return clean_name(self.cleaned_data["display_name"])
