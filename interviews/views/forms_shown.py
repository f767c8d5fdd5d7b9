"""A feedback form as its page shows it: each question with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from interviews.queries.feedback import Form
from interviews.rules import feedback as rules
from interviews.rules.feedback import Question


@dataclass(frozen=True, slots=True)
class Field:
    """`value` is as it was typed, or the number of a scale as text. `points` are the single points of a step."""

    question: Question
    id: str
    value: str
    fault: str = ""
    points: tuple[Field, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(value), anchor) for value, anchor in self.question.scale]

    @property
    def points_given(self) -> int:
        return sum(bool(point.value) for point in self.points)


@dataclass(frozen=True, slots=True)
class State:
    """Whether what is typed is saved: it was typed on save number `base`, and `version` is the stored one. `save_to`
    and `page_at` are addresses, `id` the element's, `note` what else to say beside it. `conflict` as in ShownForm."""

    id: str
    base: int
    version: int
    saved_at: datetime | None
    save_to: str
    page_at: str
    message: str = ""
    conflict: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownForm:
    """`conflict`: the stored answers that differ from what is typed here, by their questions, where another window
    saved in between."""

    form: Form
    fields: tuple[Field, ...]
    base: int
    message: str = ""
    conflict: tuple[tuple[str, str], ...] = ()
    verdict_fault: str = ""

    @property
    def about(self) -> int:
        return self.form.about.pk

    @property
    def name(self) -> str:
        return str(self.form.about.user)

    @property
    def state(self) -> State:
        session = self.form.about.session_id
        return State(
            f"state-{self.about}",
            self.base,
            self.form.version,
            self.form.saved_at,
            reverse("interviews:feedback_save", args=[session, self.about]),
            reverse("interviews:feedback", args=[session]),
            self.message,
            self.conflict,
        )


def given_in(request: HttpRequest) -> dict[str, str]:
    """All fields of a form as they were typed."""
    return {
        name: value.replace("\r\n", "\n") for name, value in request.POST.items() if isinstance(value, str)
    }


def base_of(request: HttpRequest) -> int:
    """The number of the save that was typed on; none that ever was for what is no number."""
    given = request.POST.get("over") or request.POST.get("version") or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def shown(
    form: Form,
    *,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    base: int | None = None,
    message: str = "",
) -> ShownForm:
    """The form with its draft in it, or with what was `typed` on save number `base`."""
    values, wrong = form.draft if typed is None else typed, faults or {}
    points: dict[str, list[Field]] = {}
    heads: list[Field] = []
    for one in form.questions:
        made = Field(
            one,
            f"{one.name}-{form.about.pk}".replace(".", "-"),
            values.get(one.name, ""),
            wrong.get(one.name, ""),
        )
        if one.needed:
            heads.append(made)
        else:
            points.setdefault(heads[-1].question.name, []).append(made)
    fields = tuple(
        Field(head.question, head.id, head.value, head.fault, tuple(points.get(head.question.name, ())))
        for head in heads
    )
    version = form.version if base is None else base
    return ShownForm(form, fields, version, message, verdict_fault=wrong.get("verdict", ""))


def conflict(form: Form, typed: Mapping[str, str], base: int, message: str) -> ShownForm:
    """The form with what was typed, beside what another window stored."""
    ours = rules.draft(form.questions, typed)
    made = shown(form, typed=ours, base=base, message=message)
    return ShownForm(made.form, made.fields, base, message, differing(form.questions, ours, form.draft))


def differing(
    questions: Iterable[Question], ours: Mapping[str, str], stored: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """The stored answers that differ from ours, in words, by their questions."""
    return tuple(
        (one.ask, _said(one, stored.get(one.name, "")))
        for one in questions
        if ours.get(one.name, "") != stored.get(one.name, "")
    )


def _said(question: Question, value: str) -> str:
    anchors = {str(number): anchor for number, anchor in question.scale}
    return anchors.get(value, value) or "nothing"
