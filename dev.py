#!/usr/bin/env python3
"""One command to run Two Loops, one to test it. Needs Python 3.11 or newer and nothing else.

python3 dev.py run [--port 8000]   set everything up and start the product
python3 dev.py test [pytest ...]   set everything up and run every test (with arguments: only those, by pytest)
python3 dev.py check               the fast part: lint, types, contracts, unit tests
python3 dev.py manage ...          manage.py in the environment
python3 dev.py bench [name ...]    the benchmarks
python3 dev.py chaos --quick       faults and abuse, judged (docs/chaos.md); --full takes hours
python3 dev.py setup               only set up
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if not (3, 11) <= sys.version_info < (3, 15):  # this file runs on whatever Python a person has
    sys.exit(f"error: Two Loops needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.")
if sys.platform == "win32":
    sys.exit("error: the embedded servers need Linux or macOS. On Windows use WSL, or compose.yaml.")
import fcntl

from mlsd_site.embedded import node
from mlsd_site.embedded.ports import PortError, must_be_free

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATIC = ROOT / "static"
QUICK = "not browser and not chaos and not image"


def main() -> int:
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    os.environ.setdefault("DEBUG", "1")
    # Neither's advice about itself is for whoever tries this product.
    os.environ.update(PIP_ROOT_USER_ACTION="ignore", NPM_CONFIG_UPDATE_NOTIFIER="false")
    if command == "run":
        the_port_must_be_free(arguments)
        set_up("embedded")
        return hand_over("manage.py", "up", *arguments)
    if command == "manage":
        set_up(
            "embedded",
            front_end=arguments[:1] not in (["score"], ["check_cases"], ["evaluate_scorer"], ["audit"]),
        )
        return hand_over(ROOT / "manage.py", *arguments)
    if command == "setup":
        set_up("dev")
        return 0
    if command == "check":
        set_up("dev")
        return run_steps(
            [
                *static_steps(),
                *front_end_steps(),
                ("fast tests", [*pytest("-n", "2", "-m", QUICK)]),
            ]
        )
    if command == "test":
        from tests import programs  # for the rest this file and mlsd_site.embedded are enough

        set_up("dev")
        programs.find()
        if arguments:
            return subprocess.call(pytest(*arguments), cwd=ROOT)
        return run_steps(
            [
                *static_steps(),
                *front_end_steps(),
                ("tests", pytest("-n", "2", "-m", QUICK)),
                ("browser tests", pytest("-m", "browser")),
                ("chaos tests", pytest("-m", "chaos")),
                ("image", pytest("-m", "image")),
            ]
        )
    if command in ("bench", "chaos"):
        set_up("dev")
        return subprocess.call([PYTHON, "-m", f"tests.{command}", *arguments], cwd=ROOT)
    print(__doc__)
    return 0 if command in ("help", "-h", "--help") else 2


def the_port_must_be_free(arguments: list[str]) -> None:
    """Ask before minutes of set-up, not after them."""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    wanted = parser.parse_args(arguments)
    try:
        must_be_free(wanted.host, wanted.port)
    except PortError as error:
        sys.exit(f"error: {error}")


# -- Steps ------------------------------------------------------------------------------------------------------------


def pytest(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "pytest", "-q", *arguments]


def static_steps() -> list[tuple[str, list[str]]]:
    tool = [str(PYTHON), "-m"]
    return [
        ("lint", [*tool, "ruff", "check", "."]),
        ("format", [*tool, "ruff", "format", "--check", "."]),
        ("types", [*tool, "mypy", "."]),
        (
            "contracts",
            [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        ),
        ("templates", [*tool, "djlint", "--lint", "--quiet", "mlsd_site", "casebank", "interviews"]),
        ("migrations", [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("cases", [str(PYTHON), "manage.py", "check_cases"]),
    ]


def front_end_steps() -> list[tuple[str, list[str]]]:
    return [
        ("front-end lint", [*node.npm(), "run", "--silent", "lint"]),
        ("front-end types", [*node.npm(), "run", "--silent", "typecheck"]),
        ("front-end tests", [*node.npm(), "run", "--silent", "test"]),
    ]


def run_steps(steps: list[tuple[str, list[str]]]) -> int:
    """Run every step, also after a failure; then say which failed."""
    results: list[tuple[str, int, float]] = []
    for name, command in steps:
        say(f"== {name}")
        started = time.monotonic()
        where = STATIC if name.startswith("front-end") else ROOT
        try:
            status = subprocess.call(command, cwd=where)
        except OSError as error:
            say(f"error: {error}")
            status = 127
        results.append((name, status, time.monotonic() - started))
    print()
    for name, status, took in results:
        print(f"  {'ok    ' if status == 0 else 'FAILED'}  {name:<18} {took:6.1f} s")
    failed = sum(status != 0 for _, status, _ in results)
    print(f"\nsteps: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


# -- Set-up -----------------------------------------------------------------------------------------------------------


def set_up(group: str, *, front_end: bool = True) -> None:
    """Make .venv with the locked packages of `group`, and build the front end; both only when something changed."""
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # a second dev.py in this checkout waits here
        make_environment()
        install(group)
        node.use(PYTHON)
        if front_end:
            build_front_end()


def make_environment() -> None:
    if (VENV / "installed").exists() and PYTHON.exists():
        return
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    with progress("Making the environment (.venv)"):
        shutil.rmtree(VENV, ignore_errors=True)  # half of one, or one whose Python is gone
        if subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True).returncode == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
        bootstrap = ROOT / ".bootstrap"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(bootstrap), "virtualenv"]
        if subprocess.call(pip, stdout=sys.stderr) or subprocess.call(
            [sys.executable, "-m", "virtualenv", "--quiet", VENV],
            stdout=sys.stderr,
            env={**os.environ, "PYTHONPATH": str(bootstrap)},
        ):
            sys.exit(
                "error: neither venv nor pip works here. On Debian: apt-get install python3-venv python3-pip"
            )


def install(group: str) -> None:
    """Install a lock file. The dev group contains the embedded one, so a newer stamp of dev serves both."""
    wanted = {name: digest([ROOT / "requirements" / f"{name}.txt"]) for name in ("embedded", "dev")}
    stamp = VENV / "installed"
    done = stamp.read_text().split() if stamp.exists() else []
    if wanted[group] in done or wanted["dev"] in done:
        return
    lock = str(ROOT / "requirements" / f"{group}.txt")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    with progress("Installing Python packages"):
        if subprocess.call([*pip, "-r", lock], stdout=sys.stderr):
            sys.exit("error: the Python packages could not be installed; the lines above say why.")
    stamp.write_text(wanted[group])


def build_front_end() -> None:
    modules = STATIC / "node_modules" / ".stamp"
    lock = digest([STATIC / "package-lock.json", STATIC / ".npmrc"])
    if not modules.exists() or modules.read_text() != lock:
        ci = [*node.npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        with progress("Installing front-end packages"):
            if subprocess.call(ci, cwd=STATIC, stdout=sys.stderr):
                sys.exit("error: the front-end packages could not be installed; the lines above say why.")
        modules.write_text(lock)
    built = STATIC / "build" / ".stamp"
    now = digest(front_end_sources())
    if not built.exists() or built.read_text() != now:
        with progress("Building the front end"):
            if subprocess.call([*node.npm(), "run", "--silent", "build"], cwd=STATIC, stdout=sys.stderr):
                sys.exit("error: the front end could not be built; the lines above say why.")
        built.write_text(now)


def front_end_sources() -> list[Path]:
    """What the build reads; Tailwind reads the templates too, for the classes they use."""
    found = [path for app in ("mlsd_site", "casebank", "interviews") for path in (ROOT / app).rglob("*.html")]
    for folder, folders, files in os.walk(STATIC):
        folders[:] = [name for name in folders if name not in ("node_modules", "build")]
        found += [Path(folder) / name for name in files]
    return found


def digest(paths: list[Path]) -> str:
    """A hash over the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def hand_over(script: str | Path, *arguments: str) -> int:
    """Become manage.py, so that signals reach it and its status is ours. Paths stay relative to the caller."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), str(ROOT / script), *arguments])


@contextlib.contextmanager
def progress(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    say(f"{what} ...")
    started = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started:.1f} s")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
