"""What is known of the packages that are used; `--update NAME=PATH` takes what is stored anew from a dump."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mlsd_site import advisories


class Command(BaseCommand):
    help = "Compare the locks with the stored advisories; ends with 1 where a known hole is open."
    requires_system_checks: list[str] = []  # it needs neither database nor settings that hold

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--update",
            action="append",
            metavar="NAME=PATH",
            help="take the excerpt anew from this dump (a .zip or a folder of OSV records); may be given again",
        )

    def handle(self, *, update: list[str] | None, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        packages, place = advisories.locked(root), root / advisories.STORED
        stored = json.loads(place.read_text())
        if update:
            stored = _taken(update, packages, accepted=stored["accepted"])
            place.write_text(advisories.written(stored))
        for one in stored["sources"]:
            self.stdout.write(f"{one['ecosystem']}: {one['name']}, up to {one['newest']}")
        covered = {one["ecosystem"] for one in stored["sources"]}
        for missing in sorted({one.ecosystem for one in packages} - covered):
            self.stdout.write(f"warning: nothing is stored about {missing}; bring a dump with --update")
        if (days := advisories.age(stored, timezone.now().date())) > advisories.FRESH:
            self.stdout.write(f"warning: what is stored is {days} days old; bring a newer dump with --update")
        found = advisories.findings(packages, stored["advisories"])
        for one in found:
            of, why = one.package, stored["accepted"].get(one.id)
            mended = f"fixed in {', '.join(one.fixed)}" if one.fixed else "not fixed yet"
            self.stdout.write(f"{of.name} {of.version}: {one.id} ({mended}): {why or one.summary}")
        told = (
            f"{len(packages)} versions of packages, {len(stored['advisories'])} advisories about their names"
        )
        if wrong := [one for one in found if one.id not in stored["accepted"]]:
            raise CommandError(f"{told}: {len(wrong)} known holes are open.")
        self.stdout.write(f"{told}: no known hole is open.")


def _taken(
    update: list[str], packages: set[advisories.Package], *, accepted: dict[str, str]
) -> dict[str, Any]:
    sources, kept = [], []
    for given in update:
        name, _, path = given.partition("=")
        if not Path(path).exists():
            raise CommandError(f"There is no dump at {path or '(NAME=PATH)'}.")
        some, newest = advisories.excerpt(advisories.records(Path(path)), packages)
        ecosystems = {one["package"]["ecosystem"] for record in some for one in record["affected"]}
        sources += [{"name": name, "ecosystem": one, "newest": newest} for one in sorted(ecosystems)]
        kept += some
    return {"sources": sources, "accepted": accepted, "advisories": kept}
