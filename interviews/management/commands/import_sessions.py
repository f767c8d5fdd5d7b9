"""Put the sessions of an archive of export_sessions into this installation: all of them or none. Those that are here
are left as they are."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casebank.schema import Faulty
from interviews.carrying.arriving import arrive


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would become of each.")

    def handle(self, *, file: Path, dry_run: bool = False, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                done = arrive(source, name=file.name, now=timezone.now(), dry=dry_run)
        except OSError as error:
            raise CommandError(f"Nothing was imported: {error}") from error
        except Faulty as faulty:
            for fault in faulty.faults:
                self.stderr.write(str(fault))
            raise CommandError("Nothing was imported. Mend the faults above, and try again.") from faulty
        for session, outcome in done.outcomes.items():
            if outcome != "new":
                here = (
                    "here already" if outcome == "same" else "here already, and differs; it was left as it is"
                )
                self.stdout.write(f"{session}: {here}")
        count = Counter(done.outcomes.values())
        self.stdout.write(
            f"{count['new']} sessions are new, {count['same']} the same, {count['differs']} differ; "
            f"{done.accounts} accounts were made, which an admin opens in /admin/."
        )
        if dry_run:
            self.stdout.write("This was a dry run: nothing was changed.")
