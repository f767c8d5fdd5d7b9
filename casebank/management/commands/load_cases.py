"""Publish the case files into the database. Running it again changes nothing; a used version is never edited."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casebank.actions.publish import publish
from casebank.checklist import CONTENT
from casebank.management.commands.check_cases import read_all


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT / "cases")

    def handle(self, *, folder: Path, **options: Any) -> None:
        cases, faults = read_all(folder)
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError("Nothing was loaded. Mend the faults above; `check_cases` shows them again.")
        with transaction.atomic():  # all of them or none
            done = [publish(content=content) for content in cases]
        for content, (version, outcome) in zip(cases, done, strict=True):
            self.stdout.write(f"{content.slug}: {outcome}, version {version.number}")
