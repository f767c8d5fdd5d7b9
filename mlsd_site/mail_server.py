"""Where mails go, as EMAIL_URL says it."""

from __future__ import annotations

from typing import Any

import dj_email_url
from django.core.exceptions import ImproperlyConfigured


def read_mail_server(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings. A kind that is not known would leave mails in files that nobody reads."""
    kind = url.partition("://")[0]
    if kind not in dj_email_url.SCHEMES:
        raise ImproperlyConfigured(
            f"EMAIL_URL is of no known kind, {kind!r}. Use submission://user:password@host (port 587, STARTTLS), "
            "smtp://user:password@host:465/?ssl=True, or console:// for a trial."
        )
    found: dict[str, Any] = dj_email_url.parse(url)
    return found
