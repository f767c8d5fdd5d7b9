"""Publish the cases of a folder, a file or an archive of export_cases. Running it again changes nothing; a used version
is never edited."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casebank.actions.bringing import bring
from casebank.checklist import CONTENT
from casebank.errors import Refused
from casebank.management.commands.check_cases import read_all
from casebank.management.owners import owner_of
from casebank.schema import Faulty


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT / "cases")
        parser.add_argument("--owner", help="The address of whose private cases they become.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would become of each.")

    def handle(
        self, *, folder: Path, owner: str | None = None, dry_run: bool = False, **options: Any
    ) -> None:
        cases, faults = read_all(folder)
        try:
            brought = [] if faults else bring(cases, owner=owner_of(owner), dry=dry_run)
        except Faulty as faulty:
            faults = faulty.faults
        except Refused as refused:
            raise CommandError(refused.message) from refused
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError("Nothing was loaded. Mend the faults above; `check_cases` shows them again.")
        for one in brought:
            self.stdout.write(f"{one.name}: {one.outcome}, version {one.version.number}")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was changed.")
