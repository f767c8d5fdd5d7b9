"""How many rooms one core carries, beside a plain relay. README.md says how to run it and what it measures."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Iterator, Sequence
from statistics import median

from tests.bench.rooms import trial
from tests.bench.rooms.servers import Ours, Peer, Server

IDLE_ROOMS = 200


def run(arguments: Sequence[str] = ()) -> Iterator[str]:
    """One line of findings at a time."""
    parser = argparse.ArgumentParser(prog="dev.py bench rooms", description=__doc__)
    parser.add_argument("--peer", help="excalidraw-room: the directory where it is built, or its URL")
    parser.add_argument("--only-peer", action="store_true", help="do not measure ours")
    parser.add_argument("--rounds", type=int, default=1, help="searches for each server, taken in turns")
    parser.add_argument("--start", type=int, default=100, help="the rooms to begin with")
    parser.add_argument("--rooms", type=int, help="only this number of rooms, once a round")
    parser.add_argument("--core", type=int, default=0, help="the core of the server under test")
    wanted = parser.parse_args(arguments)
    servers: list[Server] = [Peer(wanted.peer, wanted.core)] if wanted.peer else []
    if not wanted.only_peer:
        servers.append(_ours(wanted.core))
    carried: dict[str, list[int]] = {server.name: [] for server in servers}
    for _ in range(wanted.rounds):
        for server in servers:
            yield f"-- {server.name}"
            if wanted.rooms:
                yield str(trial.draw(server, wanted.rooms))
                continue
            results: list[trial.Result] = []

            def attempt(rooms: int, server: Server = server, results: list[trial.Result] = results) -> bool:
                results.append(trial.draw(server, rooms))
                print(f"  {results[-1]}", flush=True)
                return results[-1].holds

            carried[server.name].append(trial.most(attempt, wanted.start))
    if not wanted.rooms:
        yield from _summary(servers, carried)


def _summary(servers: Sequence[Server], carried: dict[str, list[int]]) -> Iterator[str]:
    yield "-- Rooms on one core, p99 of delivery under 100 ms"
    for server in servers:
        memory = trial.rest(server, IDLE_ROOMS)
        yield (
            f"{server.name}: {median(carried[server.name]):.0f} rooms {carried[server.name]}; memory: "
            f"{memory.base / 2**20:.0f} MiB, {memory.room / 1024:.0f} kiB for each open room, "
            f"{memory.connection / 1024:.0f} kiB for each idle connection"
        )
    if len(servers) > 1:
        theirs, ours = (median(carried[server.name]) for server in servers)
        yield f"{ours / max(theirs, 1):.2f} x the rooms of {servers[0].name}"


def _ours(core: int) -> Ours:
    """Our server as in production, with databases that are durable and deleted at the end."""
    others = os.sched_getaffinity(0) - {core}
    if not others:
        raise SystemExit("error: this benchmark needs two cores: one for the server, one for all else.")
    os.sched_setaffinity(0, others)  # inherited by the databases
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mlsd_site.settings",
        DEBUG="0",
        HTTPS="0",
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS="127.0.0.1",
        LOG_LEVEL="WARNING",
    )
    from mlsd_site.embedded import ensure

    services = ensure(profile="trial")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    return Ours(services, core)
