"""Putting one session from an archive in: its rows, its case, its board."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth import get_user_model
from django.db import models

from casebank.actions import coming_along, seen
from casebank.schema import onefile
from casebank.schema.content import SLUG
from interviews.carrying.rows import TABLES, Unfit, is_picture, made
from interviews.carrying.whole import Carried
from interviews.models import NotePicture, Session, State, Submission
from whiteboard import actions as boards
from whiteboard import replay
from whiteboard.replay import Entry
from whiteboard.rules import validate

_KEYS = {"id", "session", "case", "follows", "board", "authors", "tables"}
# An hour of two people who draw without a pause makes some ten thousand.
_MOST_PATCHES = 200_000
_MOST_LOG = 64_000_000
_HALF = {"title": str, "summary": str, "level": str, "kind": str, "tags": list, "minutes": int, "prompt": str}


def is_same(here: Carried, other: Carried) -> bool:
    """Whether two say the same; how their logs were packed is no matter."""
    if orjson.loads(orjson.dumps(here.document)) != other.document or here.pictures != other.pictures:
        return False
    return here.log == other.log or replay.unpack(here.log) == _entries(other.log)


def hash_of(document: Mapping[str, Any]) -> str:
    """The name of the version that a session was held on."""
    said = document.get("case")
    digest = said.get("hash") if isinstance(said, dict) else None
    if not isinstance(digest, str) or not re.fullmatch("[0-9a-f]{64}", digest):
        raise Unfit("case.hash", "is not a hash")
    return digest


def place(carried: Carried, case: Mapping[str, Any], people: Mapping[str, int], now: datetime) -> Session:
    """Make the rows of a session that is not here; Unfit says what keeps it from being one. `people`: {address: id}."""
    said = carried.document
    for name in _KEYS ^ said.keys():
        raise Unfit(str(name)[:60], "is missing" if name in _KEYS else "is not a known key")
    ids: dict[type[models.Model], list[Any]] = {}

    def find(model: type[models.Model], value: Any) -> Any:
        if model is get_user_model():
            return people[value]
        if type(value) is not int or value < 0:
            raise LookupError
        return ids[model][value]

    fields = _made("session", Session, said["session"], find)
    if fields["state"] != State.ENDED:
        raise Unfit("session.state", "is not that of a session which has ended")
    entries = _authored(carried.log, said["authors"], people)
    session = Session.objects.create(
        pk=said["id"],
        case_version=_version(said["case"], case, people, now),
        board=boards.restore(entries=entries, now=now, **_board(said["board"])),
        follows=_follows(said["follows"]),
        **fields,
    )
    for name, model, way in TABLES:
        ids[model] = _rows(name, model, way, carried, session, find)
    _known(session)
    return session


def _rows(
    name: str, model: type[models.Model], way: str, carried: Carried, session: Session, find: Any
) -> list[Any]:
    rows = carried.document["tables"].get(name) if isinstance(carried.document["tables"], dict) else None
    if not isinstance(rows, list):
        raise Unfit(f"tables.{name}", "must be a list of rows")
    new = []
    for place, row in enumerate(rows):
        fields = _made(f"tables.{name}[{place}]", model, row, find)
        if way == "session":
            fields["session_id"] = session.pk
        if model is NotePicture:
            fields["data"] = carried.pictures[str(fields["id"])]
            if not is_picture(fields["data"]):
                raise Unfit(f"pictures/{fields['id']}.webp", "is not a picture as they are kept")
        if model is Submission:
            fields["board"] = [_element(one) for one in fields["board"]]
        new.append(model(**fields))
    return [one.pk for one in model._default_manager.bulk_create(new)]


def _made(key: str, model: type[models.Model], row: object, find: Any) -> dict[str, Any]:
    try:
        return made(model, row, find)
    except Unfit as error:
        raise Unfit(f"{key}.{error.key}".rstrip("."), str(error)) from error


def _version(said: Any, case: Mapping[str, Any], people: Mapping[str, int], now: datetime) -> Any:
    half, guide = case.get("case"), case.get("guide")
    if not isinstance(said, dict) or not isinstance(half, dict) or not isinstance(guide, dict):
        raise Unfit("case", "is not a case and its guide")
    starter = half.get("starter")
    if half.keys() != {*_HALF, "starter"} or not (starter is None or isinstance(starter, dict)):
        raise Unfit("case", "does not have the keys of a candidate's half")
    for name, kind in _HALF.items():
        if type(half[name]) is not kind:
            raise Unfit(f"case.{name}", "has a value of another kind")
    slug, owner, number = said.get("slug"), said.get("owner"), said.get("number")
    if not isinstance(slug, str) or not re.fullmatch(SLUG, slug) or len(slug) > onefile.MAX_SLUG:
        raise Unfit("case.slug", "is not a case's name")
    if type(number) is not int or not 0 < number < 1_000_000:
        raise Unfit("case.number", "is not a version's number")
    if owner is not None and owner not in people:
        raise Unfit("case.owner", "names nobody in this archive")
    return coming_along.version_of(
        name=slug,
        owner_id=people[owner] if owner is not None else None,
        number=number,
        digest=hash_of({"case": said}),
        half=half,
        guide=guide,
        now=now,
    )


def _board(said: Any) -> dict[str, Any]:
    try:
        made_at = datetime.fromisoformat(said["created_at"])
        if made_at.tzinfo is None:
            raise ValueError
        return {"id": UUID(said["id"]), "created_at": made_at}
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise Unfit("board", "has no id and time") from error


def _follows(said: Any) -> Session | None:
    """The half before, where it is here or came along."""
    return (
        Session.objects.filter(pk=said, second_half__isnull=True).first() if isinstance(said, str) else None
    )


def _authored(packed: bytes, authors: Any, people: Mapping[str, int]) -> list[Entry]:
    if not isinstance(authors, list) or any(one is not None and one not in people for one in authors):
        raise Unfit("authors", "names nobody in this archive")
    found = []
    for entry in _entries(packed):
        if entry.author is not None and not 0 <= entry.author < len(authors):
            raise Unfit("authors", "does not name everybody who drew")
        author = authors[entry.author] if entry.author is not None else None
        elements = tuple(_element(one) for one in entry.elements)
        found.append(replace(entry, author=people[author] if author else None, elements=elements))
    if [entry.seq for entry in found] != list(range(1, len(found) + 1)):
        raise Unfit("board", "has gaps in its log")
    return found


def _entries(packed: bytes) -> tuple[Entry, ...]:
    """The log, once it is known to be no larger than one is."""
    try:
        opener = zlib.decompressobj()
        plain = opener.decompress(packed[1:], _MOST_LOG)
        if opener.unconsumed_tail:
            raise Unfit("board", "has a log that is larger than any")
        rows = orjson.loads(plain)["entries"]
        if sum(len(one[3]) for one in rows) > _MOST_PATCHES:
            raise Unfit("board", "has a log that is longer than any")
        return replay.unpack(packed)
    except (zlib.error, orjson.JSONDecodeError, replay.Damaged, TypeError, KeyError, IndexError) as error:
        raise Unfit("board", "has a log that cannot be read") from error


def _element(raw: object) -> Any:
    clean = validate.element(raw)
    if isinstance(clean, validate.Problem):
        raise Unfit("board", str(clean))
    return clean


def _known(session: Session) -> None:
    """Whoever was in it knows the case, as if it had been held here."""
    if session.started_at:
        seated = dict(session.seats.values_list("user_id", "role"))
        seen.mark(case_id=session.case_version.case_id, ways=seated, now=session.started_at)
