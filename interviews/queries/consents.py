"""Who is ready, and whether a session may be replayed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from interviews.models import Consent, Mode, Role, Seat, Session, State
from interviews.rules import seats
from interviews.rules.consent import replay_opens


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a seat is to be asked, and what it said: None before it has."""

    asks: bool
    replay: bool | None


def replay_is_open(session: Session) -> bool:
    """Whether everybody who was interviewed or interviewed has agreed to the replay, and it is still kept."""
    return session.replay_gone_at is None and replay_opens(_answers(session).values())


def replay_opened() -> Q:
    """For a query of seats: whether the replay of their sessions is open."""
    players = Seat.objects.filter(session=OuterRef("session"), left_at=None).exclude(role=Role.OBSERVER)
    return (
        Q(session__replay_gone_at=None)
        & Q(Exists(players))
        & ~Q(Exists(players.exclude(consent__replay=True)))
    )


def question_for(seat: Seat) -> Question:
    """What this seat is asked while the session has not ended."""
    said = Consent.objects.filter(seat=seat).values_list("replay", flat=True).first()
    asked = seats.talks(seat.role) and seat.session.mode != Mode.SOLO and seat.session.state != State.ENDED
    return Question(asks=asked and said is None, replay=said)


def standings(session: Session) -> dict[int, str]:
    """How each seat that is asked stands, in words, {seat's id: words}."""
    words = {None: "not ready yet", True: "ready", False: "ready, no replay"}
    return {seat: words[answer] for seat, answer in _answers(session).items()}


def unready(seat: Seat) -> tuple[str, ...]:
    """The names of those, besides this seat, who have not said that they are ready."""
    waiting = [pk for pk, answer in _answers(seat.session).items() if answer is None and pk != seat.pk]
    return tuple(str(one.user) for one in Seat.objects.filter(pk__in=waiting).select_related("user"))


def _answers(session: Session) -> dict[int, bool | None]:
    players = session.seats.filter(left_at=None).exclude(role=Role.OBSERVER).order_by("pk")
    return dict(players.values_list("pk", "consent__replay"))
