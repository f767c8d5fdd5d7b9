"""A report as a paper to take along, or as somebody with a link is shown it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.dateformat import format as formatted
from django.utils.timezone import localtime

from interviews.models import Feedback, Role, Seat
from interviews.papers.paper import Note, Paper, Said
from interviews.queries.feedback import seal_of, stands
from interviews.queries.report import OVERALL, Report
from interviews.queries.scorer_input import own_drawing
from interviews.queries.system import reading_for
from interviews.rules import feedback as rules
from interviews.rules import shares
from interviews.views import paper_sources as told
from interviews.views.paper_depth import deep, shown
from interviews.views.reading import BLANK, is_blank, picture_of
from interviews.views.steps import names
from whiteboard import render, scene
from whiteboard.formats import mermaid


def paper_for(seat: Seat, found: Report, now: datetime) -> Paper:
    """All of the report that this seat sees, but for what is for its eyes alone (an interviewer's private notes)."""
    session = found.session
    held = session.seats.filter(left_at=None).select_related("user").order_by("role", "part", "pk")
    who = [f"{one.user} ({one.get_role_display().lower()})" for one in held]
    candidate = next((str(one.user) for one in held if one.role == Role.CANDIDATE), "The candidate")
    sources = [
        *([told.own(f"{candidate}, of themselves", found.own)] if found.own else ()),
        *told.machines(found),
        *(told.person(f"{one.name} (interviewer)", one, words=True) for one in told.people(found)),
        *([told.person(found.second.name, found.second, words=True)] if found.second else ()),
    ]
    picture = picture_of(found, item=None)
    drawing = reading_for(seat) if found.submission else None
    return Paper(
        session.case_version.title,
        (*who, _moment(session.ended_at or now), session.get_end_reason_display().lower(), *_kind(found)),
        states=tuple(_states(seat, found, now)),
        verdicts=tuple(one.verdict for one in sources if one.verdict.words),
        means=told.means(found, sources),
        said=tuple(_said(found)),
        steps=told.steps(found, sources, quoted=True, listed=True) if found.has_sheets or found.own else (),
        **deep(seat, found),
        findings=tuple(one.says for one in drawing.open) if drawing else (),
        has_board=found.submission is not None,
        board=str(picture.svg) if picture else "",
        diagram=_diagram(found),
        has_notes=found.submission is not None,
        notes=_notes(found),
        unwritten=_unwritten(found),
        is_scored=found.sheet is not None,
        foot=f"From Two Loops, as {seat.user} could see it on {_moment(now)}.",
    )


def shared_paper(seat: Seat, found: Report, parts: Collection[str], *, title: str, name: str) -> Paper:
    """What this candidate's report shows by a link with these `parts` (rules.shares); nothing else is read into it, and
    nobody's words but the candidate's. `found` is the report as the candidate sees it."""
    session = seat.session
    sources = [
        *([told.own("Self-rating", found.own)] if found.own and shares.OWN in parts else ()),
        *(
            told.without(one, verdict=shares.VERDICT in parts, levels=shares.LEVELS in parts)
            for one in told.machines(found)
        ),
    ]
    if shares.INTERVIEWER in parts and found.feedback:
        sources += [told.person(told.unnamed(one), one, words=False) for one in told.people(found)]
    if shares.SECOND in parts and found.second:
        sources.append(told.person(found.second.name, found.second, words=False))
    asked = bool({shares.VERDICT, shares.LEVELS, shares.QUOTES} & set(parts))
    levels = bool({shares.LEVELS, shares.OWN, shares.INTERVIEWER, shares.SECOND} & set(parts))
    quoted = shares.QUOTES in parts
    return Paper(
        title,
        (
            name or "A candidate",
            formatted(session.ended_at, "j M Y") if session.ended_at else "",
            *_kind(found),
        ),
        states=("There is no score of this design yet.",) if asked and not found.sheet else (),
        verdicts=tuple(one.verdict for one in sources if one.verdict.words),
        means=told.means(found, sources),
        steps=told.steps(found, sources, quoted=quoted, listed=shares.LEVELS in parts)
        if levels or quoted
        else (),
        has_board=shares.BOARD in parts,
        board=_own_board(found, marked=quoted) if shares.BOARD in parts else "",
        has_notes=shares.NOTES in parts,
        notes=_notes(found) if shares.NOTES in parts else (),
        unwritten=_unwritten(found) if shares.NOTES in parts else (),
        is_scored=found.sheet is not None and shares.LEVELS in parts,
        **shown(seat, found, parts),
    )


def _diagram(found: Report) -> str:
    graph = scene.read(own_drawing(found.submission)) if found.submission else None
    return mermaid.dumps(graph) if graph and graph.parts else ""


def _own_board(found: Report, *, marked: bool) -> str:
    """The candidate's own drawing as SVG; "" of an empty board."""
    drawn = own_drawing(found.submission) if found.submission else []
    if not drawn:
        return ""
    earned = {
        id
        for step in found.steps
        for item in step.items
        for piece in item.evidence
        if piece["where"] == "board"
        for id in piece.get("elements", ())
    }
    return render.svg(drawn, title="The whiteboard", marked=earned if marked else ())


def _notes(found: Report) -> tuple[Note, ...]:
    return tuple(Note(name, text) for name, text in _texts(found) if text)


def _unwritten(found: Report) -> tuple[str, ...]:
    return tuple(name for name, text in _texts(found) if not text)


def _texts(found: Report) -> list[tuple[str, str]]:
    """(step, what was written under it), in their order; nothing where nothing was handed in."""
    if found.submission is None:
        return []
    return [(name, found.submission.notes.get(id, "").strip()) for id, name in names().items()]


def _said(found: Report) -> Iterable[Said]:
    if found.feedback is None:
        return
    for one in (*found.feedback.about_me, *found.feedback.by_me):
        yield Said(
            f"{one.author.user} about {one.about.user}",
            tuple(_answers(one.feedback)) if one.feedback else (),
        )


def _answers(one: Feedback) -> Iterable[tuple[str, str]]:
    if one.sheet:
        why = str(one.sheet.arithmetic["reasons"].get("", ""))
        verdict = OVERALL.get(one.sheet.overall or 0, "")
        yield "Would you advance?", f"{verdict}: {why}" if why else verdict
    for question in rules.OF_CANDIDATE if one.sheet else rules.OF_INTERVIEWER:
        value = getattr(one, question.name)
        words = dict(question.scale).get(value)
        yield question.ask, f"{value} of {len(question.scale)}: {words}" if words else str(value)


def _states(seat: Seat, found: Report, now: datetime) -> Iterable[str]:
    """What is not in the paper, and why."""
    if found.submission is None:
        yield "Nothing was handed in, so there is nothing to score."
        return
    if found.sheet and is_blank(found):
        yield BLANK
    if found.rate_first:
        yield "No sheet is in here: rate yourself in the report first, or say that you would rather not."
        return
    if found.withheld:
        yield "No machine's level is in here: seal your own marks in the report first."
    elif found.failed:
        kept = "the sheet from before is kept" if found.sheet else "no score is shown rather than a wrong one"
        yield found.refusal or f"The score could not be made; {kept}. In the report it can be tried again."
    elif not found.sheet:
        yield "The score is not there yet."
    elif found.pending:
        yield "This design is being scored again; the sheet in here is the one from before."
    seal = seal_of(found.session)
    if found.feedback is None and seal and stands(seat, now) in ("open", "late", "sent"):
        yield f"The feedback is sealed, until {_moment(seal.opens_at)} at the latest."


def _kind(found: Report) -> tuple[str, ...]:
    return f"{found.session.level} level", f"read through {found.framework.name}"


def _moment(at: datetime) -> str:
    return re.sub(r"\s+", " ", formatted(localtime(at), "j M Y, H:i e"))
