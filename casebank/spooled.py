"""Files that nobody else can open: those that are made to be sent, and those that a command writes."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

_IN_MEMORY = 2**20


def put(zip: zipfile.ZipFile, name: str, data: str | bytes) -> None:
    """A file into an archive, without the time at which that was done: what holds the same is the same."""
    zip.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def spooled(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """A file that `write` has filled, in memory while it is small. It goes when it is closed, which is up to whoever
    sends it."""
    file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 (closed by who sends it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    return file


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A new file at `path`, which appears there when it is whole; FileExistsError where there is one already."""
    half = path.with_name(f"{path.name}.part")
    if path.exists():
        raise FileExistsError(path)
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
        try:
            yield file
        except BaseException:
            half.unlink()
            raise
    half.rename(path)
