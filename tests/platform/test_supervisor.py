"""The supervisor, in a process of its own, with children that are small scripts."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.chaos

SUPERVISE = """
import sys
from mlsd_site.embedded.supervisor import Child, Supervisor
child = Child("child", [sys.executable, "-u", "-c", {script!r}])
sys.exit(Supervisor([child], each_second=lambda: None).run(ready=lambda: True))
"""
QUIET = "import time; print('here', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {QUIET}"

Supervise = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def supervise() -> Iterator[Supervise]:
    """supervise(script) keeps a Python script running."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE.format(script=script)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(supervise: Supervise, number: signal.Signals) -> None:
    process = supervise(QUIET)
    assert line(process) == "child | here"
    process.send_signal(number)
    assert process.wait(10) == 0


def test_a_background_job_of_a_shell_can_be_interrupted(supervise: Supervise) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = supervise(QUIET)
    finally:
        signal.signal(signal.SIGINT, before)
    assert line(process) == "child | here"
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_a_second_signal_ends_what_does_not_listen(supervise: Supervise) -> None:
    process = supervise(STUBBORN)
    assert line(process) == "child | here"
    process.send_signal(signal.SIGINT)
    time.sleep(1)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_a_child_that_dies_is_started_again_and_in_the_end_given_up(supervise: Supervise) -> None:
    process = supervise("raise SystemExit(3)")
    said = process.communicate(timeout=20)[0]
    assert said.count("ended with status 3; starting it again") == 4
    assert "giving up" in said
    assert process.returncode == 1


def test_children_go_on_when_nobody_reads_the_log(supervise: Supervise, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    script = f"import time, pathlib\nwhile True: print('x' * 20000, flush=True); pathlib.Path({str(alive)!r}).touch(); "
    process = supervise(script + "time.sleep(0.05)")
    line(process)
    assert process.stdout
    process.stdout.close()
    time.sleep(1)
    alive.unlink(missing_ok=True)
    time.sleep(1)
    assert alive.exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
