"""Sheets of the frameworks: the steps with their minutes, and what is looked at in each."""

from __future__ import annotations

from casebank import checklist
from casebank.frameworks import Framework, Step
from interviews.sheets.draw import two_loops
from interviews.sheets.sheet import Points, Section, Sheet, Table
from interviews.sheets.timeline import timeline
from interviews.sheets.words import plain, words

_LEVELS = (
    ("0", "missing", "not addressed, or only denied"),
    ("1", "mentioned", "named, but it could stand in an answer to any case"),
    ("2", "applied", "worked out for this case: an entity, a mechanism or a number"),
    (
        "3",
        "justified",
        "and defended: an alternative weighed, a cost named with its remedy, or derived from a number",
    ),
)
REMINDERS = (
    "Ask before you draw: goal, users, **numbers**, latency, what must not happen.",
    "Say the first estimate aloud, with its arithmetic; round, and carry it through to machines.",
    "Baseline first; then each complication with the figure that asks for it.",
    "One sentence for each choice: **what, instead of what, because of which number**.",
    "Write the label down exactly: what counts, by when it is known, what stays unknown.",
    "Draw both loops, and the edge by which outcomes come back as data.",
    "Leave five minutes for failure: what is late, what is down, what drifts, who is woken.",
)  # fmt: skip


def framework_sheet(framework: Framework) -> Sheet:
    """A page on one arrangement of the checklist."""
    count = len(checklist.load().items)
    return Sheet(
        title=framework.name,
        kind="Framework",
        lead=words(
            f"The same {count} items that every answer is read by, in {len(framework.phases)} steps that fill "
            f"{sum(step.minutes for step in framework.phases)} minutes. The whiteboard is drawn all the while."
        ),
        facts=("The default",) if framework.is_default else (),
        drawings=(timeline(framework.phases, title=f"{framework.name}: the minutes"), two_loops()),
        sections=(*steps(framework), levels(), reminders()),
    )


def steps(framework: Framework) -> tuple[Section, ...]:
    """A section for each step: its minutes, and its items with a box to tick."""
    texts = checklist.texts()
    found, at = [], 0
    for step in framework.steps:
        items = Points(tuple(plain(texts[id]) for id in step.items), "box")
        found.append(Section(step.name, (items,), beside=_minutes(step, at)))
        at += step.minutes
    return tuple(found)


def levels() -> Section:
    """What the four levels of an item mean."""
    rows = tuple((plain(level), words(f"**{name}**"), plain(means)) for level, name, means in _LEVELS)
    table = Table((plain("Level"), plain("Is"), plain("When the item is")), rows, "cll", (0, 0, 1))
    return Section("What each item earns", (table,))


def reminders() -> Section:
    """What holds for every case."""
    return Section("In every interview", (Points(tuple(map(words, REMINDERS))),))


def _minutes(step: Step, at: int) -> str:
    return f"{at}–{at + step.minutes} min" if step.minutes else "throughout"
