"""allauth's hooks."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from .models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: Any, user: User, form: Any, commit: bool = True) -> User:
        """Keep what sign-up asked besides e-mail and password."""
        user.display_name = form.cleaned_data["display_name"]
        user.timezone = form.cleaned_data.get("timezone") or "UTC"
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved
