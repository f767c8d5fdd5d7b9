"""`rescore`: score every submission that has no sheet of this scorer's version yet."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from interviews.actions import rescoring
from interviews.actions.rescoring import Progress
from interviews.scoring.scorer import VERSION

_WIDTH, _LOOK, _PATIENCE = 30, 0.5, 60


class Command(BaseCommand):
    """May be stopped at any time (Ctrl-C) and goes on where it was: what has a sheet of this version is left alone."""

    help = "Score everything again with this version of the scorer. Old sheets are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=_size, default=20, help="how many wait in the queue at once (20)")
        parser.add_argument("--here", action="store_true", help="in this process, where no worker runs")

    def handle(self, *args: Any, batch: int, here: bool, **options: Any) -> None:
        progress = Progress(0)
        told = False
        try:
            for progress in rescoring.rescore(
                batch=batch, here=here, now=timezone.now, wait=lambda: time.sleep(_LOOK)
            ):
                self._show(progress)
                if progress.idle * _LOOK >= _PATIENCE and not told:
                    told = True
                    self.stderr.write("\nNo worker takes scores at the moment; start one, or use --here.")
        except KeyboardInterrupt:
            self.stderr.write(
                f"\nStopped after {progress.finished} of {progress.total}. Run it again to go on."
            )
            sys.exit(130)
        self._close(progress)

    def _show(self, progress: Progress) -> None:
        share = progress.finished / progress.total if progress.total else 1
        bar = "#" * int(_WIDTH * share)
        failed = f", {progress.failed} failed" if progress.failed else ""
        line = f"[{bar:.<{_WIDTH}}] {progress.finished} of {progress.total}{failed}"
        if self.stderr.isatty():
            self.stderr.write(f"\r{line}", ending="")
        elif not progress.idle:
            self.stderr.write(line)

    def _close(self, progress: Progress) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(f"{progress.done} submissions have a sheet of {VERSION} now.")
        if progress.failed:
            self.stderr.write(f"{progress.failed} could not be scored; their reports say so.")
        if progress.skewed:
            self.stderr.write(
                f"{progress.skewed} were scored by a worker that runs another version. Restart the workers, then run "
                "this again."
            )
        if progress.failed or progress.skewed:
            sys.exit(1)


def _size(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 1000:
        raise ArgumentTypeError("a batch holds 1 to 1000")
    return int(value)
