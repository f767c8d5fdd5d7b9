"""Write sessions that have ended to an archive that import_sessions takes: all, or those that ended since a day.

It holds everything of them, sealed feedback, private notes and guides too, and it is not encrypted."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casebank.spooled import written
from interviews.carrying import whole
from interviews.carrying.moment import one_moment
from whiteboard.replay import Damaged


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--since", type=date.fromisoformat, help="Only those that ended on this day (UTC) or later."
        )

    def handle(self, *, file: Path, since: date | None = None, **options: Any) -> None:
        begins = datetime.combine(since, time.min, ZoneInfo("UTC")) if since else None
        try:
            with written(file) as target, one_moment():
                count = whole.write(target, whole.ended(begins), timezone.now())
        except FileExistsError as error:
            raise CommandError(f"{file} is there already and was left as it is.") from error
        except (whole.Torn, Damaged, OSError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
        size = file.stat().st_size
        self.stdout.write(
            f"{file}: {count} sessions, {size:,} bytes. It holds what people keep to themselves, and is not encrypted."
        )
