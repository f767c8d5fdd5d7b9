"""All of a person's data as one zip of JSON and CSV (docs/privacy.md)."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from typing import IO, Any

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from casebank import files
from casebank.access import guide_of
from casebank.models import CaseVersion, Draft, SeenCase
from interviews.audit.shown import all_of
from interviews.errors import Refused
from interviews.models import Seat
from interviews.queries.drawing import candidates_drawing
from interviews.queries.own_consents import given_by
from interviews.queries.own_rows import rows_of
from interviews.queries.own_sessions import facts_of, pictures_of, seats_of, told_to, written_by
from interviews.rules import seats
from interviews.rules.cells import cell
from whiteboard import render
from whiteboard.formats import excalidraw

from .models import ApiToken, User

_OF_TOKENS = ("name", "hint", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")

README = """This is what Two Loops keeps about {name}, as of {now:%Y-%m-%d %H:%M} UTC.

profile.json          your account and its e-mail addresses. Of log-ins only the last one is kept.
sessions.csv          every session you sat in: case, role, with whom, when
sessions/<when-case>/ one folder for each of them:
  session.json        all of it: your notes, chat, private notes, marks, drafts, the feedback you gave and got, disputes
                      with their answers, and the sheets (levels with their evidence) that you may see by now
  board.excalidraw    your drawing, to be opened with Excalidraw; board.svg is the same as a picture
  pictures/           what you put into the notes
notes.csv chat.csv marks.csv levels.csv feedback.csv
                      the same as tables, over all sessions
cases/*.yaml          cases that you published; drafts/*.yaml those that you are writing
The other files are tables, each as .csv and as .json: bookings, weekly_hours, free_once, listing, waiting_line,
attendance, groups, group_interviews, invitations_made,
group_invitations_made, shared_reports, calibration (also _verdicts and _drafts), blocked, reports_made,
mails (subjects), cases_known, api_tokens (without their secrets),
who_saw_and_changed (what you did, and what others did that concerns you),
consents, terms_agreed,
second_ratings (levels that you sealed of others' sessions), second_ratings_begun, second_remarks,
webhooks (without their secrets), webhook_messages (the last 30 days).

Not in here: what is sealed or hidden from you at this moment (a sheet before you rated yourself or marked your own,
feedback that is not opened, guides, what partners keep to themselves), passwords and links' secrets (only their hashes
are kept). In the CSV files a text that a spreadsheet could run as a formula has an apostrophe in front; JSON has it as
it was. Times are UTC.
"""


def write(user: User, target: IO[bytes], now: datetime) -> None:
    """Write the zip into `target`, session by session. It shows one moment: a deletion meanwhile does not tear it.

    Raises Refused: gone (410) if the account has been deleted before.
    """
    with _snapshot(user), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zip:
        zip.writestr("README.txt", README.format(name=user.display_name, now=now))
        owned = EmailAddress.objects.filter(user=user)
        _json(
            zip,
            "profile.json",
            {**_profile(user), "addresses": list(owned.values("email", "verified", "primary"))},
        )
        tables = Tables()
        for seat in seats_of(user):
            _session(zip, seat, tables, now)
        addresses = {user.email, *owned.filter(verified=True).values_list("email", flat=True)}
        known = SeenCase.objects.filter(user=user).values("case__slug", "how", "at")
        held = ApiToken.objects.filter(user=user).values(*_OF_TOKENS)
        here: dict[str, list[dict[str, Any]]] = {
            "cases_known": [dict(one) for one in known],
            "api_tokens": [dict(one) for one in held],
            "who_saw_and_changed": all_of(user),
            "consents": [{"what": one.what, "thing": one.thing, "at": one.at} for one in given_by(user, now)],
            "terms_agreed": [dict(one) for one in user.agreements.values("version", "at")],
        }
        for name, rows in {**rows_of(user, addresses), **here}.items():
            _json(zip, f"{name}.json", rows)
            for row in rows:
                tables.add(name, row)
        _cases(zip, user)
        for name, text in tables.texts():
            zip.writestr(f"{name}.csv", text)


class Tables:
    """CSV files that grow row by row; the first row of each gives its columns."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[StringIO, Any, list[str]]] = {}

    def add(self, table: str, row: dict[str, Any]) -> None:
        if table not in self._open:
            text = StringIO()
            writer = csv.writer(text)
            writer.writerow(row)
            self._open[table] = text, writer, list(row)
        _, writer, columns = self._open[table]
        writer.writerow([cell(row.get(column)) for column in columns])

    def texts(self) -> Iterator[tuple[str, str]]:
        for name, (text, _, _) in self._open.items():
            yield name, text.getvalue()


def _session(zip: zipfile.ZipFile, seat: Seat, tables: Tables, now: datetime) -> None:
    facts, written, told = facts_of(seat), written_by(seat), told_to(seat, now)
    folder = f"sessions/{seat.joined_at:%Y-%m-%d}-{facts['case']}-{str(seat.session_id)[:8]}"
    _json(zip, f"{folder}/session.json", {**facts, **written, **told})
    tables.add("sessions", facts)
    key = {"session": facts["session"]}
    for step, text in written["notes"].items():
        tables.add("notes", {**key, "step": step, "text": text})
    for name in ("chat", "marks"):
        for row in written[name]:
            tables.add(name, {**key, **row})
    for sheet in told["sheets"]:
        said = {**key, "source": sheet["source"], "by": sheet["by"]}
        tables.add("levels", {**said, "item": "overall", "level": sheet["overall"]})
        for one in sheet["items"]:
            tables.add("levels", {**said, "item": one["item"], "level": one["level"]})
    for name in ("feedback_given", "feedback_received"):
        for row in {**written, **told}[name]:
            who = row.get("by") or row.get("about")
            for question in row.keys() - {"by", "about", "sent_at"}:
                tables.add(
                    "feedback",
                    {**key, "direction": name, "who": who, "question": question, "answer": row[question]},
                )
    if seats.writes_notes(seat.role) and (board := candidates_drawing(seat.session)):
        zip.writestr(f"{folder}/board.excalidraw", excalidraw.dumps(board))
        zip.writestr(f"{folder}/board.svg", render.svg(board))
    for name, data in pictures_of(seat):
        zip.writestr(zipfile.ZipInfo(f"{folder}/pictures/{name}"), data)


def _profile(user: User) -> dict[str, Any]:
    names = (
        "email",
        "display_name",
        "real_name",
        "contact",
        "timezone",
        "target_level",
        "wants_to_be_candidate",
    )
    more = ("wants_to_interview", "date_joined", "last_login", "is_staff")
    return {name: getattr(user, name) for name in (*names, *more)}


def _cases(zip: zipfile.ZipFile, user: User) -> None:
    """The cases that this person wrote, published and not, each whole: they are its guide's owner."""
    for version in CaseVersion.objects.filter(case__owner=user).select_related("case"):
        text = files.whole(version, guide_of(version))
        zip.writestr(f"cases/{version.case.slug}-{version.number}.yaml", text)
    for draft in Draft.objects.filter(owner=user):
        zip.writestr(f"drafts/{draft.pk}.yaml", draft.text)


def _json(zip: zipfile.ZipFile, name: str, data: object) -> None:
    zip.writestr(name, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))


@contextmanager
def _snapshot(user: User) -> Iterator[None]:
    """All queries see one moment, at which there is this account. Within somebody else's transaction the moment is
    theirs to say."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if not User.objects.filter(pk=user.pk, deleted_at=None).exists():  # the first query fixes the moment
            raise Refused("gone", "This account has been deleted already.", status=410)
        yield
