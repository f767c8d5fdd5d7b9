"""PostgreSQL and Valkey from Python wheels, for a machine that has neither.

    from mlsd_site.embedded import ensure
    ensure(profile="dev")      # or "test" or "trial": a throw-away pair that is deleted when this process ends

Starts what DATABASE_URL and REDIS_URL do not name already, and sets these two variables; children inherit them and
start nothing. For "dev" the file .env may name them too. The servers belong to the checkout: whoever uses them holds
a shared lock, the last one out stops them, and the kernel drops the lock of a process that was killed. Standard
library only, and no Django: this runs before settings are read. docs/adr/0002 says why these wheels.
"""

from __future__ import annotations

import atexit
import os
import shutil
from functools import cached_property
from typing import Literal

from . import leftovers
from .addresses import is_named
from .errors import ServiceError
from .places import Places
from .postgres import Postgres
from .users import UserLock
from .valkey import Valkey

__all__ = ["ServiceError", "Services", "ensure"]

# dev keeps its data; a trial is durable like dev and deleted at the end; a test's data may die with the machine.
Profile = Literal["dev", "trial", "test"]


class Services:
    """The servers that this process uses; `postgres` or `valkey` is None where a URL names one elsewhere."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        from_file = profile == "dev"
        has_database = is_named("DATABASE_URL", read_file=from_file)
        has_redis = is_named("REDIS_URL", read_file=from_file)
        self.postgres = None if has_database else Postgres(self.places, durable=profile != "test")
        self.valkey = None if has_redis else Valkey(self.places)
        self._owner = os.getpid()

    @cached_property
    def places(self) -> Places:
        """Where the servers keep their things; made when first asked for."""
        return Places.of(self.profile)

    @cached_property
    def _lock(self) -> UserLock:
        return UserLock(self.places.state)

    @property
    def _servers(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server]

    def start(self) -> None:
        """Join the users of the servers, start what does not run, and put the addresses into the environment."""
        if not self._servers:
            return
        leftovers.clear(self.places)
        with self._lock.joining():
            self.places.open_run()
            for server in self._servers:
                server.start()
                server.until_it_answers()
        if self.postgres:
            os.environ["DATABASE_URL"] = self.postgres.url
        if self.valkey:
            os.environ["REDIS_URL"] = self.valkey.url

    def revive(self) -> list[str]:
        """Start again what has died; returns the names of what was started."""
        if not self._servers:
            return []
        with self._lock.turn():
            self.places.open_run()
            return [server.name for server in self._servers if server.start()]

    def release(self) -> None:
        """Leave; the last user stops the servers (and deletes them, if they were a test's)."""
        if os.getpid() != self._owner or not self._servers:
            return  # a forked child shares the lock, but it is not its to give back
        with self._lock.leaving() as last:
            if not last:
                return
            for server in reversed(self._servers):
                server.stop()
            shutil.rmtree(self.places.run, ignore_errors=True)
            if self.profile != "dev":
                shutil.rmtree(self.places.state, ignore_errors=True)


_services: Services | None = None


def ensure(*, profile: Profile) -> Services:
    """The servers of this process, started once; ServiceError, in plain words, where that is impossible."""
    global _services
    if _services is None:
        services = Services(profile)
        atexit.register(services.release)  # first: a start that fails half-way is cleared away too
        services.start()
        _services = services
    return _services
