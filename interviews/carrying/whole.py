"""Whole sessions in an archive, for another installation: everything of them, hidden things too, so only for whoever
holds the server.

    about.json                  the form of the archive, and when it was made
    people.json                 {address: {name, left_at}} of everybody in it; left_at where they deleted their account
    cases/<hash>.json           a version that was asked, with its guide
    sessions/<id>.json          a session and its rows (rows.TABLES)
    boards/<id>.bin             the log of its board (whiteboard.replay); authors are places in the session's `authors`
    pictures/<id>.webp          a picture of its notes
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

from django.contrib.auth import get_user_model

from casebank import files, slugs
from casebank.access import guide_of
from casebank.models import CaseVersion
from casebank.spooled import put
from casebank.unpacking import Bounds
from interviews.carrying.rows import NAMES, TABLES, Row, fields_of, plain
from interviews.models import NotePicture, ScoreJob, Session, State
from whiteboard import replay
from whiteboard.models import Element
from whiteboard.queries import log_of

FORM = 1
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
FITS = re.compile(
    rf"about\.json|people\.json|cases/[0-9a-f]{{64}}\.json|sessions/{_ID}\.json|boards/{_ID}\.bin|pictures/{_ID}\.webp"
)
BOUNDS = Bounds(packed=2_000_000_000, entries=200_000, each=64_000_000, unpacked=16_000_000_000, ratio=1_000)


class Torn(RuntimeError):
    """A session whose board's log does not lead to its elements: it would not arrive as it is."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A session as plain values, and what lies beside them. `pictures`: {id: WebP}."""

    document: Row
    log: bytes
    pictures: dict[str, bytes]


def write(file: IO[bytes], sessions: Iterable[Session], now: datetime) -> int:
    """Write ended sessions as an archive; how many they were."""
    people: dict[str, Row] = {}
    cases: set[str] = set()
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip:
        for session in sessions:
            one = carried(session, people)
            _json(zip, f"sessions/{session.pk}.json", one.document)
            put(zip, f"boards/{session.pk}.bin", one.log)
            for name, data in one.pictures.items():
                put(zip, f"pictures/{name}.webp", data)
            version = session.case_version
            if version.content_hash not in cases:
                cases.add(version.content_hash)
                _json(zip, f"cases/{version.content_hash}.json", case(version))
            count += 1
        _json(zip, "people.json", dict(sorted(people.items())))
        _json(zip, "about.json", {"form": FORM, "made_at": now.isoformat()})
    return count


def ended(since: datetime | None = None) -> Iterator[Session]:
    """Every ended session, or those that ended since; the oldest first."""
    found = Session.objects.filter(state=State.ENDED).select_related("case_version__case", "board")
    if since:
        found = found.filter(ended_at__gte=since)
    return found.order_by("created_at", "pk").iterator(chunk_size=100)


def case(version: CaseVersion) -> Row:
    """What was asked, and its guide."""
    return {"case": files.candidate_half(version), "guide": guide_of(version)}


def carried(session: Session, people: dict[str, Row]) -> Carried:
    """A session as it is written; whoever is named in it is added to `people`."""
    tables = {
        name: list(model._default_manager.filter(**{way: session.pk}).order_by("pk"))
        for name, model, way in TABLES
    }
    log = _log(session)
    known = _Known(people, tables, session, log)
    places: dict[Any, Any] = {
        model: {row.pk: place for place, row in enumerate(tables[name])} for model, name in NAMES.items()
    }
    places[get_user_model()] = known.addresses
    authors = list(dict.fromkeys(entry.author for entry in log))
    version = session.case_version
    owner = known.addresses.get(version.case.owner_id)
    document: Row = {
        "id": str(session.pk),
        "session": plain(session, places),
        "case": {
            "slug": slugs.wish(version.case),
            "owner": owner,
            "number": version.number,
            "hash": version.content_hash,
        },
        "follows": str(session.follows_id) if session.follows_id else None,
        "board": {"id": str(session.board_id), "created_at": session.board.created_at.isoformat()},
        "authors": [known.addresses.get(one) for one in authors],
        "tables": {name: [_row(row, places) for row in rows] for name, rows in tables.items()},
    }
    packed = replay.pack(replace(entry, author=authors.index(entry.author)) for entry in log)
    pictures = {str(one.pk): bytes(one.data) for one in tables["pictures"] if isinstance(one, NotePicture)}
    return Carried(document, packed, pictures)


def _row(row: Any, places: Any) -> Row:
    if isinstance(row, ScoreJob) and row.state == ScoreJob.State.RUNNING:
        # Whoever works on it now will not do so there.
        row.state, row.lease_until = ScoreJob.State.QUEUED, None
    return plain(row, places)


class _Known:
    """Everybody whom these rows name. `addresses`: {id: address}."""

    def __init__(self, people: dict[str, Row], tables: Any, session: Session, log: Iterable[Any]) -> None:
        user = get_user_model()
        ids = {session.created_by_id, session.case_version.case.owner_id, *(entry.author for entry in log)}
        for _, model, _ in TABLES:
            names = [one.attname for one in fields_of(model) if one.related_model is user]
            ids |= {getattr(row, name) for row in tables[NAMES[model]] for name in names}
        found = user._default_manager.filter(pk__in=ids - {None})
        self.addresses: dict[Any, str] = {}
        for one in found:
            left = one.deleted_at.isoformat() if one.deleted_at else None
            self.addresses[one.pk] = one.email.lower()
            people[one.email.lower()] = {"name": one.display_name, "left_at": left}


def _log(session: Session) -> tuple[replay.Entry, ...]:
    """The log of its board. Where the replay went, the log did too: then the elements as they stand are one."""
    elements = Element.objects.filter(board=session.board_id)
    if session.replay_gone_at:
        return tuple(
            replay.Entry(seq, session.replay_gone_at, one.author_id, (one.data,))
            for seq, one in enumerate(elements.order_by("seq", "element_id"), 1)
        )
    log = log_of(session.board)
    drawn = {element["id"]: element for entry in log for element in entry.elements}
    if drawn != dict(elements.values_list("element_id", "data")):
        raise Torn(f"The log of session {session.pk}'s board does not lead to its elements.")
    return log


def _json(zip: zipfile.ZipFile, name: str, data: object) -> None:
    put(zip, name, json.dumps(data, ensure_ascii=False, indent=1))
