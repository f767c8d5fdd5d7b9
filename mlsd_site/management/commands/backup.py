"""Write the whole database to a file.

The file holds everybody's words and is not encrypted: encrypt it, and keep it on another machine.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mlsd_site import backup


class Command(BaseCommand):
    help = "Write the database to FILE, and when and at which migrations to FILE.json. It is not encrypted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            about = backup.write(file)
        except (backup.BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size
        self.stdout.write(
            f"{file}: {size:,} bytes at {len(about['migrations'])} migrations. It is not encrypted."
        )
