"""Which question to ask somebody who practises alone: by what the notes lack, by the guide's ladder, and by what is
found in the drawing, in turn. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviews.rules.notes import STEPS
from interviews.scoring import words

# So much of what a good answer holds must stand in the notes for the question to be needless.
_TOUCHED = 0.5
_POINT_TOUCHED = 0.3


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, and what a good answer holds, which is never shown; `key` tells it from others of its kind."""

    key: str
    ask: str
    listen_for: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask now. `key` is kept, so that nothing is asked twice; `source` is notes, ladder or board."""

    key: str
    source: str
    text: str


def next_question(
    *,
    asked: Collection[str],
    notes: Mapping[str, str],
    points: Sequence[Probe],
    ladder: Sequence[Probe],
    findings: Sequence[tuple[str, str]],
) -> Question | None:
    """The next one, None where the rules have nothing left to ask.

    `asked` are the keys of what was asked; `notes` is {step: text}; `points` are those of the checklist, with keys like
    "data.labels"; `ladder` goes from easy to hard; `findings` are (check, what it says) of the drawing.
    """
    sources = (
        list(_on_notes(notes, points)),
        list(_on_ladder(notes, ladder)),
        [
            Question(f"board:{check}", "board", f"{says} What would you do about it?")
            for check, says in findings
        ],
    )
    turn = len(asked) % len(sources)
    for source in (*sources[turn:], *sources[:turn]):
        for question in source:
            if question.key not in asked:
                return question
    return None


def _on_notes(notes: Mapping[str, str], points: Sequence[Probe]) -> Iterator[Question]:
    """Points that the notes do not come to, in the order of the steps, up to the last step that was begun."""
    written = words.content(" ".join(notes.values()))
    begun = [at for at, step in enumerate(STEPS) if notes.get(step, "").strip()]
    due = STEPS[: max(begun, default=0) + 1]
    for point in points:
        if point.key.partition(".")[0] in due and not _holds(written, point, _POINT_TOUCHED):
            text = f"Your notes do not come to this yet: “{point.ask}”. What do you say to it?"
            yield Question(f"notes:{point.key}", "notes", text)


def _on_ladder(notes: Mapping[str, str], ladder: Sequence[Probe]) -> Iterator[Question]:
    written = words.content(" ".join(notes.values()))
    for probe in ladder:
        if not _holds(written, probe, _TOUCHED):
            yield Question(f"ladder:{probe.key}", "ladder", probe.ask)


def _holds(written: frozenset[str], probe: Probe, share: float) -> bool:
    wanted = words.content(probe.listen_for)
    return bool(wanted) and len(wanted & written) >= share * len(wanted)
