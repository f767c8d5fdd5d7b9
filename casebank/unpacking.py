"""Zip archives from strangers: bounded, listed before anything is unpacked, and never written to disk.

    with opened(file, Bounds(...), fits=re.compile(r"[a-z]+\\.yaml")) as archive:
        for name in archive.names:
            data = archive.read(name)       # bytes; Faulty where they are damaged

Faulty, with every reason, where the file is no zip, is larger in any way than its bounds, or holds a name that does not
fit. Names are only ever compared, so none leads out of anywhere.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from casebank.schema.content import Faulty
from casebank.schema.faults import Fault

# What a zip's end looks like: 22 bytes and a comment; before it stands another record where the zip is a large one.
_END, _END_SIZE, _LARGE, _LARGE_SIZE = b"PK\x05\x06", 22, b"PK\x06\x07", 20
_LONGEST_COMMENT = 2**16
# An entry in the list at the end has 46 bytes, its name, and what else programs put there.
_PER_ENTRY = 512
# Below this even bytes that are all alike are no matter.
_SMALL = 100_000
_SHOWN = 20
# What zipfile raises about bytes that are no zip, or one that it does not read.
_SPOILT = (zipfile.BadZipFile, RuntimeError, ValueError, OSError, struct.error)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that an archive may hold: bytes as it comes, files, bytes of each and of all when unpacked, and how
    many times larger than packed a file may become."""

    packed: int
    entries: int
    each: int
    unpacked: int
    ratio: int = 200


class Archive:
    """What `opened` gives: the names that fit, in the order of the archive."""

    def __init__(self, zip: zipfile.ZipFile, held: dict[str, zipfile.ZipInfo]) -> None:
        self._zip, self._held = zip, held
        self.names = tuple(held)

    def read(self, name: str) -> bytes:
        """A file's bytes, of at most as many as the list at the archive's end said."""
        try:
            with self._zip.open(self._held[name]) as file:
                return file.read()
        except (*_SPOILT, zlib.error, EOFError) as error:
            raise Faulty([Fault(name, 0, "", "is damaged and cannot be unpacked")]) from error


@contextmanager
def opened(file: IO[bytes], bounds: Bounds, *, fits: re.Pattern[str], name: str) -> Iterator[Archive]:
    """The archive in `file`, which faults call `name`."""
    _weigh(file, bounds, name)
    try:
        zip = zipfile.ZipFile(file)
    except _SPOILT as error:
        raise Faulty([Fault(name, 0, "", "is not a zip archive that can be read")]) from error
    with zip:
        yield Archive(zip, _listed(zip, bounds, fits, name))


def _weigh(file: IO[bytes], bounds: Bounds, name: str) -> None:
    """Before its list is read into memory: whether the file, and that list, are of a size that we read."""
    size = file.seek(0, io.SEEK_END)
    if size > bounds.packed:
        raise Faulty([Fault(name, 0, "", f"is larger than {_spell(bounds.packed)}")])
    file.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE - _LARGE_SIZE))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise Faulty([Fault(name, 0, "", "is not a zip archive that can be read")])
    (listed,) = struct.unpack_from("<L", tail, end + 12)
    if listed > bounds.entries * _PER_ENTRY or tail[max(0, end - _LARGE_SIZE) : end].startswith(_LARGE):
        raise Faulty([Fault(name, 0, "", f"holds more than {bounds.entries:,} files")])


def _listed(
    zip: zipfile.ZipFile, bounds: Bounds, fits: re.Pattern[str], name: str
) -> dict[str, zipfile.ZipInfo]:
    held = [one for one in zip.infolist() if not one.is_dir() and not _is_clutter(one.filename)]
    faults = []
    if len(held) > bounds.entries:
        faults.append(Fault(name, 0, "", f"holds more than {bounds.entries:,} files"))
    if sum(one.file_size for one in held) > bounds.unpacked:
        faults.append(Fault(name, 0, "", f"would be larger than {_spell(bounds.unpacked)} unpacked"))
    faults += [Fault(_shown(one), 0, "", reason) for one in held if (reason := _refused(one, bounds, fits))][
        :_SHOWN
    ]
    often = Counter(one.filename for one in held)
    faults += [Fault(one, 0, "", "stands in the archive twice") for one, times in often.items() if times > 1]
    if faults:
        raise Faulty(faults)
    return {one.filename: one for one in held}


def _refused(one: zipfile.ZipInfo, bounds: Bounds, fits: re.Pattern[str]) -> str:
    if not fits.fullmatch(one.filename):
        return "is not a file of such an archive"
    if stat.S_IFMT(one.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or another thing that is no file"
    if one.flag_bits & 1:
        return "is encrypted"
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that is not read here; use deflate"
    if one.file_size > bounds.each:
        return f"is larger than {_spell(bounds.each)}"
    if one.file_size > max(_SMALL, one.compress_size * bounds.ratio):
        return f"would become more than {bounds.ratio} times as large as it is packed"
    return ""


def _is_clutter(name: str) -> bool:
    """What a desktop puts into every archive."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] == ".DS_Store"


def _shown(one: zipfile.ZipInfo) -> str:
    return one.filename[:120].encode("ascii", "backslashreplace").decode()


def _spell(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"
