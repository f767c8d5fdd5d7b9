"""What people may say about themselves."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator, validate_email
from django.utils.html import format_html

from interviews.rules import links

from .models import User
from .timezones import is_known, known_zones


def clean_name(name: str) -> str:
    """A display name as one line of visible characters; ValidationError if nothing is left."""
    visible = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    if not (cleaned := " ".join(visible.split())):
        raise forms.ValidationError("Give a name that others can see.")
    return cleaned


def clean_contact(text: str) -> str:
    """An https address that names its host plainly, or an e-mail address, on one line; ValidationError for anything
    else."""
    contact = text.strip()
    try:
        if "@" in contact and "://" not in contact:
            validate_email(contact)
        elif contact:
            URLValidator(schemes=["https"])(contact)
            if trouble := links.problem(contact):
                raise forms.ValidationError(trouble)
    except forms.ValidationError as error:
        raise forms.ValidationError(
            "Give an address that begins with https://, or an e-mail address."
        ) from error
    return contact


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

    field_order = ("display_name", "email", "password1", "password2", "terms")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.TERMS_VERSION:
            self.fields["terms"] = forms.BooleanField(
                label=format_html('I agree to the <a class="link" href="{}">terms</a>', settings.TERMS_URL),
                error_messages={"required": "Without agreeing to the terms there is no account."},
            )

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
        fields = (
            "display_name",
            "timezone",
            "target_level",
            "wants_to_be_candidate",
            "wants_to_interview",
            "real_name",
            "contact",
        )

    def clean_display_name(self) -> str:
        return clean_name(self.cleaned_data["display_name"])

    def clean_real_name(self) -> str:
        name = self.cleaned_data["real_name"]
        return clean_name(name) if name.strip() else ""

    def clean_contact(self) -> str:
        return clean_contact(self.cleaned_data["contact"])
