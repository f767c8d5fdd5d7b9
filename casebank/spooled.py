"""Files that are made to be sent: small ones in memory, larger ones where nobody else can open them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO, cast

_IN_MEMORY = 2**20


def spooled(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """A file that `write` has filled; it goes when it is closed, which is up to whoever sends it."""
    file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 (closed by who sends it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    return file
