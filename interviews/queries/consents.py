"""Who is ready, and whether a session may be replayed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from interviews.models import Mode, Role, Seat, State
from interviews.queries.cast import Cast, answer_of
from interviews.rules import seats
from interviews.rules.consent import replay_opens


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a seat is to be asked, and what it said: None before it has."""

    asks: bool
    replay: bool | None


def replay_is_open(cast: Cast) -> bool:
    """Whether everybody who was interviewed or interviewed has agreed to the replay, and it is still kept."""
    kept = all(seat.session.replay_gone_at is None for seat in cast.held)
    return kept and replay_opens(_answers(cast).values())


def replay_opened() -> Q:
    """For a query of seats: whether the replay of their sessions is open."""
    players = Seat.objects.filter(session=OuterRef("session"), left_at=None).exclude(role=Role.OBSERVER)
    return (
        Q(session__replay_gone_at=None)
        & Q(Exists(players))
        & ~Q(Exists(players.exclude(consent__replay=True)))
    )


def question_for(seat: Seat, cast: Cast) -> Question:
    """What this seat of the cast is asked while the session has not ended."""
    said = next((answer_of(one) for one in cast.held if one.pk == seat.pk), None)
    asked = seats.talks(seat.role) and seat.session.mode != Mode.SOLO and seat.session.state != State.ENDED
    return Question(asks=asked and said is None, replay=said)


def standings(cast: Cast) -> dict[int, str]:
    """How each seat that is asked stands, in words, {seat's id: words}."""
    words = {None: "not ready yet", True: "ready", False: "ready, no replay"}
    return {seat: words[answer] for seat, answer in _answers(cast).items()}


def unready(seat: Seat, cast: Cast) -> tuple[str, ...]:
    """The names of those, besides this seat, who have not said that they are ready."""
    answers = _answers(cast)
    return tuple(
        str(one.user)
        for one in cast.held
        if one.pk != seat.pk and one.pk in answers and answers[one.pk] is None
    )


def _answers(cast: Cast) -> dict[int, bool | None]:
    return {one.pk: answer_of(one) for one in cast.held if one.role != Role.OBSERVER}
