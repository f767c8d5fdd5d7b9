"""What a room says before the clock starts: who is here, who is missing, and the invite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interviews.models import Mode, Role, Seat
from interviews.queries import room
from interviews.queries.cast import Cast
from interviews.queries.consents import Question, question_for, standings
from interviews.queries.controls import Controls, controls_for
from interviews.queries.invites import InvitePanel, needed_panels
from interviews.queries.panel import Led, absent_from, leading

_OF_A_PANEL = " of a panel"


@dataclass(frozen=True, slots=True)
class Lobby:
    """`partners` ask to the seats that the interview needs; `led` says who leads what in a panel; each of `people` says
    how they stand (`standing`). Who `may_give_up` may end the session before it begins, or give up a panel's free
    seat, or that of an `absent` interviewer (the name)."""

    people: list[dict[str, Any]]
    controls: Controls
    partners: tuple[InvitePanel, ...]
    question: Question
    led: tuple[Led, ...] = ()
    may_give_up: bool = False
    absent: str = ""

    @property
    def stamp(self) -> str:
        """Changes with who is here, who is ready, and which seats there are."""
        ready = "".join(f" {one['seat']}" for one in self.people if one["standing"].startswith("ready"))
        panel = f"{_OF_A_PANEL}{self.absent and ' without one'}" if self.led else ""
        return f"{len(self.people)}{panel}{ready and f' ready{ready}'}"

    def is_panel_over(self, stamp: str) -> bool:
        """Whether a page with this stamp was made for a panel, and one interviewer goes on alone since."""
        return _OF_A_PANEL in stamp and not self.led


def lobby_for(seat: Seat, cast: Cast, now: datetime) -> Lobby:
    """The lobby as this seat of the cast sees it."""
    absent = absent_from(seat.session)
    standing = standings(cast) if seat.session.mode != Mode.SOLO else {}
    return Lobby(
        people=[{**one, "standing": standing.get(one["seat"], "")} for one in room.people(cast)],
        controls=controls_for(seat, cast, now),
        partners=needed_panels(seat, cast, now),
        led=leading(seat.session),
        may_give_up=seat.role != Role.OBSERVER,
        question=question_for(seat, cast),
        absent=str(absent.user) if absent and absent.pk != seat.pk else "",
    )
