"""Where the embedded servers keep their data and their sockets.

Sockets go to a short path under /tmp, because a socket's path holds at most about 100 bytes. Data goes to `.local` in
the checkout. PostgreSQL refuses to run as root: there it runs as another user, who must be able to reach its data, so
a checkout below a closed directory (such as /root) keeps its data under /var/tmp instead.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import ServiceError

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Account:
    """The user that a server runs as; `switch` is what subprocess needs to become it."""

    uid: int
    gid: int
    switch: dict[str, object]


def server_account() -> Account:
    """Ourselves, or an unprivileged user where we are root."""
    if os.getuid() != 0:
        try:
            pwd.getpwuid(os.getuid())
        except KeyError:
            raise ServiceError(
                f"User id {os.getuid()} has no entry in the password database, and PostgreSQL needs one. "
                "Run as a named user, or set DATABASE_URL to a server of your own."
            ) from None
        return Account(os.getuid(), os.getgid(), {})
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        switch: dict[str, object] = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        return Account(entry.pw_uid, entry.pw_gid, switch)
    raise ServiceError(
        "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as."
    )


def reachable(path: Path) -> bool:
    """Whether any user may pass through every directory down to `path`."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in [path, *path.parents] if part.exists())


@dataclass(frozen=True)
class Places:
    """`state` outlives a run, `run` holds sockets and goes with the last user; both belong to this checkout."""

    state: Path
    run: Path
    run_prefix: str

    @classmethod
    def of(cls, profile: str) -> Places:
        """The directories of this checkout and profile, made safe to use; ServiceError where they cannot be."""
        mark = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]
        name = profile if profile == "dev" else f"{profile}-{os.getpid()}"
        if os.getuid() == 0 and not reachable(CHECKOUT):
            parent = _own(Path("/var/tmp") / f"twoloops-0-{mark}", 0o711)
        else:
            parent = _own(CHECKOUT / ".local", 0o711 if os.getuid() == 0 else 0o700)
        prefix = f"twoloops-{os.getuid()}-{mark}-"
        return cls(_own(parent / name, 0o711), Path("/tmp") / f"{prefix}{name}", prefix)

    def open_run(self) -> None:
        """Make the directory of the sockets; to be called in turn, for the last user takes it away in turn."""
        _own(self.run, 0o711)

    @cached_property
    def account(self) -> Account:
        """Whom PostgreSQL runs as; asked only where it is to run."""
        return server_account()

    def for_server(self, parent: Path, name: str) -> Path:
        """A directory below `parent` that only the server's user may open."""
        path = parent / name
        path.mkdir(mode=0o700, exist_ok=True)
        if os.getuid() == 0:
            os.chown(path, self.account.uid, self.account.gid)
        return path


def _own(path: Path, mode: int) -> Path:
    """Make `path` ours alone to write; somebody else's directory of that name is refused, not used."""
    try:
        path.mkdir(mode=mode, parents=False, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise ServiceError(f"{path} belongs to another user. Remove it, or run as that user.")
        path.chmod(mode)
    except OSError as error:
        raise ServiceError(
            f"No permission to use {path} ({error.strerror}). Give this user the directory, "
            "or set DATABASE_URL and REDIS_URL to servers of your own."
            if isinstance(error, PermissionError)
            else f"{path} cannot be made a directory: {error.strerror}."
        ) from error
    if not os.access(path, os.W_OK):
        raise ServiceError(f"{path} cannot be written. Make it writable for this user.")
    return path


def start_new_log(path: Path) -> None:
    """Put a log aside that has grown past 10 MB; one old one is kept."""
    if path.exists() and path.stat().st_size > 10_000_000:
        path.replace(path.with_suffix(".old.log"))
