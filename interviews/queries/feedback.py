"""Sealed feedback: who is asked to write about whom, what one has written, and what is shown to whom by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from casebank import checklist, frameworks
from interviews.models import Feedback, FeedbackDraft, Role, ScoreSheet, Seat, SelfRating, Session, State
from interviews.rules import feedback as rules
from interviews.rules.reveal import SEALED_FOR, Pair, Seal


def seal_of(session: Session) -> Seal | None:
    """The seal of an ended session that was held; None for any other."""
    return seals_of([session]).get(session.pk)


def seals_of(sessions: Iterable[Session]) -> dict[UUID, Seal]:
    """The seals of those of these sessions that have one, in two queries for all."""
    ended = {
        one.pk: one.ended_at
        for one in sessions
        if one.state == State.ENDED and one.started_at is not None and one.ended_at is not None
    }
    held: dict[tuple[UUID, str], list[int]] = {}
    seats = Seat.objects.filter(session__in=ended, left_at=None)
    for session, role, seat in seats.values_list("session_id", "role", "pk"):
        held.setdefault((session, role), []).append(seat)
    sent: dict[UUID, dict[Pair, datetime]] = {}
    rows = Feedback.objects.filter(author__session__in=ended)
    for session, author, about, at in rows.values_list("author__session_id", "author", "about", "sent_at"):
        sent.setdefault(session, {})[author, about] = at
    seals = {}
    for session, at in ended.items():
        candidates, interviewers = (
            held.get((session, role), []) for role in (Role.CANDIDATE, Role.INTERVIEWER)
        )
        wanted: set[Pair] = {pair for a in candidates for b in interviewers for pair in ((a, b), (b, a))}
        seals[session] = Seal(at, frozenset(wanted), sent.get(session, {}))
    return seals


def revealed_among(sessions: Iterable[Session], now: datetime) -> set[UUID]:
    """Those of these sessions in which what was written is shown. After the two days all of it is; only of younger ones
    is it asked what was sent."""
    over: set[UUID] = set()
    young: list[Session] = []
    for one in {one.pk: one for one in sessions}.values():
        if one.started_at and one.ended_at:
            if now >= one.ended_at + SEALED_FOR:
                over.add(one.pk)
            else:
                young.append(one)
    return over | {pk for pk, seal in (seals_of(young) if young else {}).items() if seal.is_open(now)}


def rates_first(seat: Seat) -> bool:
    """Whether this seat still has to rate itself, or to say that it would rather not, before it sees any sheet."""
    session = seat.session
    return (
        seat.role == Role.CANDIDATE
        and session.state == State.ENDED
        and session.started_at is not None
        and not SelfRating.objects.filter(seat=seat).exists()
    )


def kind_of(seat: Seat, about: Seat) -> rules.Kind | None:
    """Which form `seat` fills in about `about`; None where it has none."""
    if seat.role == Role.CANDIDATE and seat.pk == about.pk:
        return "self"
    kinds: dict[tuple[str, str], rules.Kind] = {
        (Role.CANDIDATE, Role.INTERVIEWER): "interviewer",
        (Role.INTERVIEWER, Role.CANDIDATE): "candidate",
    }
    return kinds.get((seat.role, about.role))


def questions_of(kind: rules.Kind, session: Session) -> tuple[rules.Question, ...]:
    """The form's questions; about oneself by the steps of the session's framework."""
    if kind == "candidate":
        return rules.OF_CANDIDATE
    if kind == "interviewer":
        return rules.OF_INTERVIEWER
    texts = checklist.texts()
    steps = frameworks.load()[session.framework].steps
    return rules.of_self(
        (step.id, step.name, [(item, texts[item]) for item in step.items]) for step in steps if step.items
    )


@dataclass(frozen=True, slots=True)
class Form:
    """What one is asked about somebody (`about`), and how far it is: the draft as it was typed, and what was sent.
    `may_send` is false once it was sent, and once one has been shown what was written about oneself."""

    about: Seat
    kind: rules.Kind
    questions: tuple[rules.Question, ...]
    draft: dict[str, str]
    version: int
    saved_at: datetime | None
    sent: Feedback | None
    may_send: bool


def form_of(seat: Seat, about: Seat, now: datetime) -> Form | None:
    """The form about this seat; None where there is none."""
    kind, seal = kind_of(seat, about), seal_of(seat.session)
    if kind is None or seal is None:
        return None
    draft = FeedbackDraft.objects.filter(author=seat, about=about).first()
    sent = Feedback.objects.filter(author=seat, about=about).select_related("sheet").first()
    may_send = rates_first(seat) if kind == "self" else seal.may_send((seat.pk, about.pk), now)
    return Form(
        about,
        kind,
        questions_of(kind, seat.session),
        draft.answers if draft else {},
        draft.version if draft else 0,
        draft.updated_at if draft else None,
        sent,
        may_send,
    )


def forms_of(seat: Seat, now: datetime) -> list[Form]:
    """The forms about others that this seat is asked to fill in."""
    others = seat.session.seats.filter(left_at=None).exclude(pk=seat.pk).select_related("user").order_by("pk")
    found = [form_of(seat, other, now) for other in others]
    return [form for form in found if form]


Stands = Literal["", "rate", "open", "late", "sent", "over"]


def stands(seat: Seat, now: datetime) -> Stands:
    """What this seat has still to write about a session: nothing (""), first about itself ("rate"), about others
    ("open", after the two days "late"), no more ("sent"), or something that it no longer can ("over"). Before the seal
    opens nothing of it depends on what others have sent."""
    seal = seal_of(seat.session)
    if rates_first(seat):
        return "rate"
    forms = forms_of(seat, now)
    if not forms or seal is None:
        return ""
    if all(form.sent for form in forms):
        return "sent"
    if not any(form.may_send for form in forms):
        return "over"
    return "late" if seal.is_open(now) else "open"


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wrote about another; `feedback` is None where nothing was sent in time."""

    author: Seat
    about: Seat
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a seat is shown of an open seal: what others wrote about it, and what it wrote itself."""

    opened_at: datetime
    about_me: tuple[Said, ...]
    by_me: tuple[Said, ...]


def revealed_to(seat: Seat, now: datetime) -> Revealed | None:
    """None while it is sealed, for who watched, for a candidate who has yet to rate themselves, and for an interviewer
    who can still send: whoever judges does so without the others' levels, after the two days too."""
    seal = seal_of(seat.session)
    opened = seal.opened_at(now) if seal else None
    if seal is None or opened is None or seat.role == Role.OBSERVER or rates_first(seat):
        return None
    if seat.role == Role.INTERVIEWER and any(
        author == seat.pk and seal.may_send((author, about), now) for author, about in seal.wanted
    ):
        return None
    held = {one.pk: one for one in seat.session.seats.select_related("user")}
    rows = {
        (row.author_id, row.about_id): row
        for row in Feedback.objects.filter(author__session=seat.session).select_related("sheet")
    }
    said = [
        Said(held[author], held[about], rows.get((author, about))) for author, about in sorted(seal.wanted)
    ]
    return Revealed(
        opened,
        tuple(one for one in said if one.about.pk == seat.pk),
        tuple(one for one in said if one.author.pk == seat.pk),
    )


def self_sheet(session: Session) -> ScoreSheet | None:
    """The candidate's rating of themselves; whoever shows it to others asks the seal first."""
    rating = (
        SelfRating.objects.filter(seat__session=session)
        .select_related("sheet")
        .prefetch_related("sheet__items")
        .first()
    )
    return rating.sheet if rating else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What candidates said of an interviewer, over all their sessions: how many, and the mean of each rating 1-5 once
    there are enough of them."""

    count: int
    means: tuple[tuple[str, float], ...]
    enough: int = rules.FEW


def ratings_of(user_id: int, now: datetime) -> list[Feedback]:
    """What candidates said of this person as interviewer and is revealed, the oldest session first; in one query, and
    two more where a session is younger than the seal."""
    rows = list(
        Feedback.objects.filter(about__user_id=user_id, about__role=Role.INTERVIEWER)
        .select_related("author__session")
        .order_by("author__session__ended_at", "pk")
    )
    shown = revealed_among((row.author.session for row in rows), now)
    return [row for row in rows if row.author.session_id in shown]


def standing_of(user_id: int, now: datetime) -> Standing:
    """Only what has been revealed counts, so that neither the count nor a mean tells what is sealed."""
    open_ones = ratings_of(user_id, now)
    if len(open_ones) < rules.FEW:
        return Standing(len(open_ones), ())
    asked = {one.name: one.ask for one in rules.OF_INTERVIEWER}
    means = tuple(
        (asked[name], sum(getattr(row, name) for row in open_ones) / len(open_ones)) for name in rules.RATINGS
    )
    return Standing(len(open_ones), means)
