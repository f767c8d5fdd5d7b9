"""Known holes in what the locks name, and how versions are compared with what is known."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mlsd_site import advisories
from mlsd_site.advisories import Package

ROOT = Path(__file__).resolve().parent.parent.parent
STORED: dict[str, Any] = json.loads((ROOT / advisories.STORED).read_text())


def test_no_hole_that_is_known_is_open() -> None:
    """By what is stored; `manage.py audit` says how old that is."""
    found = advisories.findings(advisories.locked(ROOT), STORED["advisories"])
    assert [one for one in found if one.id not in STORED["accepted"]] == []


def test_what_is_accepted_is_still_found() -> None:
    found = advisories.findings(advisories.locked(ROOT), STORED["advisories"])
    assert set(STORED["accepted"]) <= {one.id for one in found}


@pytest.mark.asvs("15.1.2")
def test_all_locks_are_read() -> None:
    packages = advisories.locked(ROOT)
    names = {(one.ecosystem, one.name) for one in packages}
    assert {
        ("PyPI", "django"),
        ("PyPI", "pytest"),
        ("npm", "htmx.org"),
        ("npm", "@excalidraw/excalidraw"),
    } <= names


def record(ecosystem: str, name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM" if ecosystem == "PyPI" else "SEMVER", "events": list(events)}]
    one = {"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, "versions": ["9.9"]}
    return {"id": "X-1", "modified": "2026-05-04T01:02:03Z", "summary": "Bad.", "affected": [one], **more}


TWO = [{"introduced": "4.2"}, {"fixed": "4.2.15"}, {"introduced": "5.0"}, {"fixed": "5.0.8"}]


@pytest.mark.parametrize(
    ("ecosystem", "events", "version", "hit"),
    [
        ("PyPI", TWO, "4.1", False),
        ("PyPI", TWO, "4.2", True),
        ("PyPI", TWO, "4.2.15", False),
        ("PyPI", TWO, "5.0rc1", False),
        ("PyPI", TWO, "5.0.7", True),
        ("PyPI", TWO, "5.2", False),
        ("PyPI", [{"introduced": "0"}], "77", True),
        ("PyPI", [{"introduced": "0"}, {"last_affected": "1.4"}], "1.4", True),
        ("PyPI", [{"introduced": "0"}, {"last_affected": "1.4"}], "1.4.post1", False),
        ("PyPI", [{"introduced": "what"}], "1", True),
        ("npm", [{"introduced": "0"}, {"fixed": "1.10.0"}], "1.9.3", True),
        ("npm", [{"introduced": "0"}, {"fixed": "1.10.0"}], "1.10.0-beta.2", True),
        ("npm", [{"introduced": "0"}, {"fixed": "1.10.0"}], "1.10.0", False),
        ("npm", [{"introduced": "2.0.0-rc.2"}], "2.0.0-rc.10", True),
        ("npm", [{"introduced": "2.0.0-rc.2"}], "2.0.0-rc.1", False),
    ],
)
def test_a_version_lies_in_a_range_or_not(
    ecosystem: str, events: list[dict[str, str]], version: str, hit: bool
) -> None:
    known = [record(ecosystem, "one", *events)]
    assert bool(advisories.findings([Package(ecosystem, "one", version)], known)) is hit
    assert advisories.findings([Package(ecosystem, "other", version)], known) == []


def test_an_excerpt_holds_our_names_and_the_day_of_the_newest_record(tmp_path: Path) -> None:
    ours = record(
        "PyPI", "Some_Thing", {"introduced": "0"}, {"fixed": "2"}, summary="", details="Bad thing. More."
    )
    newer = record("npm", "left-pad", {"introduced": "0"}, modified="2026-06-01T00:00:00Z")
    gone = record("PyPI", "some-thing", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as dump:
        for number, one in enumerate((ours, newer, gone)):
            dump.writestr(f"{number}.json", json.dumps(one))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a.yaml").write_text(json.dumps(ours))
    ask = [Package("PyPI", "some-thing", "1.0")]
    kept, newest = advisories.excerpt(advisories.records(tmp_path / "all.zip"), ask)
    assert newest == "2026-06-01"
    assert advisories.excerpt(advisories.records(tmp_path / "folder"), ask) == (kept, "2026-05-04")
    stored = {
        "sources": [{"name": "a", "ecosystem": "PyPI", "newest": newest}],
        "accepted": {},
        "advisories": kept,
    }
    again = json.loads(advisories.written(stored))
    assert again == stored
    (found,) = advisories.findings(ask, again["advisories"])
    assert (found.summary, found.fixed) == ("Bad thing", ("2",))
    assert advisories.age(stored, date(2026, 9, 1)) == 92
    with pytest.raises(ValueError, match="no advisory"):
        advisories.excerpt([], ask)
