"""allauth's hooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.utils import timezone

from interviews.actions import mail
from interviews.rules.outbox import one_line

from . import terms
from .models import User

# Shorter than the links in them work (three days), and after a day whoever still waits has asked again.
USEFUL = timedelta(days=1)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: Any, user: User, form: Any, commit: bool = True) -> User:
        """Keep what sign-up asked besides e-mail and password."""
        user.display_name = form.cleaned_data["display_name"]
        user.timezone = form.cleaned_data.get("timezone") or "UTC"
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit and form.cleaned_data.get("terms"):
            terms.agree(user=saved, now=timezone.now())
        return saved

    def format_email_subject(self, subject: str) -> str:
        """As the template says: the sender's name tells whose mail it is, and the host need not."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue it: a mail server that is away makes neither sign-up nor a reset fail, and who asks learns from the
        time it takes nothing of who has an account. Each is a mail of its own, however often somebody asks."""
        page = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        page["site_url"] = settings.SITE_URL
        message = self.render_mail(template_prefix, email, {**page, **context})
        now = timezone.now()
        mail.queue(
            email,
            one_line(message.subject),
            f"{message.body}\n",
            f"{template_prefix.replace('/', ':')}:{uuid4()}",
            now=now,
            useful_until=now + USEFUL,
        )
