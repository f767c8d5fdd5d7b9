"""Write the project's cases, or those of one person, to an archive that load_cases and the pages take. It holds the
guides."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from casebank import taking
from casebank.errors import Refused
from casebank.management.owners import owner_of
from casebank.spooled import written


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("slugs", nargs="*", help="Only these cases, by their addresses.")
        parser.add_argument("--owner", help="The address of the person whose private cases are meant.")

    def handle(self, *, file: Path, slugs: list[str], owner: str | None = None, **options: Any) -> None:
        try:
            person = owner_of(owner)
            made = taking.projects(slugs) if person is None else taking.own(person, slugs)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        except (Http404, PermissionDenied) as refused:
            raise CommandError(str(refused)) from refused
        try:
            with made, written(file) as target:
                made.seek(0)
                shutil.copyfileobj(made, target)
        except FileExistsError as error:
            raise CommandError(f"{file} is there already and was left as it is.") from error
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes. It holds guides: keep it from candidates.")
