"""Second ratings: which sessions somebody may take, and how far the one of a session is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from casebank import checklist
from casebank.models import Case, CaseVersion, SeenCase
from casebank.queries import visible_to
from interviews.models import Mode, Role, ScoreSheet, Seat, SecondRating
from interviews.queries.blocks import blocked_with
from interviews.queries.calibration import steps
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open, replay_opened
from interviews.queries.disputes import is_open
from interviews.queries.gaps import Discussion, discussed
from interviews.queries.people import role_wanted
from interviews.queries.people_report import PeopleReport
from interviews.queries.report import Report
from interviews.queries.seen import awaited_cases
from interviews.rules import calibration
from interviews.rules import second as rules
from interviews.rules.feedback import Question

# The list shows no more; who has taken one makes room.
MOST = 30


def wants_to_rate(user: AbstractBaseUser) -> bool:
    """Whether this person's profile says that they would interview."""
    return role_wanted(user) != "candidate"


def cases_held(user: AbstractBaseUser) -> set[int]:
    """The ids of the cases on which this person may rate others' sessions."""
    ways: dict[int, set[str]] = {}
    for case, how in SeenCase.objects.filter(user_id=user.pk).values_list("case_id", "how"):
        ways.setdefault(case, set()).add(how)
    for case in Case.objects.filter(owner_id=user.pk).values_list("pk", flat=True):
        ways.setdefault(case, set()).add("author")
    awaited = awaited_cases([user.pk]).get(user.pk, set())
    return {case for case, known in ways.items() if rules.may_rate(known, awaits_it=case in awaited)}


def open_to(user: AbstractBaseUser, now: datetime) -> QuerySet[SecondRating]:
    """The sessions that this person may take: on a case whose guide they hold, in which neither they sat nor anybody
    who is blocked with them, and whose replay is open. The newest first."""
    if not wants_to_rate(user):
        return SecondRating.objects.none()
    rows = _free(user, now).filter(session__case_version__case__in=cases_held(user))
    return rows.order_by("-offered_at")


def unread_by(user: AbstractBaseUser, now: datetime) -> list[CaseVersion]:
    """The cases, at most MOST, on which sessions are offered that are open to this person once they have read the
    guide; none that they are about to be asked."""
    if not wants_to_rate(user):
        return []
    kept = cases_held(user) | awaited_cases([user.pk]).get(user.pk, set())
    offered = _free(user, now).exclude(session__case_version__case__in=kept)
    cases = offered.values("session__case_version__case")
    return list(visible_to(user).filter(case__in=cases).order_by("title")[:MOST])


def held_by(user: AbstractBaseUser) -> QuerySet[SecondRating]:
    """Those that this person has taken and may still read, the newest first."""
    return _readable(user).filter(rater_id=user.pk).order_by("-taken_at")


def _free(user: AbstractBaseUser, now: datetime) -> QuerySet[SecondRating]:
    free = Q(rater=None) | Q(taken_at__lte=now - rules.LAPSES)
    return _readable(user).filter(free, sheet=None).exclude(rater=user.pk)


def _readable(user: AbstractBaseUser) -> QuerySet[SecondRating]:
    strange = Seat.objects.filter(user__in=[user.pk, *blocked_with(user.pk)])
    rows = SecondRating.objects.filter(replay_opened()).exclude(session__seats__in=strange)
    return rows.select_related("session__case_version__case", "session__board", "sheet")


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of a second rater, and how far it is."""

    rating: SecondRating
    questions: tuple[Question, ...]

    @property
    def draft(self) -> dict[str, str]:
        return dict(self.rating.answers)

    @property
    def version(self) -> int:
        return self.rating.version

    @property
    def saved_at(self) -> datetime | None:
        return self.rating.updated_at if self.rating.version else None


def form_of(rating: SecondRating) -> Form:
    return Form(rating, calibration.questions(steps(), checklist.texts()))


def progress_of(rating: SecondRating) -> tuple[int, int]:
    """(points rated, points that want a level) of its draft."""
    return calibration.rated(steps(), rating.answers)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a session's second rating stands, for its report. `may_offer`: this seat may offer it; `refusal`: why not,
    where it would be its turn. `may_withdraw`: nobody has it yet."""

    rating: SecondRating | None
    may_offer: bool = False
    refusal: str = ""
    may_withdraw: bool = False


def standing_of(seat: Seat, found: Report, now: datetime) -> Standing | None:
    """None for who watches, and before all of the report is revealed."""
    shown = is_open(seat, found) if seat.role == Role.CANDIDATE else found.feedback is not None
    if not shown or seat.role == Role.OBSERVER or found.withheld:
        return None
    rating = SecondRating.objects.filter(session=seat.session_id).first()
    mine = seat.role == Role.CANDIDATE
    if rating is not None:
        free = rating.sheet_id is None and (rating.taken_at is None or rules.has_lapsed(rating.taken_at, now))
        return Standing(rating, may_withdraw=mine and free)
    if not mine:
        return None
    if replay_is_open(cast_of(seat.session)):
        return Standing(None, may_offer=True)
    if seat.session.replay_gone_at:
        return Standing(None, refusal="It is rated on the replay, which is not kept any longer.")
    who = "you agree" if seat.session.mode == Mode.SOLO else "both of you have agreed"
    return Standing(None, refusal=f"It is rated on the replay, which opens once {who} to it.")


def means(people: Iterable[PeopleReport | None]) -> list[tuple[str, float]]:
    """(who, mean level 0-3 of the points that they marked), each on its own."""
    found = []
    for one in people:
        levels = [opinion.level for item, opinion in one.marks.items() if item] if one else []
        if one and levels:
            found.append((one.name, sum(levels) / len(levels)))
    return found


def talk_of(seat: Seat, found: Report) -> Discussion | None:
    """The discussion of this session, for the interviewer who is in it; its candidate does not learn of one."""
    if seat.role != Role.INTERVIEWER or found.second is None:
        return None
    rating = SecondRating.objects.select_related("rater", "sheet__submission").get(session=seat.session_id)
    talk = discussed(rating)
    return talk if talk and seat.user_id in {one.pk for one in talk.users} else None


def talking(user: AbstractBaseUser) -> list[Discussion]:
    """The discussions in which this person has not closed every point, at most MOST of the newest."""
    own = Q(rater_id=user.pk) | Q(
        sheet__submission__sheets__rater_id=user.pk,
        sheet__submission__sheets__source=ScoreSheet.Source.INTERVIEWER,
    )
    rows = SecondRating.objects.filter(own, sheet__isnull=False).distinct().order_by("-taken_at")
    found = [
        discussed(row)
        for row in rows.select_related("rater", "sheet__submission", "session__case_version")[:MOST]
    ]
    return [
        talk
        for talk in found
        if talk and any(user.pk in gap.levels and not gap.closed_by(user.pk) for gap in talk.gaps)
    ]
