"""What no committed file may hold."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = [
    "requirements/app.txt",
    "requirements/embedded.txt",
    "requirements/dev.txt",
    "static/package-lock.json",
]
# Spelt in two parts, so that this file does not hold what it forbids.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry" + ".npmjs", "npm" + "js.org"]


def committed() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.asvs("15.1.2")
def test_a_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"resolved|https?://|file:|--(extra-)?index-url", text)
    assert "--hash=sha256:" in text or '"integrity": "sha512-' in text


def test_the_front_ends_lock_serves_other_machines_too() -> None:
    packages = json.loads((ROOT / "static/package-lock.json").read_text())["packages"]
    for machine in ("linux-x64", "linux-arm64", "darwin-arm64"):
        assert any(machine in name for name in packages), machine


def test_no_file_names_a_registry() -> None:
    found = [
        path.name
        for path in committed()
        if path.suffix not in (".png", ".woff2")
        and any(host in path.read_text(errors="ignore") for host in HOSTS)
    ]
    assert found == []


def test_no_file_holds_the_marks_of_a_merge() -> None:
    marks = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
    texts = [path for path in committed() if path.suffix not in (".png", ".woff2")]
    assert [path.name for path in texts if marks.search(path.read_text(errors="ignore"))] == []


def test_nothing_that_is_built_or_secret_is_committed() -> None:
    names = {str(path.relative_to(ROOT)) for path in committed()}
    assert not [
        n for n in names if re.match(r"(\.venv|\.local|static/(build|node_modules)|staticfiles|secrets)/", n)
    ]
