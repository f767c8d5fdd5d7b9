"""The interviewer's sheet: every automatic level confirmed or changed, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interviews import access
from interviews.actions import marks
from interviews.errors import Refused
from interviews.forms import Confirmation, MarkForm
from interviews.models import Seat, State
from interviews.queries import agreement
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.marks import Opinion, second_of
from interviews.queries.report import LEVELS, OVERALL, ItemReport, Report, report
from interviews.rules.panel import part_of
from interviews.views import reading
from interviews.views.door import enter
from interviews.views.request import UserRequest


@dataclass(frozen=True, slots=True)
class Row:
    """One point to mark. `second` is when in the interview it was marked, if it was. `asks` is the level that waits for
    its reason, with what is `wrong` and what was `typed`."""

    id: str
    text: str
    automatic: int | None
    opinion: Opinion | None
    choices: tuple[tuple[int, str], ...]
    quotes: tuple[reading.Quote, ...] = ()
    unsure: bool = False
    asks: int | None = None
    wrong: str = ""
    typed: str = ""
    history: tuple[Opinion, ...] = ()
    second: int | None = None

    @property
    def anchor(self) -> str:
        return "mark-" + (self.id.replace(".", "-") or "verdict")

    @property
    def was(self) -> bool:
        """Whether the automatic level has changed since it was marked."""
        return bool(self.opinion and self.opinion.automatic not in (None, self.automatic))

    @property
    def automatic_label(self) -> str:
        return self._label(self.automatic)

    @property
    def opinion_label(self) -> str:
        return self._label(self.opinion.level if self.opinion else None)

    @property
    def asks_label(self) -> str:
        return self._label(self.asks)

    @property
    def earlier(self) -> list[tuple[Opinion, str]]:
        """What this person said before, the newest first, each with its level in words."""
        return [(one, self._label(one.level)) for one in self.history[1:]]

    def _label(self, level: int | None) -> str:
        return dict(self.choices).get(-1 if level is None else level, "")


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """The sheet to mark; with `?item=` and htmx one row of it. Before the end it leads back to the room."""
    seat = _interviewer(request, pk)
    if seat.session.state != State.ENDED:
        return redirect("interviews:room", pk)
    return _page(request, seat)


@login_required
@require_POST
def save(request: UserRequest, pk: UUID) -> HttpResponse:
    """One mark. Where its reason is missing, the row asks for it."""
    seat = _interviewer(request, pk)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Refused("not_a_mark", "This is no mark that could be saved. Nothing was changed.", status=422)
    wish = form.cleaned_data
    try:
        marks.mark(seat=seat, now=timezone.now(), **wish)
    except Refused as refused:
        if refused.code not in ("no_reason", "too_long"):
            raise
        wrong = refused.message if request.POST.get("reason") is not None else ""
        return _page(request, seat, asks=wish, wrong=wrong, status=422)
    if request.htmx:
        return _row(request, seat, wish["item"])
    return redirect(f"{_address(request, pk)}#mark-{wish['item'].replace('.', '-') or 'verdict'}")


@login_required
@require_POST
def confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    """Confirm what is not marked yet in one step of the framework."""
    seat = _interviewer(request, pk)
    form = Confirmation(request.POST)
    if not form.is_valid():
        raise Refused("not_a_step", "There is no such step. Nothing was saved.", status=422)
    items = report(seat, lens=request.POST.get("framework")).points_of(form.cleaned_data["step"])
    count = marks.confirm(seat=seat, items=items, sheet=form.cleaned_data["sheet"], now=timezone.now())
    messages.success(request, f"{count} points confirmed.")
    return redirect(f"{_address(request, pk)}#step-{form.cleaned_data['step']}")


@login_required
@require_POST
def seal(request: UserRequest, pk: UUID) -> HttpResponse:
    """Close one's own marks, and see the automatic ones."""
    marks.seal(seat=_interviewer(request, pk), now=timezone.now())
    messages.success(request, "Your marks are sealed. The automatic levels stand beside them now.")
    return redirect(_address(request, pk))


@never_cache
@login_required
@require_safe
def agreements(request: UserRequest) -> HttpResponse:
    """How far this person agrees with the scorers; staff see everybody's marks together, without names."""
    everybody = bool(getattr(request.user, "is_staff", False))
    found = agreement.agreements(user_id=request.user.pk, everybody=everybody)
    return render(request, "interviews/agreement.html", {"scorers": found, "everybody": everybody})


def _interviewer(request: UserRequest, pk: UUID) -> Seat:
    access.interviewer_in(request.user, pk)
    return enter(request, pk, timezone.now())


def _address(request: UserRequest, pk: UUID) -> str:
    lens = request.POST.get("framework", "")[:40]
    return reverse("interviews:marks", args=[pk]) + (f"?{urlencode({'framework': lens})}" if lens else "")


def _page(
    request: UserRequest,
    seat: Seat,
    *,
    asks: dict[str, Any] | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    found = report(seat, lens=given.get("framework"))
    if request.htmx:
        item = asks["item"] if asks else str(given.get("item", ""))
        return _row(request, seat, item, asks=asks, wrong=wrong)
    steps = [(step, [_of(item, found, asks, wrong) for item in step.items]) for step in found.steps]
    lens = found.framework.slug
    page = {
        **_common(seat, found),
        "steps": [(step, rows, sum(row.opinion is None for row in rows)) for step, rows in steps],
        "verdict": verdict_row(found, asks, wrong),
        "led": {step.id for step in found.steps if seat.part and part_of(step.id, lens) == seat.part},
    }
    return render(request, "interviews/marks.html", page, status=status)


def _row(
    request: UserRequest, seat: Seat, id: str, *, asks: dict[str, Any] | None = None, wrong: str = ""
) -> HttpResponse:
    """One row, and the count beside it."""
    found = report(seat)
    items = [item for step in found.steps for item in step.items if item.id == id]
    row = _of(items[0], found, asks, wrong) if items else verdict_row(found, asks, wrong)
    return render(request, "interviews/marks/_answer.html", {**_common(seat, found), "row": row})


def _common(seat: Seat, found: Report) -> dict[str, Any]:
    return {
        "seat": seat,
        "session": seat.session,
        "case": seat.session.case_version,
        "report": found,
        "replay_open": replay_is_open(cast_of(seat.session)),
    }


def _of(item: ItemReport, found: Report, asks: dict[str, Any] | None, wrong: str) -> Row:
    return Row(
        item.id,
        item.text,
        item.level if found.sheet else None,
        item.person,
        tuple(enumerate(LEVELS)),
        reading.quotes_of(item),
        unsure=item.confidence < 0.5,
        history=found.people.history.get(item.id, ()) if found.people else (),
        second=second_of(item.person.at, found.session) if item.person else None,
        **_asked(item.id, asks, wrong),
    )


def verdict_row(found: Report, asks: dict[str, Any] | None = None, wrong: str = "") -> Row:
    """The row that asks whether one would advance the candidate."""
    opinion = found.people.verdict if found.people else None
    automatic = found.sheet.overall if found.sheet else None
    return Row(
        "",
        "Would you advance this candidate?",
        automatic,
        opinion,
        tuple(OVERALL.items()),
        history=found.people.history.get("", ()) if found.people else (),
        **_asked("", asks, wrong),
    )


def _asked(id: str, asks: dict[str, Any] | None, wrong: str) -> dict[str, Any]:
    if asks is None or asks["item"] != id:
        return {}
    return {"asks": asks["level"], "typed": asks["reason"], "wrong": wrong}
