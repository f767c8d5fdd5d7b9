"""A worker that cannot score does not start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def worker(place: Path, queues: str) -> subprocess.CompletedProcess[str]:
    """Start a worker of the code that lies in `place`; one that starts is stopped after a while."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "mlsd_site", "worker", "--queues", queues]
    return subprocess.run(
        ["timeout", "8", *command, "--concurrency", "1", "--hostname", f"{os.getpid()}@%h"],
        cwd=place,
        env={**os.environ, "C_FORCE_ROOT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_its_model_a_worker_says_the_remedy_and_ends(tmp_path: Path) -> None:
    for package in ("mlsd_site", "interviews", "casebank", "whiteboard"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.rmtree(tmp_path / "interviews" / "scoring" / "data")
    ended = worker(tmp_path, "scoring,default")
    assert ended.returncode == 1
    assert "does not start" in ended.stderr
    assert "Traceback" not in ended.stderr
    # One that takes no scores needs no model.
    assert worker(tmp_path, "judging").returncode == 124
