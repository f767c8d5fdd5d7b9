"""Who learns who somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from interviews.models import Introduction, Role, Seat, State
from interviews.rules.identity import is_mutual


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody one sat with. `may_share`: one can show them who one is. `shared`: one has agreed to. `real_name` and
    `contact` are theirs once both have agreed, empty before: whether the other has agreed is not told."""

    seat: Seat
    may_share: bool
    shared: bool = False
    mutual: bool = False
    real_name: str = ""
    contact: str = ""

    @property
    def is_link(self) -> bool:
        return self.contact.startswith("https://")


def met_in(seat: Seat) -> list[Met]:
    """Those whom this seat interviewed or was interviewed by, or would have been, once the session has ended. Who did
    not come, or behaved badly in the lobby, can be blocked and reported too."""
    session = seat.session
    if session.state != State.ENDED or seat.role == Role.OBSERVER:
        return []
    pairs = set(Introduction.objects.filter(by__session=session).values_list("by", "to"))
    others = (
        session.seats.exclude(pk=seat.pk).exclude(role=Role.OBSERVER).select_related("user").order_by("pk")
    )
    return [_met(seat, other, pairs) for other in others]


def _met(seat: Seat, other: Seat, pairs: set[tuple[int, int]]) -> Met:
    may_share = seat.session.started_at is not None and other.left_at is None
    if not is_mutual(seat.pk, other.pk, pairs):
        return Met(other, may_share, shared=(seat.pk, other.pk) in pairs)
    user = other.user
    return Met(other, may_share, True, True, getattr(user, "real_name", ""), getattr(user, "contact", ""))
