"""Check case files, in folders or an archive, and the primer and cheat sheets beside the project's own, without a
database: names file, line, key and reason of every fault."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from django.core.management.base import BaseCommand, CommandError

from casebank import frameworks
from casebank.checklist import CONTENT
from casebank.schema import Content, Fault, Faulty, bundle, onefile, read_case, shared_runs
from casebank.schema.bundle import Bundled
from casebank.schema.primer import read_primer
from casebank.sheets import FOLDER as SHEETS
from casebank.sheets import read_sheets

CASES, PRIMER = CONTENT / "cases", CONTENT / "primer"


def read_all(folder: Path) -> tuple[list[Bundled], list[Fault]]:
    """Every case below `folder` (or the one that it is, also as a single file; or those in an archive), and every
    fault."""
    if folder.is_file() and is_zipfile(folder):
        with folder.open("rb") as file:
            return bundle.read(file, name=folder.name)
    if folder.is_file():
        reading = onefile.read_path(folder)
        return [_alone(reading.content)] if reading.content else [], reading.faults
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder of cases.")
    folders = (
        [folder] if (folder / "case.yaml").exists() else sorted(p for p in folder.iterdir() if p.is_dir())
    )
    if not folders:
        raise CommandError(f"There are no cases in {folder}.")
    cases: list[Bundled] = []
    faults: list[Fault] = []
    for one in folders:
        try:
            cases.append(_alone(read_case(one)))
        except Faulty as faulty:
            faults += faulty.faults
    return cases, faults


def _alone(content: Content) -> Bundled:
    return Bundled(content.slug, (content,))


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CASES)
        parser.add_argument(
            "--primer", type=Path, help="A folder of cards; with the project's own cases, the project's own."
        )
        parser.add_argument("--report", action="store_true", help="Also name the word runs that cases share.")

    def handle(
        self, *, folder: Path, primer: Path | None = None, report: bool = False, **options: Any
    ) -> None:
        bundled, faults = read_all(folder)
        cases = [one.contents[-1] for one in bundled]
        primer = primer or (PRIMER if folder == CASES else None)
        if primer:
            # Tags are known only where all the project's cases were read.
            whole = folder == CASES and not faults
            tags = {tag for case in cases for tag in case.case.tags} if whole else None
            cards, wrong = read_primer(primer, tags=tags)
            self.stdout.write(f"{len(cards)} cards of the primer")
            faults += wrong
        if folder == CASES:
            sheets, wrong = read_sheets(SHEETS)
            self.stdout.write(f"{len(sheets)} cheat sheets")
            faults += wrong
        for fault in faults:
            self.stderr.write(str(fault))
        for case in cases:
            self.stdout.write(
                f"{case.slug}: {len(case.guide.facts)} facts, {len(case.guide.items)} items explained"
            )
        self.stdout.write(f"{len(frameworks.load())} frameworks, {len(cases)} cases, {len(faults)} faults")
        if report:
            self._report(cases)
        if faults:
            raise CommandError("Mend the faults above.")

    def _report(self, cases: list[Content]) -> None:
        for one, other in combinations(cases, 2):
            runs = shared_runs(one, other)
            self.stdout.write(f"{one.slug}, {other.slug}: {len(runs)} shared word runs")
            for run in runs[:5]:
                self.stdout.write(f"  {run}")
