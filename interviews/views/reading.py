"""A report as its page reads: each quotation with an anchor, each note with its quotations marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from casebank.markup import plain
from casebank.quoting import Span
from interviews.models import Dispute
from interviews.queries.appeared import Appearances
from interviews.queries.report import ItemReport, Report, StepReport
from interviews.views.notes_shown import formatted
from interviews.views.steps import names
from whiteboard import render

# Of a design of which there is nothing to read.
BLANK = (
    "Nothing was written and nothing was drawn, and the scorer reads nothing else: what was only said is in none of"
    " its levels. Next time, write and draw while you speak."
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence as it reads; `anchor` is where it stands on the page. `on_board`: in the drawing. `second`
    is when it first stood there, since the start; None where that is not known."""

    text: str
    where: str
    anchor: str
    on_board: bool = False
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    report: ItemReport
    quotes: tuple[Quote, ...]
    judged: tuple[Quote, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    disputable: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.report.is_shown or bool(self.disputes)


@dataclass(frozen=True, slots=True)
class Step:
    report: StepReport
    items: tuple[Item, ...]

    @property
    def shown(self) -> list[Item]:
        return [item for item in self.items if item.is_shown]

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if not item.is_shown]


@dataclass(frozen=True, slots=True)
class NoteText:
    """A step's notes as they were submitted, formatted; empty where nothing was written."""

    id: str
    name: str
    html: SafeString


def steps_of(
    report: Report,
    *,
    recorded: bool,
    disputes: Mapping[str, tuple[Dispute, ...]],
    disputable: Mapping[str, tuple[str, ...]],
) -> list[Step]:
    """The report's steps with their quotations; `recorded`: the reader may see the replay, so that each quotation says
    when it appeared. `disputes` are those that the reader sees, `disputable` whose levels they may dispute, by item."""
    appeared = Appearances(report.session) if recorded else None
    return [
        Step(
            step,
            tuple(
                Item(
                    item,
                    _quotes(item, appeared),
                    _judged(item),
                    disputes.get(item.id, ()),
                    disputable.get(item.id, ()),
                )
                for item in step.items
            ),
        )
        for step in report.steps
        if step.items
    ]


def quotes_of(item: ItemReport) -> tuple[Quote, ...]:
    """The item's quotations, without when they appeared: that would open the recording."""
    return tuple(_quote(item, number, piece, None) for number, piece in enumerate(item.evidence))


def notes_of(report: Report) -> list[NoteText]:
    """The submitted notes, every quotation in them marked; empty where nothing was submitted."""
    if report.submission is None:
        return []
    found: dict[str, list[Span]] = {}
    for step in report.steps:
        for item in step.items:
            for number, piece in enumerate(item.evidence):
                if "start" in piece:
                    span = Span(piece["start"], piece["end"], _anchor(item, number))
                    found.setdefault(piece["where"], []).append(span)
    texts: dict[str, str] = report.submission.notes
    return [
        NoteText(id, name, formatted(texts.get(id, ""), report.session.pk, quoted=found.get(id, ()), top=4))
        for id, name in names().items()
    ]


def is_blank(report: Report) -> bool:
    """Whether something was handed in, and there is nothing in it."""
    done = report.submission
    return done is not None and not done.board and not any(text.strip() for text in done.notes.values())


@dataclass(frozen=True, slots=True)
class Picture:
    """The submitted board as SVG; `item` is the one whose evidence alone is marked, None where all is."""

    svg: SafeString
    item: ItemReport | None
    marked: int


def picture_of(report: Report, *, item: str | None) -> Picture | None:
    """The drawing, with the elements marked that earned something: for `item`, or all; None if empty."""
    if report.submission is None or not report.submission.board:
        return None
    items = [one for step in report.steps for one in step.items]
    chosen = next((one for one in items if one.id == item and _elements(one)), None)
    marked = {element for one in ([chosen] if chosen else items) for element in _elements(one)}
    svg = render.svg(report.submission.board, title="The whiteboard as handed in", marked=marked)
    return Picture(mark_safe(svg), chosen, len(marked))  # render escapes all that it writes


def _elements(item: ItemReport) -> list[str]:
    return [id for piece in item.evidence if piece["where"] == "board" for id in piece.get("elements", ())]


def _quotes(item: ItemReport, appeared: Appearances | None) -> tuple[Quote, ...]:
    return tuple(
        _quote(item, number, piece, appeared.second(piece) if appeared else None)
        for number, piece in enumerate(item.evidence)
    )


def _judged(item: ItemReport) -> tuple[Quote, ...]:
    """The judge's quotations, without marks of their own in the text: those are the automatic sheet's."""
    pieces = item.judge.evidence if item.judge else []
    return tuple(
        Quote(piece["quote"], "Whiteboard", "board")
        if piece["where"] == "board"
        else Quote(
            plain(piece["quote"]), names().get(piece["where"], piece["where"]), f"note-{piece['where']}"
        )
        for piece in pieces
    )


def _quote(item: ItemReport, number: int, piece: dict[str, Any], second: int | None) -> Quote:
    if piece["where"] == "board":
        return Quote(piece["quote"], "Whiteboard", "board", on_board=True, second=second)
    where = names().get(piece["where"], piece["where"])
    return Quote(plain(piece["quote"]), where, _anchor(item, number), second=second)


def _anchor(item: ItemReport, number: int) -> str:
    return f"quote-{item.id.replace('.', '-')}-{number}"
