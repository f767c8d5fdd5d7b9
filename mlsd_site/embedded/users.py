"""Who uses the embedded servers, told by locks that the kernel drops on any death."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class UserLock:
    """Users hold `users.lock` shared; whoever can get it alone is the last. `turn.lock` makes starts and stops
    take turns."""

    def __init__(self, directory: Path) -> None:
        self._turn = directory / "turn.lock"
        self._users = directory / "users.lock"
        self._held: int | None = None

    @contextlib.contextmanager
    def joining(self) -> Iterator[None]:
        """Be a user from here on; the body may start what does not run."""
        with self.turn():
            self._held = os.open(self._users, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._held, fcntl.LOCK_SH)
            yield

    @contextlib.contextmanager
    def leaving(self) -> Iterator[bool]:
        """Stop being a user; yields whether we are the last."""
        if self._held is None:
            yield False
            return
        with self.turn():
            try:
                yield self._alone()
            finally:
                os.close(self._held)
                self._held = None

    def _alone(self) -> bool:
        assert self._held is not None
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else starts or stops a server meanwhile."""
        turn = os.open(self._turn, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
        finally:
            os.close(turn)
