"""What a log line says, and what it never does: whose words it was about, and what would open a door.

`LOG_FORMAT=json` writes an object a line for machines, `text` a line for people. Both carry the request's id.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime

# The request (or socket) that this code runs for; asgiref and asyncio carry it into threads and tasks.
request_id: ContextVar[str] = ContextVar("request_id", default="")
_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
# What a record may bring beside its message.
FACTS = ("route", "method", "status", "ms", "user", "session", "code", "task", "state")

_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w:=.-])"
_HIDDEN = (
    # Tokens of invites, shares, calendars and resets are long segments of a path; ids of sessions are told. A
    # source file may have a long name.
    (re.compile(rf"/(?!{_UUID})(?![\w.-]+\.py\b)[\w:=.%-]{{20,}}"), "/[hidden]"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
    (re.compile(r"(://)[^/\s@]+@"), r"\1[hidden]@"),
    (re.compile(r"(?i)\b(bearer|token|basic)\s+[\w.~+/=-]{8,}"), r"\1 [hidden]"),
    (re.compile(r"(?i)\b((?:session|csrf|password|token|secret|key)[\w-]*=)[^\s;&,]+"), r"\1[hidden]"),
    # Postgres quotes the row that it refuses.
    (re.compile(r"(?m)^(DETAIL|CONTEXT|LINE \d+):.*$"), r"\1: [hidden]"),
)


def redacted(text: str) -> str:
    """The text without tokens, addresses, passwords and rows."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def chosen_id(offered: str, *, believe: bool) -> str:
    """The id that a proxy gave this request, where it is believed and has a plain form; else a new one."""
    return offered if believe and _SAFE_ID.match(offered) else secrets.token_hex(8)


# What would begin a line of its own, or move a terminal's cursor.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """`LEVEL name: message [id]`, for people. A message is one line whatever it quotes, and what follows it (a
    traceback) is indented, so no line that somebody typed looks like one of ours."""

    def __init__(self) -> None:
        super().__init__("{levelname:<7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        # Cut first: what is cut may be known by the beginning of its line.
        record.message = _CONTROLS.sub(lambda found: repr(found[0])[1:-1], redacted(record.message))
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        said = "\n    ".join(redacted(super().format(record)).splitlines())
        return f"{said} [{found}]" if (found := request_id.get()) else said


class JsonFormatter(logging.Formatter):
    """One JSON object: at, level, logger, message, request, the record's FACTS, and error with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if found := request_id.get():
            line["request"] = found
        line |= {name: value for name in FACTS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


FORMATTERS = {"text": LineFormatter, "json": JsonFormatter}
