"""Calibration sessions as their pages show them: the work that is rated, and the form with what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from casebank import frameworks, markup
from interviews.calibration import works
from interviews.calibration.works import Work
from interviews.queries.calibration import steps
from interviews.rules import calibration as rules
from interviews.rules.feedback import Question
from interviews.views.forms_shown import Field, State, differing
from whiteboard.layout import to_elements
from whiteboard.render import svg


@dataclass(frozen=True, slots=True)
class Note:
    """One step of the notes as HTML; empty where nothing was written."""

    id: str
    name: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class ShownWork:
    work: Work
    notes: tuple[Note, ...]
    picture: SafeString


@lru_cache(maxsize=64)
def work_shown(slug: str) -> ShownWork:
    """A work never changes while the product runs."""
    work = works.load()[slug]
    names = {step.id: step.name for step in frameworks.default().steps}
    notes = tuple(
        Note(step, names.get(step, step), markup.render(text, breaks=True))
        for step, text in work.notes.items()
    )
    # The renderer escapes all that it writes.
    picture = mark_safe(svg(to_elements(work.graph), title=f"The drawing: {work.title}"))
    return ShownWork(work, notes, picture)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step's points; `is_out` where it is left out."""

    id: str
    name: str
    is_out: bool
    points: tuple[Field, ...]


class Asked(Protocol):
    """A form of levels: of a calibration session, or of a second rating."""

    @property
    def questions(self) -> tuple[Question, ...]: ...
    @property
    def draft(self) -> dict[str, str]: ...
    @property
    def version(self) -> int: ...
    @property
    def saved_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class ShownRating:
    """The form, and whether it is saved. `faults` counts the points without a level, where sealing found some."""

    form: Asked
    steps: tuple[ShownStep, ...]
    verdict: Field
    state: State
    fault: str = ""
    faults: int = 0


def shown(
    form: Asked,
    *,
    save_to: str,
    page_at: str,
    given: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    base: int | None = None,
    message: str = "",
) -> ShownRating:
    """The form with its draft in it, or with what was `given` on save number `base`; where another window saved in
    between (`base` is older, and there is a message), with what differs. `save_to` and
    `page_at` are the form's addresses."""
    values, wrong = form.draft if given is None else rules.draft(form.questions, given), faults or {}
    asked = {one.name: one for one in form.questions}

    def field(one: Question) -> Field:
        id = f"point-{one.name}".replace(".", "-")
        return Field(one, id, values.get(one.name, ""), wrong.get(one.name, ""))

    done, wanted = rules.rated(steps(), values)
    verdict = field(asked["overall"])
    is_stale = base is not None and base != form.version and bool(message)
    state = State(
        "rating-state",
        form.version if base is None else base,
        form.version,
        form.saved_at,
        save_to,
        page_at,
        message,
        differing(form.questions, values, form.draft) if is_stale else (),
        f"{done} of {wanted} points{'' if verdict.value else ', no verdict'}",
    )
    parts = tuple(
        ShownStep(id, name, bool(values.get(f"out-{id}")), tuple(field(asked[item]) for item in items))
        for id, name, items in steps()
    )
    missing = sum(name not in ("overall", "steps") for name in wrong)
    return ShownRating(form, parts, verdict, state, wrong.get("steps", ""), missing)
