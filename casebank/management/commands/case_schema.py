"""Write the JSON Schema of the case files, for editors. It follows casebank/schema/models.py."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casebank.checklist import CONTENT
from casebank.schema.jsonschema import MODELS, schema


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT / "schema")
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail if a file is out of date."
        )

    def handle(self, *, folder: Path, check: bool = False, **options: Any) -> None:
        for name in MODELS:
            path = folder / f"{name}.json"
            text = json.dumps(schema(name), indent=1) + "\n"
            if path.is_file() and path.read_text() == text:
                continue
            if check:
                raise CommandError(f"{path.name} is out of date: run `python3 dev.py manage case_schema`.")
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(str(path))
