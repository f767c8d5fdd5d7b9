"""The sheets of one's own sessions, as a candidate, that one may see by now: what all of one's progress rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Aggregate, F, JSONField, QuerySet, Window
from django.db.models.functions import RowNumber

from casebank import checklist
from interviews.models import Group, ItemScore, Role, ScoreSheet, Seat, Session, State
from interviews.queries.feedback import revealed_among
from interviews.rules.standing import LAST

Source = ScoreSheet.Source
# Both of these say of every point that they do not name that it was not shown.
WHOLE = (Source.AUTOMATIC, Source.JUDGE)
PEOPLE = (Source.INTERVIEWER, Source.SECOND)
# What of a session its sheets are shown with; its prompt and plan are long.
OF_A_SESSION = (
    *("state", "created_at", "started_at", "ended_at"),
    *("case_version__title", "case_version__case__slug"),
)


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One source's levels of one session. `items` is {item: level 0-3} of the points that it says something of; `rater`
    tells apart who gave them."""

    session: Session
    source: str
    rater: str
    items: Mapping[str, int] = field(repr=False)
    overall: int | None = None

    @property
    def ended_at(self) -> datetime:
        return self.session.ended_at or self.session.created_at

    @property
    def mean(self) -> float:
        """The mean level, 0-3, of the points that it says something of; all of them where it is no person's."""
        return self.mean_of(checklist.texts()) or 0.0

    @property
    def is_enough(self) -> bool:
        """Whether it says enough to count in a level: half of the points."""
        return 2 * len(self.items) >= len(checklist.texts())

    def mean_of(self, items: Iterable[str]) -> float | None:
        """The mean level of these points, as far as this sheet says anything of them; None if of none."""
        levels = [self.items[item] for item in items if item in self.items]
        return sum(levels) / len(levels) if levels else None


def sheets_of(user_id: int, now: datetime, *, limit: int = LAST) -> list[SeenSheet]:
    """The newest sheet of each source and rater of the last `limit` sessions in which this person was interviewed and
    has rated themselves (or has said that they would rather not), the newest session first. An interviewer's is among
    them once it is revealed. In four queries, and two more where a session is younger than the seal."""
    return _seen(_rated().filter(user_id=user_id)[:limit], now)


def sheets_within(
    group: Group, user_ids: Collection[int], now: datetime, *, limit: int
) -> dict[int, list[SeenSheet]]:
    """{member: their sheets}, as each of them may see them by now, of the last `limit` interviews that this group set
    for them; of no other session. In as many queries as for one person."""
    newest = Window(
        RowNumber(), partition_by="user_id", order_by=[F("session__ended_at").desc(), F("pk").desc()]
    )
    own = _rated().filter(
        user_id__in=user_ids, session__assignment__group=group, session__assignment__candidate=F("user_id")
    )
    seats = list(own.annotate(place=newest).filter(place__lte=limit))
    found: dict[int, list[SeenSheet]] = {seat.user_id: [] for seat in seats}
    whose = {seat.session_id: seat.user_id for seat in seats}
    for sheet in _seen(seats, now):
        found[whose[sheet.session.pk]].append(sheet)
    return found


def _rated() -> QuerySet[Seat]:
    return (
        Seat.objects.filter(
            role=Role.CANDIDATE,
            self_rating__isnull=False,
            session__state=State.ENDED,
            session__started_at__isnull=False,
        )
        .select_related("session__case_version__case")
        .only("user_id", *(f"session__{name}" for name in OF_A_SESSION))
        .order_by("-session__ended_at")
    )


def _seen(seats: Iterable[Seat], now: datetime) -> list[SeenSheet]:
    """The sheets of these candidates' seats, in the order of the seats."""
    held = {seat.session_id: seat.session for seat in seats}
    shown = revealed_among(held.values(), now)
    newest: dict[tuple[UUID, str, str], tuple[int, int | None]] = {}
    for pk, session_id, source, rater, overall in _sheets(held):
        if source != Source.INTERVIEWER or session_id in shown:
            newest[session_id, source, _rater(source, rater)] = pk, overall
    items = _items([pk for pk, _ in newest.values()])
    found = [
        SeenSheet(held[id], source, rater, _whole(source, items.get(pk, {})), overall)
        for (id, source, rater), (pk, overall) in newest.items()
    ]
    order = {id: place for place, id in enumerate(held)}
    return sorted(found, key=lambda one: order[one.session.pk])


def _sheets(held: Mapping[UUID, Session]) -> Iterable[tuple[int, UUID, str, int | None, int | None]]:
    """(id, session, source, rater, overall) of each sheet of these sessions, the oldest first."""
    rows = ScoreSheet.objects.filter(submission__session__in=held)
    # A person's sheet counts when it was sent; the others are made whole.
    rows = rows.exclude(source=Source.INTERVIEWER, sealed_at=None).order_by("created_at", "pk")
    return rows.values_list("pk", "submission__session", "source", "rater", "overall")


def _rater(source: str, rater: int | None) -> str:
    """Who gave it: of a machine's one source there is one sheet, whatever its version."""
    return f"person {rater}" if source in PEOPLE else source


def _items(sheets: list[int]) -> dict[int, dict[str, int]]:
    """{sheet: {item: level}}. Gathered by the database: a row for each of some four thousand levels costs ten times
    more to read."""
    levels = Aggregate("item", "level", function="jsonb_object_agg", output_field=JSONField())
    rows = ItemScore.objects.filter(sheet__in=sheets).values_list("sheet").annotate(levels=levels)
    return dict(rows)


def _whole(source: str, items: Mapping[str, int]) -> Mapping[str, int]:
    return dict.fromkeys(checklist.texts(), 0) | dict(items) if source in WHOLE else items
