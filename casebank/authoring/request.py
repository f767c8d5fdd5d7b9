"""The request as these views get it, behind `login_required` and htmx's middleware."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class UserRequest(HttpRequest):
    """Somebody is logged in; `htmx` is true where a fragment is asked for."""

    user: AbstractBaseUser  # type: ignore[assignment]  # never anonymous
    htmx: HtmxDetails
