"""Who may know what, and every byte that anybody was sent, searched for what they may not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.e2e import planted
from tests.e2e.leaks import leaks


@dataclass(slots=True)
class Ledger:
    """`secret` makes a marker, `tell` lets people know it, `receive` searches what somebody was sent.

    A marker that was told is known for good. Markers are made-up words that begin with one stem, so that bytes without
    the stem in any form hold none of them, and are looked at once.
    """

    found: list[str] = field(default_factory=list)
    bytes_searched: int = 0
    pieces: int = 0
    _known: dict[str, set[str]] = field(default_factory=dict)
    _clean: set[int] = field(default_factory=set)

    def secret(self, *knowers: str) -> str:
        """A word that these people may read, and nobody else until they are told."""
        marker = f"{planted.STEM}{9000 + len(self._known):05}z"
        self._known[marker] = set(knowers)
        return marker

    def keep(self, markers: Iterable[str], *knowers: str) -> None:
        """The same for markers that stand somewhere already."""
        for marker in markers:
            self._known.setdefault(marker, set()).update(knowers)

    def tell(self, text: str, *people: str) -> None:
        """Everything hidden in this text is known to these people from now on."""
        self.keep(re.findall(planted.STEM + r"\d+[xz]", text), *people)

    @property
    def markers(self) -> int:
        return len(self._known)

    def receive(self, person: str, where: str, data: bytes, *, but: Iterable[str] = ()) -> None:
        """Look whether somebody was sent what they may not know; `but` is what they open with this very address."""
        self.bytes_searched += len(data)
        self.pieces += 1
        allowed = {one for one, knowers in self._known.items() if person in knowers} | set(but)
        rest = data
        for marker in re.findall(rb"%s\d+[xz]" % planted.STEM.encode(), data):
            if marker.decode() in allowed:
                rest = rest.replace(marker, b"")
        if (seen := hash(rest)) in self._clean:
            return
        if not leaks(rest, [planted.STEM]):
            self._clean.add(seen)
            return
        self.found += [
            f"{person}: {marker} ({form}) from {where}"
            for marker, form in leaks(rest, self._known.keys() - allowed)
        ]
