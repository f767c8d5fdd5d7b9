"""Short mails that name nobody and tell no level: a line, and where to read the rest."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.template.loader import render_to_string
from django.urls import reverse

from interviews.actions import mail
from interviews.errors import Refused
from interviews.queries.people import name_of

log = logging.getLogger(__name__)
# What nobody could deliver for so long is found on the report.
_USEFUL = timedelta(days=7)


def write(
    user: AbstractBaseUser,
    subject: str,
    template: str,
    page: tuple[str, UUID | int | str] | tuple[str, UUID | int | str, str],
    *,
    key: str,
    now: datetime,
) -> None:
    """Queue it, once for each `key`; `page` is the name of an address and its arguments. An account whose address takes
    no mail finds it on the page all the same."""
    if not user.is_active:
        return
    name, *arguments = page
    link = str(settings.SITE_URL) + reverse(str(name), args=arguments)
    body = render_to_string(template, {"name": name_of(user), "link": link}).strip() + "\n"
    try:
        mail.queue(str(getattr(user, "email", "")), subject, body, key, now=now, useful_until=now + _USEFUL)
    except Refused as refusal:
        log.warning("User %s gets no mail %s: %s", user.pk, key, refusal.code)
