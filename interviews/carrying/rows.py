"""What a session is made of, and how its rows become plain values and rows again.

A row is {field: value}. What belongs to the session itself is left out of each; a person is their e-mail address, a
row of another of these tables its place in that table, a time its ISO form with all its digits. `TABLES` and `LEFT_OUT`
name every table that points at a session; a test finds the one that is in neither.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models

from casebank.schema.documents import UNSTORABLE
from interviews.models import (
    Assignment,
    Attendance,
    Booking,
    CallLink,
    ChatMessage,
    Complaint,
    Consent,
    Dispute,
    DisputeAnswer,
    Event,
    Extension,
    Feedback,
    FeedbackDraft,
    Introduction,
    Invite,
    ItemScore,
    JudgeCall,
    Mark,
    Match,
    Note,
    NotePicture,
    NoteRevision,
    PrivateEvent,
    PrivateNote,
    ScoreJob,
    ScoreSheet,
    Seat,
    SecondRating,
    SecondRemark,
    SelfRating,
    Session,
    ShareLink,
    Submission,
)
from interviews.rules.pictures import MAX_STORED

Row = dict[str, Any]
Table = tuple[str, type[models.Model], str]
# (name, model, the way to its session), each after those that it points at.
TABLES: tuple[Table, ...] = (
    ("seats", Seat, "session"),
    ("consents", Consent, "seat__session"),
    ("notes", Note, "session"),
    ("revisions", NoteRevision, "note__session"),
    ("private_notes", PrivateNote, "seat__session"),
    ("pictures", NotePicture, "session"),
    ("events", Event, "session"),
    ("private_events", PrivateEvent, "session"),
    ("chat", ChatMessage, "session"),
    ("call_links", CallLink, "session"),
    ("extensions", Extension, "session"),
    ("submissions", Submission, "session"),
    ("jobs", ScoreJob, "submission__session"),
    ("sheets", ScoreSheet, "submission__session"),
    ("items", ItemScore, "sheet__submission__session"),
    ("marks", Mark, "session"),
    ("drafts", FeedbackDraft, "author__session"),
    ("feedback", Feedback, "author__session"),
    ("self_ratings", SelfRating, "seat__session"),
    ("disputes", Dispute, "seat__session"),
    ("dispute_answers", DisputeAnswer, "dispute__seat__session"),
    ("second_ratings", SecondRating, "session"),
    ("second_remarks", SecondRemark, "rating__session"),
    ("introductions", Introduction, "by__session"),
)
# Links hold for this address; agreements, groups, reports of people and what a judge cost are this installation's own;
# and how reliable somebody is, is counted where it was agreed.
LEFT_OUT = (Invite, ShareLink, Booking, Assignment, Match, Complaint, JudgeCall, Attendance)
NAMES = {model: name for name, model, _ in TABLES}
# What else stands beside the session's own fields: the case, the board and the half before are carried in other ways.
APART = ("id", "case_version", "board", "follows")


class Unfit(ValueError):
    """A value that a table does not take; `key` says which."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that a row has: not its number, the session it is of, or bytes, which lie in a file."""
    return [
        one
        for one in model._meta.concrete_fields
        if not isinstance(one, models.AutoField | models.BinaryField)
        and one.related_model is not Session
        and not (model is Session and one.name in APART)
    ]


def plain(row: models.Model, places: Mapping[type[models.Model], Mapping[Any, int]]) -> Row:
    """A row as values. `places`: {model: {a row's id: its place}}."""
    return {one.name: _plain(getattr(row, one.attname), one, places) for one in fields_of(type(row))}


def _plain(value: Any, field: models.Field[Any, Any], places: Mapping[Any, Mapping[Any, int]]) -> Any:
    if value is None or not field.is_relation:
        return value.isoformat() if isinstance(value, datetime) else _text(value)
    if field.related_model is get_user_model():
        return places[get_user_model()][value]
    return places[field.related_model].get(value)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def made(model: type[models.Model], row: object, find: Callable[[type[models.Model], Any], Any]) -> Row:
    """The keywords of a new row from such values; Unfit where they are none. `find` gives the id of a person or of a
    row, and raises LookupError where there is none."""
    known = fields_of(model)
    if not isinstance(row, dict):
        raise Unfit("", "must be a mapping of fields to values")
    for name in row.keys() - {one.name for one in known}:
        raise Unfit(str(name)[:60], "is not a known field")
    return {one.attname: _made(one, row, find) for one in known}


def _made(field: models.Field[Any, Any], row: Row, find: Callable[[type[models.Model], Any], Any]) -> Any:
    if field.name not in row:
        raise Unfit(field.name, "is missing")
    value = row[field.name]
    if value is not None and field.related_model:
        try:
            return find(field.related_model, value)
        except (LookupError, TypeError) as error:
            raise Unfit(field.name, "names nobody and nothing in this archive") from error
    if value is not None and isinstance(field, models.JSONField):
        _storable(value, field.name)
        return value
    return simple(field, value)


def simple(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as this field keeps it; Unfit where it keeps none such."""
    if value is None:
        if not field.null:
            raise Unfit(field.name, "may not be empty")
        return None
    expects: type | None = bool if isinstance(field, models.BooleanField) else None
    if isinstance(field, models.IntegerField):
        expects = int
    elif isinstance(field, models.CharField | models.TextField | models.DateTimeField | models.UUIDField):
        expects = str
    if (expects and type(value) is not expects) or isinstance(value, dict | list):
        raise Unfit(field.name, "has a value of another kind")
    _storable(value, field.name)
    try:
        value = field.to_python(value)
        field.run_validators(value)
    except (ValidationError, ValueError, OverflowError) as error:
        words = error.messages[0] if isinstance(error, ValidationError) else "cannot be read"
        raise Unfit(field.name, words[0].lower() + words[1:]) from error
    if isinstance(value, datetime) and value.tzinfo is None:
        raise Unfit(field.name, "has no time zone")
    choices = {key for key, _ in field.flatchoices}
    if choices and value not in choices and not (value == "" and field.blank):
        raise Unfit(field.name, "is not one of its choices")
    return value


def _storable(value: Any, name: str) -> None:
    """Whether Postgres can hold the text in it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and UNSTORABLE.search(one):
            raise Unfit(name, "holds characters that no database stores")
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def is_picture(data: bytes) -> bool:
    """Whether these bytes say that they are WebP, and are no more than is kept of a picture."""
    return len(data) <= MAX_STORED and data[:4] == b"RIFF" and data[8:12] == b"WEBP"
