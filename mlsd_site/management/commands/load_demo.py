"""People to try the product with, and interviews that they held.

Only for a development server; running it again changes nothing.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from interviews.models import Seat
from mlsd_site.accounts.models import User
from mlsd_site.demo import hold_interviews

PASSWORD = "two-loops-demo"  # noqa: S105 (printed for everybody, and only where DEBUG is on)
PEOPLE = [
    ("ada@example.com", "Ada", "candidate"),
    ("ben@example.com", "Ben", "interviewer"),
    ("cleo@example.com", "Cleo", "somebody else"),
]


class Command(BaseCommand):
    help = "Make the demo people, and say how to log in as them."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> str:
        if not settings.DEBUG:
            raise CommandError("The demo people have a known password; they exist only where DEBUG is on.")
        for email, name, _ in PEOPLE:
            if not User.objects.filter(email=email).exists():
                user = User.objects.create_user(email, PASSWORD, display_name=name)
                EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        ada, ben, cleo = (User.objects.get(email=email) for email, _, _ in PEOPLE)
        if not Seat.objects.filter(user=ada).exists():
            hold_interviews(candidate=ada, interviewers={"ben": ben, "cleo": cleo}, now=timezone.now())
        width = max(len(email) for email, _, _ in PEOPLE)
        return "\n".join(
            [
                "Demo logins:",
                *(f"  {email:<{width}}  {PASSWORD}   ({name}, {role})" for email, name, role in PEOPLE),
            ]
        )
