"""Whose cases a command is about."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.management.base import CommandError


def owner_of(email: str | None) -> AbstractBaseUser | None:
    """The person with this address; None, for the project's own cases, where none is given."""
    if email is None:
        return None
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return found
