"""Programs that tests need and Python's packages do not bring. Without one its tests fail; none is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> None:
    """Name each by its variable, installed by apt where that is possible."""
    _find("CHROMIUM", BROWSERS, "chromium", "fonts-liberation")
    _find("TURNSERVER", ("turnserver",), "coturn")
    _find("CC", ("cc", "gcc", "clang"), "gcc", "libc6-dev")  # moves the clocks of processes


def _find(variable: str, names: tuple[str, ...], *packages: str) -> None:
    """Set the variable to the program's path, or say how to get it."""
    found = os.environ.get(variable) or _here(names)
    if not found and shutil.which("apt-get") and os.getuid() == 0:
        _say(f"Installing {packages[0]} for the tests ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.call(["apt-get", "update", "-qq"], env=quiet, stdout=sys.stderr)
        subprocess.call(apt, env=quiet, stdout=subprocess.DEVNULL)
        found = _here(names)
    if found:
        os.environ[variable] = found
    else:
        _say(
            f"There is no {packages[0]}, so tests that need it will fail. On Debian: apt-get install {packages[0]}. "
            f"Elsewhere install it and set {variable} to its path."
        )


def _here(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
