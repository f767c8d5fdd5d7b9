"""Sessions that lie back, with the sheets that came of them: rows as the verbs leave them, made in bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from casebank import checklist
from casebank.models import CaseVersion, SeenCase
from interviews.models import (
    Consent,
    EndReason,
    Feedback,
    ItemScore,
    Mode,
    PrivateEvent,
    Role,
    ScoreSheet,
    Seat,
    SelfRating,
    Session,
    State,
    Submission,
)
from mlsd_site.accounts.models import User
from whiteboard.models import Board

SAID = [{"where": "data", "start": 0, "end": 6, "quote": "clicks"}]
MINUTES = 40
# What an interviewer gave nothing for, in what follows.
POINT = "clarify.scale"
Past = Callable[..., Session]


def held(
    ada: User, ben: User, version: CaseVersion, *, ended: datetime, rated: bool = True, mode: Mode = Mode.PEER
) -> Session:
    """An interview of MINUTES minutes that was handed in; Ada would rather not rate herself, unless `rated` is false:
    then she has yet to say so."""
    began = ended - timedelta(minutes=MINUTES)
    session = Session.objects.create(
        mode=mode,
        state=State.ENDED,
        case_version=version,
        framework="seven-step",
        plan=[],
        level="senior",
        board=Board.objects.create(),
        created_by=ada,
        created_at=began,
        started_at=began,
        deadline_at=began + timedelta(minutes=45),
        ended_at=ended,
        end_reason=EndReason.SUBMITTED,
    )
    seat = Seat.objects.create(session=session, user=ada, role=Role.CANDIDATE, joined_at=began)
    if mode == Mode.PEER:
        Seat.objects.create(session=session, user=ben, role=Role.INTERVIEWER, joined_at=began)
    Submission.objects.create(
        session=session, submitted_at=ended, notes={"data": "clicks"}, board=[], board_seq=0, events=[]
    )
    if rated:
        SelfRating.objects.create(seat=seat, at=ended)
    return session


def past(ada: User, ben: User, version: CaseVersion, *, now: datetime) -> Past:
    """past(3): Ben interviewed Ada three days ago."""

    def make(days: float, **wish: object) -> Session:
        return held(ada, ben, version, ended=now - timedelta(days=days), **wish)  # type: ignore[arg-type]

    return make


def disputable(ada: User, ben: User, version: CaseVersion, *, now: datetime | None = None) -> Session:
    """Three days ago Ben interviewed Ada; all of it is revealed, and both the scorer and Ben gave levels."""
    session = held(ada, ben, version, ended=(now or timezone.now()) - timedelta(days=3))
    sheet(session, 1)
    sent(session, ben, 2, items={POINT: 0})
    return session


def ratable(
    ada: User, ben: User, cleo: User, version: CaseVersion, *, now: datetime | None = None
) -> Session:
    """Three days ago Ben interviewed Ada and gave ones, but a point that he saw nothing of; Cleo has interviewed on the
    case too."""
    now = now or timezone.now()
    session = held(ada, ben, version, ended=now - timedelta(days=3))
    agree(session)
    sheet(session, 1)
    sent(session, ben, 1, items={POINT: 0})
    SeenCase.objects.create(user=cleo, case=version.case, how=SeenCase.How.INTERVIEWER, at=now)
    return session


def sheet(
    session: Session,
    level: int,
    *,
    source: str = ScoreSheet.Source.AUTOMATIC,
    rater: User | None = None,
    items: Mapping[str, int] | None = None,
    at: datetime | None = None,
) -> ScoreSheet:
    """A sheet with this level for every point, but for those in `items`; of a person if `rater` is given. Made at the
    end of the session, or `at`."""
    at = at or _end_of(session)
    made = ScoreSheet.objects.create(
        submission=session.submission,
        source=source,
        scorer_version="" if rater else f"test {at}",
        rater=rater,
        overall=2,
        created_at=at,
        sealed_at=at if rater else None,
    )
    levels = {item.id: level for item in checklist.load().items} | dict(items or {})
    ItemScore.objects.bulk_create(
        ItemScore(sheet=made, item=item, level=given, evidence=SAID) for item, given in levels.items()
    )
    return made


def seal(session: Session, interviewer: User) -> None:
    """The interviewer has closed their own marks, and sees the automatic ones."""
    seat = Seat.objects.get(session=session, user=interviewer)
    PrivateEvent.objects.create(session=session, seat=seat, kind="marks_sealed", at=_end_of(session))


def sent(
    session: Session, interviewer: User, level: int, *, items: Mapping[str, int] | None = None
) -> ScoreSheet:
    """The interviewer's sheet, sealed and sent with their feedback about the candidate at the end of the session."""
    made = sheet(session, level, source=ScoreSheet.Source.INTERVIEWER, rater=interviewer, items=items)
    ScoreSheet.objects.filter(pk=made.pk).update(arithmetic={"automatic": {}, "reasons": {}})
    seal(session, interviewer)
    Feedback.objects.create(
        author=session.seats.get(user=interviewer),
        about=session.seats.get(role=Role.CANDIDATE),
        strength="The scale.",
        second_strength="The loss.",
        change="Monitoring.",
        sheet=made,
        sent_at=made.created_at,
    )
    return made


def agree(session: Session) -> None:
    """Everybody has agreed to the replay."""
    for seat in session.seats.all():
        Consent.objects.create(seat=seat, replay=True, answered_at=_end_of(session))


def _end_of(session: Session) -> datetime:
    return session.ended_at or session.created_at
