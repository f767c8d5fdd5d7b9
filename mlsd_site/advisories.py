"""Known holes in the packages that the locks name, by a stored excerpt of public databases (docs/adr/0037).

The excerpt (`requirements/advisories.json`) holds, in OSV's words, what is known of packages with our packages' names:
{"sources": [{"name", "ecosystem", "newest"}], "accepted": {id: why}, "advisories": [OSV records, cut to what is read]}.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

STORED = Path("requirements/advisories.json")
# After so many days an excerpt says little.
FRESH = 90
_RELEASE = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?")
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """One that a lock names. `ecosystem` is OSV's word: PyPI or npm."""

    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Finding:
    package: Package
    id: str
    summary: str
    fixed: tuple[str, ...]


def locked(root: Path) -> set[Package]:
    """All that requirements/*.txt and static/package-lock.json name, with what tests and builds alone need."""
    found = set()
    for lock in sorted((root / "requirements").glob("*.txt")):
        for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", lock.read_text()):
            found.add(Package("PyPI", _plain(name), version))
    packages = json.loads((root / "static/package-lock.json").read_text())["packages"]
    for path, one in packages.items():
        if path:
            found.add(Package("npm", path.rpartition("node_modules/")[2], one["version"]))
    return found


def findings(packages: Iterable[Package], advisories: Iterable[Record]) -> list[Finding]:
    """What is known of these versions."""
    by_name: dict[tuple[str, str], list[Package]] = {}
    for package in packages:
        by_name.setdefault((package.ecosystem, package.name), []).append(package)
    found = {
        Finding(package, record["id"], record["summary"], _fixed(affected))
        for record in advisories
        for affected in record["affected"]
        for package in by_name.get((affected["package"]["ecosystem"], _named(affected["package"])), [])
        if affects(affected, package)
    }
    return sorted(found, key=lambda one: (one.package.ecosystem, one.package.name, one.id))


def affects(affected: Record, package: Package) -> bool:
    """Whether this part of an OSV record is about this version. A range that cannot be read is taken to be."""
    if package.version in affected.get("versions", ()):
        return True
    read = _pypi if package.ecosystem == "PyPI" else _npm
    try:
        own = read(package.version)
        return any(
            _within(own, one["events"], read) for one in affected.get("ranges", ()) if one["type"] != "GIT"
        )
    except (InvalidVersion, ValueError):
        return True


def records(path: Path) -> Iterator[Record]:
    """OSV records of a dump: a .zip of JSON files, or a folder of .json or .yaml files, as databases publish them."""
    if path.is_file():
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.endswith(".json"):
                    yield json.loads(packed.read(name))
        return
    for file in sorted([*path.rglob("*.json"), *path.rglob("*.yaml")]):
        one = yaml.safe_load(file.read_text()) if file.suffix == ".yaml" else json.loads(file.read_text())
        if isinstance(one, dict) and "affected" in one:
            yield one


def excerpt(dump: Iterable[Record], packages: Iterable[Package]) -> tuple[list[Record], str]:
    """Of a dump what is about packages of these names, cut to what `findings` reads; and the day of its newest record,
    of whatever package. Raises ValueError for a dump that holds nothing."""
    names = {(one.ecosystem, one.name) for one in packages}
    kept, newest = [], ""
    for record in dump:
        newest = max(newest, str(record["modified"])[:10])
        if record.get("withdrawn"):
            continue
        ours = [_cut(one) for one in record["affected"] if (_ecosystem(one), _named(one["package"])) in names]
        if ours:
            summary = record.get("summary") or str(record.get("details", "")).split(". ")[0]
            kept.append({"id": record["id"], "summary": " ".join(summary.split())[:160], "affected": ours})
    if not newest:
        raise ValueError("There is no advisory in this dump.")
    return sorted(kept, key=lambda one: str(one["id"])), newest


def written(stored: Record) -> str:
    """The excerpt as the file has it: an advisory a line, so that a newer one shows what is new."""
    lines = ",\n".join(json.dumps(one, sort_keys=True) for one in stored["advisories"])
    head = {name: stored[name] for name in ("sources", "accepted")}
    return f'{json.dumps(head)[:-1]}, "advisories": [\n{lines}\n]}}\n'


def age(stored: Record, today: date) -> int:
    """Days since the oldest of the sources was brought up to date."""
    return max((today - date.fromisoformat(one["newest"])).days for one in stored["sources"])


def _ecosystem(affected: Record) -> str:
    return str(affected.get("package", {}).get("ecosystem", ""))


def _named(package: Record) -> str:
    return _plain(package["name"]) if package["ecosystem"] == "PyPI" else str(package["name"])


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _cut(affected: Record) -> Record:
    """Ranges say it shorter than lists of versions; those are kept where there is nothing else."""
    ranges = [
        {"type": r["type"], "events": r["events"]} for r in affected.get("ranges", ()) if r["type"] != "GIT"
    ]
    kept = {"ecosystem": affected["package"]["ecosystem"], "name": affected["package"]["name"]}
    return {"package": kept, **({"ranges": ranges} if ranges else {"versions": affected.get("versions", [])})}


def _within(own: Any, events: Iterable[Record], read: Any) -> bool:
    inside = False
    for kind, bound in sorted(
        ((kind, bound) for event in events for kind, bound in event.items()),
        key=lambda one: (read(str(one[1])), one[0] == "last_affected"),
    ):
        at = read(str(bound))
        if kind == "introduced" and own >= at:
            inside = True
        elif (kind == "fixed" and own >= at) or (kind == "last_affected" and own > at):
            inside = False
    return inside


def _fixed(affected: Record) -> tuple[str, ...]:
    events = [event for one in affected.get("ranges", ()) for event in one["events"]]
    return tuple(str(event["fixed"]) for event in events if "fixed" in event)


def _pypi(version: str) -> Version:
    return Version(version)


def _npm(version: str) -> tuple[Any, ...]:
    """A key that sorts as semantic versions do; ValueError for what is none."""
    found = _RELEASE.match(version)
    if found is None:
        raise ValueError(version)
    numbers = tuple(int(one or 0) for one in found.groups()[:3])
    early = [
        (0, int(one), "") if one.isdigit() else (1, 0, one) for one in (found[4] or "").split(".") if one
    ]
    return (*numbers, not early, tuple(early))
