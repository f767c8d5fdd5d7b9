"""Calendars in iCalendar (RFC 5545), with times in UTC so that no reader needs our idea of a zone. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

from interviews.rules.outbox import one_line

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One interview in one person's calendar. `uid` is the same for ever, `revision` grows with each change."""

    uid: str
    revision: int
    begins: datetime
    ends: datetime
    summary: str
    description: str
    url: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """An address and the name to it."""

    address: str
    name: str


def calendar(
    entries: Iterable[Entry],
    *,
    method: Method,
    now: datetime,
    organizer: Party | None = None,
    attendee: Party | None = None,
) -> str:
    """The text of a calendar. Names that hold line ends or commas stay what they are: part of a value."""
    whole = Calendar()
    whole.add("prodid", "-//Two Loops//Calendar//EN")
    whole.add("version", "2.0")
    whole.add("method", method)
    if method == "PUBLISH":
        whole.add("x-wr-calname", "Two Loops")
        whole.add("x-published-ttl", "PT1H")
    for entry in entries:
        whole.add_component(_event(entry, now, organizer, attendee))
    text: bytes = whole.to_ical()
    return text.decode()


def sender(address: str) -> Party:
    """The organizer from a From header."""
    name, mailbox = parseaddr(address)
    return Party(mailbox or "noreply@localhost", name or "Two Loops")


def _event(entry: Entry, now: datetime, organizer: Party | None, attendee: Party | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", one_line(entry.summary))
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if organizer:
        event.add("organizer", _address(organizer), encode=False)
    if attendee:
        guest = _address(attendee)
        guest.params["PARTSTAT"] = vText("ACCEPTED")
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        event.add("attendee", guest, encode=False)
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.address}")
    address.params["CN"] = vText(one_line(party.name).replace('"', "'"))
    return address
