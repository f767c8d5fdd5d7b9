"""End everybody's log-ins, or one person's: `manage.py end_logins ada@example.com`, `manage.py end_logins --all`."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mlsd_site.accounts.models import User


class Command(BaseCommand):
    help = "End somebody's log-ins everywhere; rooms that are open notice within two seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("email", nargs="?", help="the account's address")
        whose.add_argument("--all", action="store_true", help="everybody's")

    def handle(self, *, email: str | None, all: bool, **options: Any) -> None:
        if all:
            ended, _ = Session.objects.all().delete()
        else:
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                raise CommandError("Nobody has this address.")
            places = list(UserSession.objects.filter(user=user))
            ended = len(places)
            for one in places:
                one.end()
        self.stdout.write(f"{ended} log-ins ended.")
