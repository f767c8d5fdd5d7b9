"""`evaluate_scorer DIR`: how far the scorer agrees with labelled submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casebank import checklist
from interviews.scoring import model, scorer
from interviews.scoring.model import ModelMissing
from interviews.scoring.samples import SampleError
from interviews.scoring.training import labels, measuring


class Command(BaseCommand):
    """Figures on files that the model was trained on flatter it; docs/scoring.md has the cross-validated ones."""

    help = "Print the scorer's agreement with a folder of labelled submissions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            samples = labels.load(options["folder"], [item.text for item in checklist.load().items])
            trained = model.load()
        except (SampleError, ModelMissing) as error:
            raise CommandError(str(error)) from error
        sheets = [scorer.score(sample.submission) for sample in samples]
        items = [sheet.items for sheet in sheets]
        fell = [
            fallen
            for sample, sheet in zip(samples, items, strict=True)
            for fallen in measuring.emptied(sample, sheet, trained, foreign=False)
        ]
        found = measuring.figures(samples, items, [sheet.overall for sheet in sheets])
        found["emptied field: share that falls to 0"] = sum(fell) / max(1, len(fell))
        for name, value in found.items():
            self.stdout.write(f"{value:7.3f}  {name}")
        for profile, off in measuring.errors(samples, items).items():
            self.stdout.write(f"{off:+7.2f}  signed error per item, {profile}")
