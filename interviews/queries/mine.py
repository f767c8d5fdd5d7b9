"""A person's sessions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Subquery

from interviews.models import Role, ScoreJob, ScoreSheet, Seat, SelfRating, State
from interviews.queries.marks import sealed_seat
from interviews.rules import seats


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of the list: the seat, the partner's name (in a panel both), and the automatic verdict (1-4) if there
    is one; `failed` if there will be none until somebody tries again; `withheld` from an interviewer who has not
    sealed their own marks, and `rate_first` from a candidate who has yet to rate themselves, or to skip that."""

    seat: Seat
    partner: str
    overall: int | None
    failed: bool
    withheld: bool = False
    rate_first: bool = False


def sessions_of(user: AbstractBaseUser, *, limit: int = 50) -> list[SessionRow]:
    """This user's sessions, the running one first, then the newest; in three queries however many there are."""
    verdict = ScoreSheet.objects.filter(
        submission__session=OuterRef("session_id"), source=ScoreSheet.Source.AUTOMATIC
    ).order_by("-created_at")
    parked = ScoreJob.objects.filter(
        submission__session=OuterRef("session_id"),
        scorer=ScoreJob.Scorer.LOCAL,
        state=ScoreJob.State.PARKED,
    )
    mine = list(
        Seat.objects.filter(user_id=user.pk, left_at=None)
        .select_related(
            "session__case_version__case",
            "session__follows__case_version",
            "session__second_half__case_version",
        )
        .annotate(
            verdict=Subquery(verdict.values("overall")[:1]),
            failed=Exists(parked),
            sealed=sealed_seat(),
            rated=Exists(SelfRating.objects.filter(seat=OuterRef("pk"))),
        )
        .order_by("-is_live", "-session__created_at")[:limit]
    )
    others = Seat.objects.filter(session_id__in=[s.session_id for s in mine], left_at=None)
    names: dict[UUID, list[str]] = {}
    met = others.exclude(user_id=user.pk).exclude(role=Role.OBSERVER).select_related("user")
    for seat in met.order_by("role", "part"):
        names.setdefault(seat.session_id, []).append(str(seat.user))
    return [
        _row(
            seat,
            " and ".join(names.get(seat.session_id, ())),
            seat.verdict,
            seat.failed,
            seat.sealed,
            seat.rated,
        )
        for seat in mine
    ]


def _row(
    seat: Seat, partner: str, overall: int | None, failed: bool, sealed: bool, rated: bool
) -> SessionRow:
    held = seat.session.state == State.ENDED and seat.session.started_at is not None
    if seat.role == Role.CANDIDATE and held and not rated:
        return SessionRow(seat, partner, None, False, rate_first=True)
    withheld = seats.marks_the_sheet(seat.role) and not sealed
    return SessionRow(seat, partner, None if withheld else overall, failed, withheld and overall is not None)
