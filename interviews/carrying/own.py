"""One person's sessions as files: what they wrote and what they may see by now, and no more (queries.own_sessions).

The archive of all their data (mlsd_site/accounts/archive.py) holds the same folders.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder

from casebank.spooled import put, spooled
from interviews.audit import readings
from interviews.carrying.moment import one_moment
from interviews.carrying.tables import Tables
from interviews.errors import Refused
from interviews.models import ScoreSheet, Seat
from interviews.queries.drawing import candidates_drawing
from interviews.queries.own_sessions import facts_of, pictures_of, seats_of, told_to, written_by
from interviews.rules import seats
from whiteboard import render
from whiteboard.formats import excalidraw

# Each costs a report.
MOST = 100
_SOURCES = ScoreSheet.Source.values


@dataclass(frozen=True, slots=True)
class Period:
    """The days, UTC, on which one took one's seat; both ends belong to it, None is open."""

    since: date | None = None
    until: date | None = None


def archive(user: AbstractBaseUser, period: Period, now: datetime) -> IO[bytes]:
    """A zip with a folder for each session, and tables over all of them. Refused where there are too many, or none."""
    chosen = _chosen(user, period)
    readings.sessions_taken(user.pk, now=now)
    return spooled(lambda file: _write(file, chosen, now))


def _write(file: IO[bytes], chosen: list[Seat], now: datetime) -> None:
    tables = Tables()
    with one_moment(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip:
        for seat in chosen:
            write_session(zip, seat, tables, now)
        for name, text in tables.texts():
            put(zip, f"{name}.csv", text)


def listing(user: AbstractBaseUser, period: Period, now: datetime) -> str:
    """The same sessions as a table: one line for each, with the verdict of each source that one sees by now."""
    tables, chosen = Tables(), _chosen(user, period)
    readings.sessions_taken(user.pk, now=now)
    with one_moment():
        for seat in chosen:
            verdicts: dict[str, list[str]] = {source: [] for source in _SOURCES}
            for sheet in told_to(seat, now)["sheets"]:
                if sheet["overall"] is not None:
                    verdicts[sheet["source"]].append(str(sheet["overall"]))
            said = {f"verdict_{source}": " ".join(given) for source, given in verdicts.items()}
            tables.add("sessions", {**facts_of(seat), **said})
    return dict(tables.texts())["sessions"]


def _chosen(user: AbstractBaseUser, period: Period) -> list[Seat]:
    found = seats_of(user)
    if period.since:
        found = found.filter(joined_at__date__gte=period.since)
    if period.until:
        found = found.filter(joined_at__date__lte=period.until)
    chosen = list(found[: MOST + 1])
    if len(chosen) > MOST:
        raise Refused(
            "too_many_sessions",
            f"These are more than {MOST} sessions. Choose fewer days, or download all your data.",
            status=422,
        )
    if not chosen:
        raise Refused("no_sessions", "You sat in no session on these days.", status=404)
    return chosen


def write_session(zip: zipfile.ZipFile, seat: Seat, tables: Tables, now: datetime) -> None:
    """The folder of one session as this seat may read it, and its rows in the tables."""
    facts, written, told = facts_of(seat), written_by(seat), told_to(seat, now)
    folder = f"sessions/{seat.joined_at:%Y-%m-%d}-{facts['case']}-{str(seat.session_id)[:8]}"
    write_json(zip, f"{folder}/session.json", {**facts, **written, **told})
    tables.add("sessions", facts)
    for table, row in _rows(facts["session"], written, told):
        tables.add(table, row)
    if seats.writes_notes(seat.role) and (board := candidates_drawing(seat.session)):
        put(zip, f"{folder}/board.excalidraw", excalidraw.dumps(board))
        put(zip, f"{folder}/board.svg", render.svg(board))
    for name, data in pictures_of(seat):
        put(zip, f"{folder}/pictures/{name}", data)


def _rows(
    session: str, written: dict[str, Any], told: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    key = {"session": session}
    for step, text in written["notes"].items():
        yield "notes", {**key, "step": step, "text": text}
    for name in ("chat", "marks"):
        for row in written[name]:
            yield name, {**key, **row}
    for sheet in told["sheets"]:
        said = {**key, "source": sheet["source"], "by": sheet["by"]}
        yield "levels", {**said, "item": "overall", "level": sheet["overall"]}
        for one in sheet["items"]:
            yield "levels", {**said, "item": one["item"], "level": one["level"]}
    for name in ("feedback_given", "feedback_received"):
        for row in {**written, **told}[name]:
            who = row.get("by") or row.get("about")
            for question in row.keys() - {"by", "about", "sent_at"}:
                yield (
                    "feedback",
                    {**key, "direction": name, "who": who, "question": question, "answer": row[question]},
                )


def write_json(zip: zipfile.ZipFile, name: str, data: object) -> None:
    """A value as a file, times as ISO 8601."""
    put(zip, name, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
