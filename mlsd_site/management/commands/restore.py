"""Bring an empty database to what a file of `backup` holds. Stop web, workers and beat first."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mlsd_site import backup


class Command(BaseCommand):
    help = "Bring the database to what FILE holds; then run `migrate`. Stop web, workers and beat first."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--over-data", action="store_true", help="delete what the database holds, for good"
        )

    def handle(self, *, file: Path, over_data: bool, **options: Any) -> None:
        try:
            backup.read(file, over_data=over_data)
        except (backup.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restored. Run `manage.py migrate` where this release has newer migrations.")
