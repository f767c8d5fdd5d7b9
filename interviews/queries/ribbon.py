"""The ribbon beneath a replay: which step was worked on when, against the minutes that the plan gave it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from interviews.models import Session
from interviews.queries.clock import phases_of_steps
from interviews.queries.film import Film
from interviews.rules.stretches import Span, Stretch, stretches, without

# How finely the board's changes are counted over the whole session.
BINS = 90


@dataclass(frozen=True, slots=True)
class Row:
    """A phase of the plan. `began` is when the clock came to it, None if it never did; `due` is that time, less the
    pauses in it. `worked` is the work on the steps that belong to the phase. `planned` is in minutes."""

    id: str
    name: str
    planned: float
    began: int | None
    due: tuple[Span, ...]
    worked: tuple[Stretch, ...]

    @property
    def minutes(self) -> float:
        """How long was worked."""
        return sum(stretch.end - stretch.start for stretch in self.worked) / 60


@dataclass(frozen=True, slots=True)
class Ribbon:
    """`drawn` are the board's changes in each of `BINS` equal parts, as shares of the busiest one (0 to 1);
    `changes` is how many there are."""

    rows: tuple[Row, ...]
    pauses: tuple[Span, ...]
    drawn: tuple[float, ...]
    changes: int


def ribbon_of(session: Session, film: Film) -> Ribbon:
    """The whole session at a glance; all spans are seconds since its start."""
    saves = [(film.since(save.at), save.step) for save in film.saves]
    drawn = [film.since(entry.at) for entry in film.timeline.entries if entry.at >= film.start]
    belongs = phases_of_steps(session)
    worked = stretches(saves, drawn, film.pauses)
    counts = Counter(min(int(at / max(film.duration, 1) * BINS), BINS - 1) for at in drawn)
    busiest = max(counts.values(), default=0)
    began = {phase.id: at for at, phase in film.phases}
    ends = [*(at for at, _ in film.phases[1:]), film.duration]
    due = {phase.id: (at, end) for (at, phase), end in zip(film.phases, ends, strict=False)}
    return Ribbon(
        rows=tuple(
            Row(
                id=phase["id"],
                name=phase["name"],
                planned=phase["minutes"],
                began=began.get(phase["id"]),
                due=tuple(without(*due[phase["id"]], film.pauses)) if phase["id"] in due else (),
                worked=tuple(one for one in worked if belongs.get(one.step) == phase["id"]),
            )
            for phase in session.plan
        ),
        pauses=film.pauses,
        drawn=tuple(counts[place] / busiest if busiest else 0.0 for place in range(BINS)),
        changes=len(drawn),
    )
