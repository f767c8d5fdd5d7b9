"""`score PATH...`: judge submission files, one JSON line each on stdout; what cannot be judged is named on stderr."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from interviews.scoring import samples, scorer
from interviews.scoring.evidence import as_printed
from interviews.scoring.language import CannotJudge
from interviews.scoring.model import ModelMissing
from interviews.scoring.samples import SampleError
from interviews.scoring.sheet import Sheet


class Command(BaseCommand):
    """Needs no database: it reads files, and the case bank's content for the words of a case."""

    help = "Score submission files (or folders of them) and print one JSON line per submission."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for path in options["paths"]:
            try:
                for file in samples.files(path):
                    failed |= not self._one(file)
            except SampleError as error:
                failed = True
                self.stderr.write(str(error))
        if failed:
            sys.exit(1)

    def _one(self, file: Path) -> bool:
        """Score one file; False, with the reason on stderr, where it is no submission."""
        try:
            submission = samples.parse(file, samples.load(file))
            sheet = scorer.score(submission)
        except CannotJudge as error:
            self.stderr.write(f"{file}: notes: {error}")
            return False
        except (SampleError, ModelMissing) as error:
            self.stderr.write(str(error))
            return False
        self.stdout.write(json.dumps(printed(submission.id, sheet), ensure_ascii=False))
        self.stdout.flush()
        return True


def printed(id: str, sheet: Sheet) -> dict[str, Any]:
    """The line of one submission."""
    return {
        "id": id,
        "items": {
            item: {"level": score.level, "evidence": [as_printed(piece) for piece in score.evidence]}
            for item, score in sheet.items.items()
        },
        "overall": sheet.overall,
    }
