"""Disks that are full: Postgres' and Valkey's data are put on small ones in memory, which a file then fills.

Only root mounts disks, so only root can play this.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from tests.chaos.fleet import Fleet
from tests.chaos.history import Kind, What
from tests.chaos.storm import Fault, Weather

# Bytes beside what is there: enough to go on for hours, little enough to fill at once.
ROOM = 192 * 2**20
PAGE = 4096
NAMES = ("postgres", "valkey")


@dataclass(frozen=True, slots=True)
class Disk:
    """A mounted disk; what fills it is one file."""

    place: Path

    def fill(self) -> None:
        """Leave nothing, while others take their part."""
        part, size = 2**24, 0
        with (self.place / "ballast").open("wb") as file:
            while part >= PAGE:
                try:
                    os.posix_fallocate(file.fileno(), size, part)
                    size += part
                except OSError:
                    part //= 2

    def free(self) -> None:
        """As it was."""
        (self.place / "ballast").unlink(missing_ok=True)


@contextmanager
def small_disks(fleet: Fleet) -> Iterator[dict[str, Disk]]:
    """Both servers on disks of their own, by their names; afterwards where they were."""
    if os.geteuid() != 0:
        raise RuntimeError("Disks are mounted for this one, which only root may do.")
    state = fleet.services.places.state
    disks = {name: Disk(state / name) for name in NAMES}
    try:
        with _stopped(fleet):
            for disk in disks.values():
                mount(disk.place)
        yield disks
    finally:
        with _stopped(fleet):
            for disk in disks.values():
                disk.free()
                unmount(disk.place)


@contextmanager
def _stopped(fleet: Fleet) -> Iterator[None]:
    """Meanwhile no server runs, and none is started by whoever looks after them."""
    services = fleet.services
    with services._lock.turn():
        for server in (services.postgres, services.valkey):
            if server:
                server.stop()
        yield
    fleet.until_ready()


def mount(place: Path) -> None:
    aside = place.with_name(f"{place.name}.aside")
    place.rename(aside)
    place.mkdir(mode=0o700)
    used = sum(file.stat().st_blocks * 512 for file in aside.rglob("*") if file.is_file())
    _run("mount", "-t", "tmpfs", "-o", f"size={used + ROOM}", "chaos", str(place))
    _run("cp", "-a", f"{aside}/.", str(place))
    shutil.rmtree(aside)


def unmount(place: Path) -> None:
    if not place.is_mount():
        return
    aside = place.with_name(f"{place.name}.aside")
    _run("cp", "-a", str(place), str(aside))
    _run("umount", str(place))
    place.rmdir()
    aside.rename(place)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def fill(disks: dict[str, Disk], every: float, pause: float) -> Fault:
    """In turns: no room for Postgres' tables, none for the log that it writes first, none for Valkey; for `pause`
    seconds each."""

    async def fault(weather: Weather) -> None:
        while await weather.every(every):
            turn = weather.faults % 3
            weather.faults += 1
            disk = disks["valkey" if turn == 2 else "postgres"]
            weather.history.write("disk", "", Kind.INVOKE, What.FAULT, disk.place.name)
            disk.fill()
            if turn > 0:
                await asyncio.to_thread(_use_up_the_log if turn == 1 else _keep_much)
            await asyncio.sleep(pause)
            disk.free()
            weather.history.write("disk", "", Kind.OK, What.FAULT, disk.place.name)

    return fault


def complaints(fleet: Fleet) -> dict[str, int]:
    """How often each server has said that there was no room."""
    logs = {name: fleet.services.places.state / f"{name}.log" for name in NAMES}
    said = re.compile("No space left|Short write")
    return {name: len(said.findall(path.read_text(errors="replace"))) for name, path in logs.items()}


def _keep_much() -> None:
    """More than what is left in the file that Valkey writes."""
    with suppress(RedisError), Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        for number in range(8):
            client.set(f"chaos-{number}", "x" * 100_000, ex=60)


def _use_up_the_log() -> None:
    """Go on to the next file of the log until there is none: Postgres ends itself then, and begins anew."""
    with suppress(psycopg.Error):
        for _ in range(20):
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, connect_timeout=5) as line:
                line.execute("CREATE TABLE IF NOT EXISTS chaos_log ()")
                line.execute("DROP TABLE chaos_log")
                line.execute("SELECT pg_switch_wal()")
