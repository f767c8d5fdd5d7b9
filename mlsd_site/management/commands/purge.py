"""Take what is over its time, as beat does every night (docs/privacy.md)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mlsd_site import purge


class Command(BaseCommand):
    help = "Delete what is over its time (RETAIN_* in docs/privacy.md), and say how many rows of each kind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count only; nothing is changed")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        counts = purge.due(now) if dry_run else purge.purge(now=now)
        for name, days in settings.RETAIN.items():
            kept = "kept for ever" if days is None else f"kept {days} day{'s' * (days != 1)}"
            self.stdout.write(f"{name:<14} {counts[name]:>9}  {kept}")
