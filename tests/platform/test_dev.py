"""dev.py, where nothing is set up yet."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from mlsd_site.embedded import node

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout in which any attempt at set-up would leave a trace."""
    place = tmp_path / "bare"
    (place / "mlsd_site").mkdir(parents=True)
    shutil.copy(ROOT / "dev.py", place)
    shutil.copy(ROOT / "mlsd_site" / "__init__.py", place / "mlsd_site")
    shutil.copytree(ROOT / "mlsd_site" / "embedded", place / "mlsd_site" / "embedded")
    return place


def start(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dev.py", *arguments], cwd=place, capture_output=True, text=True, check=False
    )


def test_a_port_in_use_is_named_before_anything_is_set_up(bare: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start(bare, "run", "--port", str(port))
    assert done.returncode == 1
    assert f"error: Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize("wrong", [["--port", "99999"], ["--port", "http"], ["--prot", "8001"]])
def test_a_wrong_option_is_named_before_anything_is_set_up(bare: Path, wrong: list[str]) -> None:
    done = start(bare, "run", *wrong)
    assert done.returncode in (1, 2)
    assert wrong[1] in done.stderr
    assert not (bare / ".venv").exists()


def test_an_unknown_command_shows_the_known_ones(bare: Path) -> None:
    done = start(bare, "rnu")
    assert done.returncode == 2
    assert "dev.py run" in done.stdout


def test_changes_are_noticed_below_a_folder_called_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "build" / "static"
    for name in ("src/room.ts", "node_modules/react/index.js", "build/room.js"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).touch()
    monkeypatch.setattr(dev, "STATIC", place)
    monkeypatch.setattr(dev, "ROOT", place.parent)
    assert dev.front_end_sources() == [place / "src" / "room.ts"]


@pytest.mark.parametrize(
    ("version", "fits"),
    [("v20.18.1", False), ("v20.19.0", True), ("v21.7.3", False), ("v22.11.0", False), ("v24.1.0", True)],
)
def test_only_a_node_that_the_build_accepts_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert node.system_is_new_enough() is fits


def test_all_steps_run_though_one_fails(capfd: pytest.CaptureFixture[str]) -> None:
    steps = [("first", ["false"]), ("second", ["no-such-program"]), ("third", ["echo", "still here"])]
    assert dev.run_steps(steps) == 1
    said = capfd.readouterr().out
    assert "still here" in said
    assert said.endswith("steps: 1 passed, 2 failed\n")
