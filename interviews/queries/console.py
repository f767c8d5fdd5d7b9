"""What the interviewer's console shows: the guide of the session's case, and what was done with it so far."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casebank import checklist, frameworks
from interviews.models import Mark, Role, Seat, Session
from interviews.queries.facts import Fact
from interviews.queries.marks import own_marks
from interviews.queries.probes import marks_of
from interviews.queries.told import HINTED, Told, said
from interviews.rules.coverage import Coverage, coverage
from interviews.rules.next_case import LEVELS
from interviews.rules.notes import STEPS


@dataclass(frozen=True, slots=True)
class FactRow:
    """`second` is when it was given, since the session's start; None before."""

    number: int
    ask: str
    answer: str
    second: int | None


@dataclass(frozen=True, slots=True)
class HintRow:
    """A hint of a step; `is_next` where it can be given now."""

    step: str
    grade: int
    text: str
    second: int | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class ProbeRow:
    """A probe and how the candidate came to it; "" where that was not marked."""

    level: str
    number: int
    ask: str
    listen_for: str
    mark: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A point of the checklist with its anchors in this case (each may be ""), and one's own tick."""

    id: str
    text: str
    level: int | None
    coverage: Coverage
    earns_2: str
    earns_3: str
    typical_wrong: str


@dataclass(frozen=True, slots=True)
class Group:
    """A step of the session's framework; `phase` is that of the clock it belongs to."""

    id: str
    name: str
    items: tuple[ItemRow, ...]

    @property
    def untouched(self) -> list[ItemRow]:
        return [item for item in self.items if item.coverage == "untouched"]


@dataclass(frozen=True, slots=True)
class Console:
    """`flips` are the guide's, each with what a good candidate does with it. `stamp` changes with all that is shown."""

    facts: tuple[FactRow, ...]
    hints: tuple[HintRow, ...]
    probes: tuple[ProbeRow, ...]
    groups: tuple[Group, ...]
    flips: tuple[dict[str, Any], ...]
    flipped: tuple[str, ...]

    @property
    def stamp(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def given(self) -> int:
        return sum(fact.second is not None for fact in self.facts)

    @property
    def hinted(self) -> int:
        return sum(hint.second is not None for hint in self.hints)

    @property
    def probed(self) -> int:
        return sum(bool(probe.mark) for probe in self.probes)

    @property
    def ticked(self) -> int:
        return sum(item.level is not None for group in self.groups for item in group.items)

    @property
    def total(self) -> int:
        return sum(len(group.items) for group in self.groups)

    @property
    def untouched(self) -> int:
        return sum(len(group.untouched) for group in self.groups)


def console(seat: Seat, guide: dict[str, Any]) -> Console:
    """The console of this interviewer; `guide` as casebank.access.guide_of returns it."""
    session, before = seat.session, said(seat.session)
    return Console(
        facts=tuple(_facts(before.facts, guide)),
        hints=tuple(_hints(before.told, guide)),
        probes=tuple(probes_of(session, guide)),
        groups=groups_of(seat, guide),
        flips=tuple(guide.get("flips", ())),
        flipped=tuple(one.text for one in before.told if one.kind != HINTED),
    )


def groups_of(seat: Seat, guide: dict[str, Any]) -> tuple[Group, ...]:
    """The checklist by the steps of the session's framework. Whose tick it is does not matter to coverage; a level is
    shown only to whoever gave it."""
    session = seat.session
    texts = checklist.texts()
    mine = own_marks(session, seat.user_id)
    people = session.seats.filter(role=Role.INTERVIEWER).values("user")
    ticked = set(Mark.objects.filter(session=session, rater__in=people).values_list("item", flat=True))
    touched = coverage(texts, ticked=ticked, notes=dict(session.notes.values_list("step", "text")))
    anchors = guide.get("items", {})

    def row(id: str) -> ItemRow:
        note = anchors.get(id, {})
        return ItemRow(
            id,
            texts[id],
            mine[id].level if id in mine else None,
            touched[id],
            *(str(note.get(key, "")) for key in ("earns_2", "earns_3", "typical_wrong")),
        )

    steps = frameworks.load()[session.framework].steps
    return tuple(Group(step.id, step.name, tuple(row(id) for id in step.items)) for step in steps)


def _facts(obtained: list[Fact], guide: dict[str, Any]) -> list[FactRow]:
    given = {fact.number: fact.second for fact in obtained}
    return [
        FactRow(number, fact["ask"], fact["answer"], given.get(number))
        for number, fact in enumerate(guide.get("facts", ()), 1)
    ]


def _hints(told: list[Told], guide: dict[str, Any]) -> list[HintRow]:
    given = {(one.step, one.grade): one.second for one in told if one.kind == HINTED}
    return [
        HintRow(
            step,
            grade,
            text,
            given.get((step, grade)),
            (step, grade) not in given and (grade == 1 or (step, grade - 1) in given),
        )
        for step, hints in _in_order(guide.get("hints", {}), STEPS)
        for grade, text in enumerate(hints, 1)
    ]


def probes_of(session: Session, guide: dict[str, Any], *, by: Seat | None = None) -> list[ProbeRow]:
    """The guide's probes and how they went, by the marks of one seat if `by` is given: those of the session's level
    first, then from easy to hard."""
    marks = marks_of(session, by=by)
    ladders = _in_order(guide.get("ladders", {}), [session.level, *LEVELS])
    return [
        ProbeRow(
            level,
            number,
            probe["ask"],
            probe["listen_for"],
            marks[level, number].mark if (level, number) in marks else "",
        )
        for level, ladder in ladders
        for number, probe in enumerate(ladder, 1)
    ]


def _in_order(found: dict[str, Any], order: Sequence[str]) -> list[tuple[str, Any]]:
    """Postgres keeps no order of keys."""
    return [(key, found[key]) for key in dict.fromkeys([*order, *found]) if key in found]
