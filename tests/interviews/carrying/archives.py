"""Making archives of whole sessions, and putting them in."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.db import connection
from django.utils import timezone

from casebank.models import Case
from interviews.carrying import whole
from interviews.carrying.arriving import Arrival, arrive
from interviews.models import Session
from mlsd_site.accounts.models import User
from whiteboard import replay
from whiteboard.models import Board

NOW = timezone.now()


def archive() -> bytes:
    file = io.BytesIO()
    whole.write(file, whole.ended(), NOW)
    return file.getvalue()


def put(data: bytes, **more: Any) -> Arrival:
    return arrive(io.BytesIO(data), name="sessions.zip", now=NOW, **more)


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zip:
        return {name: zip.read(name) for name in zip.namelist()}


def zipped(held: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zip:
        for name, data in held.items():
            zip.writestr(name, data)
    return file.getvalue()


def meaning(data: bytes) -> dict[str, Any]:
    """What an archive says, without the time at which it was made; of a board's log its entries, since Postgres may
    have put the keys of its elements in another order."""
    held = files(data)
    del held["about.json"]
    return {name: replay.unpack(one) if name.startswith("boards/") else one for name, one in held.items()}


def emptied() -> None:
    """As a new installation is."""
    with connection.cursor() as cursor:
        tables = ", ".join(f'"{one._meta.db_table}"' for one in (User, Case, Board, Session))
        cursor.execute(
            f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tables} CASCADE; SET CONSTRAINTS ALL DEFERRED"
        )
