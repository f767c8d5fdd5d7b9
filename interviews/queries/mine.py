"""A person's sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery

from interviews.models import Role, ScoreJob, ScoreSheet, Seat, SelfRating, State
from interviews.queries.consents import replay_opened
from interviews.queries.marks import sealed_seat
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of the list: the seat, the partner's name (in a panel both), and the automatic verdict (1-4) if there
    is one; `failed` if there will be none until somebody tries again; `withheld` from an interviewer who has not
    sealed their own marks. `rate_first`: the verdict is not shown before this person has rated themselves, or has said
    that they would rather not."""

    seat: Seat
    partner: str
    overall: int | None
    failed: bool
    withheld: bool = False
    rate_first: bool = False


# {name: the fields of a seat} by which a list may be ordered.
SORTS = {"-created_at": "-session__created_at", "created_at": "session__created_at"}


def sessions_of(
    user: AbstractBaseUser,
    *,
    limit: int = 50,
    offset: int = 0,
    state: str | None = None,
    role: str | None = None,
    order: str = "-created_at",
) -> list[SessionRow]:
    """This user's sessions from number `offset` to `limit`, the running one first, then by SORTS; in two queries
    however many there are."""
    wanted = {name: value for name, value in (("session__state", state), ("role", role)) if value}
    verdict = ScoreSheet.objects.filter(
        submission__session=OuterRef("session_id"), source=ScoreSheet.Source.AUTOMATIC
    ).order_by("-created_at")
    parked = ScoreJob.objects.filter(
        submission__session=OuterRef("session_id"),
        scorer=ScoreJob.Scorer.LOCAL,
        state=ScoreJob.State.PARKED,
    )
    met = (
        Seat.objects.filter(session_id=OuterRef("session_id"), left_at=None)
        .exclude(user_id=user.pk)
        .exclude(role=Role.OBSERVER)
        .order_by("role", "part")
    )
    order_by = ("-is_live", SORTS[order], "pk")
    # Chosen first, by two narrow tables: Postgres would join and look up everything for the whole history, and as one
    # statement even for everybody's.
    own = Seat.objects.filter(user_id=user.pk, left_at=None, **wanted).order_by(*order_by)
    shown = list(own.values_list("pk", flat=True)[offset:limit])
    mine = list(
        Seat.objects.filter(pk__in=shown)
        .select_related(
            "session__case_version__case",
            "session__follows__case_version",
            "session__second_half__case_version",
        )
        .annotate(
            verdict=Subquery(verdict.values("overall")[:1]),
            failed=Exists(parked),
            sealed=sealed_seat(),
            replay_opened=replay_opened(),
            rated=Exists(SelfRating.objects.filter(seat=OuterRef("pk"))),
            partners=ArraySubquery(met.values("user__display_name")),
        )
        .order_by(*order_by)
    )
    return [_row(seat) for seat in mine]


def _row(seat: Any) -> SessionRow:
    """`seat` carries what sessions_of has asked for beside it."""
    person = get_user_model()
    partner = " and ".join(str(person(display_name=name)) for name in seat.partners)
    held = seat.session.state == State.ENDED and seat.session.started_at is not None
    if seat.role == Role.CANDIDATE and held and not seat.rated:
        return SessionRow(seat, partner, None, False, rate_first=True)
    if seats.marks_the_sheet(seat.role) and not seat.sealed:
        return SessionRow(seat, partner, None, seat.failed, withheld=seat.verdict is not None)
    return SessionRow(seat, partner, seat.verdict, seat.failed)
