"""What clients did and were told, written down while it happens and judged afterwards (checkers.py)."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

# Of two copies of an element the higher wins: (version, -versionNonce), Excalidraw's rule.
Rank = tuple[int, int]


class Kind(StrEnum):
    """How an operation stands: begun; done; refused, so certainly not done; or nobody can know."""

    INVOKE = "invoke"
    OK = "ok"
    FAIL = "fail"
    UNKNOWN = "unknown"


class What(StrEnum):
    """What a client does. `key` of an entry is the element's id, the token in a note, the message's number."""

    EDIT = "edit"
    NOTE = "note"
    CHAT = "chat"
    SUBMIT = "submit"
    CONNECT = "connect"
    # The server told where the log stands (`seq`).
    HEAR = "hear"
    # What the server's clock shows: `key` has the milliseconds it is ahead, `detail` those that this may be wrong.
    CLOCK = "clock"
    # Something was done to the machine (invoke) and undone (ok); `key` says to what.
    FAULT = "fault"
    # A file was sent; `key` has its kind, `seq` the milliseconds until it was answered.
    UPLOAD = "upload"
    # Bytes that this client must never be sent.
    LEAK = "leak"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history. `at` is in seconds since 1970 by the clients' one clock."""

    at: float
    who: str
    session: str
    kind: Kind
    what: What
    key: str = ""
    rank: Rank = (0, 0)
    seq: int = 0
    detail: str = ""


class History:
    """The entries of all clients in the order in which they were written; one thread writes."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(
        self,
        who: str,
        session: str,
        kind: Kind,
        what: What,
        key: str = "",
        *,
        rank: Rank = (0, 0),
        seq: int = 0,
        detail: str = "",
    ) -> None:
        """Append what happened now."""
        self.entries.append(Entry(time.time(), who, session, kind, what, key, rank, seq, detail))

    def of(self, kind: Kind, what: What) -> list[Entry]:
        """The entries of this kind about this."""
        return [entry for entry in self.entries if entry.kind == kind and entry.what == what]

    def save(self, path: Path) -> None:
        """One JSON object a line."""
        with path.open("w") as file:
            for entry in self.entries:
                file.write(json.dumps(asdict(entry)) + "\n")


def rank(element: dict[str, object]) -> Rank:
    """Where this copy of an element stands among its copies."""
    return int(str(element["version"])), -int(str(element["versionNonce"]))
