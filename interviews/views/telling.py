"""What people did, as a replay tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import Truncator

from interviews.queries.film import Activity
from interviews.views.steps import names
from whiteboard.changes import in_words

# Of a message in the chat, so many characters are told.
_QUOTED = 160
# Of these events, the words that are told of them.
_QUOTES = {"fact_given": "ask", "hint_given": "text", "flipped": "text"}
# With a person's name before it, and without.
_EVENTS = {
    "joined": ("came in", "Somebody came in"),
    "started": ("started the clock", "The clock started"),
    "paused": ("paused the clock", "Paused"),
    "extended": ("agreed to more time", "More time"),
    "resumed": ("resumed the clock", "Resumed"),
    "fact_given": ("gave a fact", "A fact was given"),
    "hint_given": ("gave a hint", "A hint was given"),
    "flipped": ("changed the constraints", "The constraints changed"),
    "asked": ("was asked a question by the rules", "The rules asked a question"),
    "ended": ("ended the session", "The time was over"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: it leads to `second`."""

    second: int
    words: str


def lines(activity: Iterable[Activity], people: Mapping[int, str]) -> list[Line]:
    """The newest first; `people` is {user's id: name}. Who has left the site is named no more."""
    steps = names()
    told = [
        Line(one.second, _words(one, people.get(one.who) if one.who is not None else None, steps))
        for one in activity
    ]
    return told[::-1]


def _words(one: Activity, who: str | None, steps: Mapping[str, str]) -> str:
    if one.kind in _EVENTS:
        named, unnamed = _EVENTS[one.kind]
        return (f"{who} {named}" if who else unnamed) + _more(one)
    if one.kind == "said":
        return f"{who or 'Somebody'} in the chat: “{Truncator(one.text).chars(_QUOTED)}”"
    did = in_words(one.change) if one.change else f"wrote in “{steps.get(one.step, one.step)}”"
    return f"{who or 'Somebody'} {did}"


def _more(one: Activity) -> str:
    """What the event itself says: why the clock was paused, how much time was added, what was given or changed."""
    if one.data.get("minutes"):
        return f": {one.data['minutes']} minutes"
    if one.kind in _QUOTES:
        return f": “{Truncator(one.data.get(_QUOTES[one.kind], '')).chars(_QUOTED)}”"
    why = one.data.get("reason") if one.kind == "paused" else ""
    return f": “{why}”" if why else ""
