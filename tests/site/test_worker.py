"""A worker that cannot score does not start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def without_model(tmp_path: Path) -> Path:
    """The code, in a place where nobody has put the scorer's data."""
    for package in ("mlsd_site", "interviews", "casebank", "whiteboard"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.rmtree(tmp_path / "interviews" / "scoring" / "data")
    return tmp_path


def worker(place: Path, queues: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "mlsd_site",
        "worker",
        "--queues",
        queues,
        "--loglevel",
        "INFO",
    ]
    return subprocess.Popen(
        [*command, "--concurrency", "1", "--hostname", f"{queues[0]}{os.getpid()}@%h"],
        cwd=place,
        env={**os.environ, "C_FORCE_ROOT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_without_its_model_it_says_the_remedy_and_ends(without_model: Path) -> None:
    started = worker(without_model, "scoring,default")
    said, _ = started.communicate(timeout=120)
    assert started.returncode == 1
    assert "does not start" in said
    assert "Traceback" not in said


def test_one_that_takes_no_scores_needs_no_model(without_model: Path) -> None:
    with worker(without_model, "judging") as started:
        assert started.stdout
        assert any(" ready." in line for line in started.stdout)
        started.terminate()
        started.stdout.read()
    assert started.returncode == 0
