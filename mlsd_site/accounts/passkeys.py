"""Logging in with a passkey."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.core.exceptions import ValidationError


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """allauth's, which calls every passkey that it does not take an incorrect code."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError as error:
            raise ValidationError(
                "This passkey opens no account here; it may have been removed. Log in another way, or try another one."
            ) from error
