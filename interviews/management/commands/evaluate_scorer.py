"""`evaluate_scorer DIR`: how far the scorer agrees with labelled submissions, and what it can be talked into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casebank import checklist
from interviews.scoring import scorer
from interviews.scoring.measuring import labels, picture, report
from interviews.scoring.measuring.labels import LabelError
from interviews.scoring.model import ModelMissing


class Command(BaseCommand):
    """Figures on files that the model was trained on flatter it; docs/measuring.md says what each of them means."""

    help = "Print the scorer's agreement with a folder of labelled submissions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument(
            "--stress", action="store_true", help="add emptied fields, attacks and edits of style (minutes)"
        )
        parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw the confusion matrices")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            samples = labels.load(options["folder"], [item.id for item in checklist.load().items])
            found = report.measure(scorer.score, samples, self._progress, hard=options["stress"])
        except (LabelError, ModelMissing) as error:
            raise CommandError(str(error)) from error
        if options["picture"]:
            self._draw(options["picture"], found)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(found), ensure_ascii=False, indent=2))
            return
        for line in report.as_text(found):
            self.stdout.write(line)

    def _draw(self, path: Path, found: report.Report) -> None:
        drawn = picture.svg(found.agreement.confusion, found.agreement.verdicts, found.scorer)
        try:
            path.write_text(drawn, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path}: cannot be written ({error.strerror})") from error

    def _progress(self, what: str, done: int, of: int) -> None:
        """One line on stderr that is written over; where nobody watches, one line per part."""
        if self.stderr.isatty():
            line = f"\r{what}: {done} of {of}".ljust(60)
            self.stderr.write(line, self.style.NOTICE, ending="\n" if done == of else "")
            self.stderr.flush()
        elif done == of:
            self.stderr.write(f"{what}: {of} done")
