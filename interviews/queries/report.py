"""The report of an ended session: the sheets of all its sources side by side, read through a framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from casebank import checklist, frameworks
from casebank.frameworks import Framework
from interviews.models import ItemScore, JudgeCall, Role, ScoreJob, ScoreSheet, Seat, Session, Submission
from interviews.queries.agreement import poor_points
from interviews.queries.feedback import Revealed, rates_first, revealed_to, self_sheet
from interviews.queries.judge_input import judged_by, version_of
from interviews.queries.marks import Opinion, is_sealed
from interviews.queries.people_report import PeopleReport, people_of, second_of
from interviews.rules import feedback as rules
from interviews.rules import queue, seats

LEVELS = tuple(words for _, words in rules.LEVELS)
OVERALL = dict(rules.VERDICT)
JUDGE_STEPS = len({item.id.split(".")[0] for item in checklist.load().items})


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One checklist item: its level 0-3 and the evidence that earned it, as stored in ItemScore. `judge` is what the
    judge's sheet says of it, `person` what the interviewer does, `others` what a panel's other sheets say, each with
    its name, `own` what the candidate says of themselves (`own_single`: of this point alone, not of its step). None
    where there is none, or none to be seen. `often_disputed`: the pairs by which people here often disagree with the
    scorer on it; 0 where they do not, or too few say so."""

    id: str
    text: str
    level: int
    confidence: float
    evidence: tuple[dict[str, Any], ...]
    judge: ItemScore | None = None
    unsupported: int | None = None
    person: Opinion | None = None
    own: int | None = None
    own_single: bool = False
    others: tuple[tuple[str, Opinion, str], ...] = ()
    often_disputed: int = 0

    @property
    def label(self) -> str:
        return LEVELS[self.level]

    @property
    def judge_label(self) -> str:
        return LEVELS[self.judge.level] if self.judge else ""

    @property
    def person_label(self) -> str:
        return LEVELS[self.person.level] if self.person else ""

    @property
    def unsupported_label(self) -> str:
        return LEVELS[self.unsupported] if self.unsupported else ""

    @property
    def own_label(self) -> str:
        return LEVELS[self.own] if self.own is not None else ""

    @property
    def is_shown(self) -> bool:
        """Whether any source says anything of it but "not shown"."""
        return bool(
            self.level
            or (self.judge and self.judge.level)
            or self.unsupported
            or (self.person and (self.person.level or self.person.reason))
            or (self.own_single and self.own)
            or any(one.level or one.reason for _, one, _ in self.others)
        )


@dataclass(frozen=True, slots=True)
class StepReport:
    """A step of the framework and its items; `mean` is the mean level, 0-3, of the automatic sheet."""

    id: str
    name: str
    items: tuple[ItemReport, ...]

    @property
    def mean(self) -> float:
        return sum(item.level for item in self.items) / len(self.items) if self.items else 0

    @property
    def shown(self) -> int:
        return sum(item.level > 0 for item in self.items)


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """Where the judge's sheet stands. `offered`: this seat may ask for it, at `host`."""

    job: ScoreJob | None = None
    sheet: ScoreSheet | None = None
    answered: int = 0
    offered: bool = False
    host: str = ""
    steps: int = JUDGE_STEPS

    @property
    def pending(self) -> bool:
        return self.job is not None and self.job.is_unfinished


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report page shows. `sheet` is None until the score is there; `job` says why. `people` is the
    interviewer's sheet: to the interviewer as it stands, to the candidate as it was sent and once it is revealed;
    `others` are the sheets of a panel's other interviewer, once they are; `second` is a second rater's, once it is
    sealed and the rest revealed. `withheld`: an interviewer has not sealed
    their own marks; no machine's level is in the report, and no other sheet that tells one. `rate_first`: nobody's
    sheet is shown, for this seat has yet to rate itself or to skip that. `own` is the candidate's rating of
    themselves."""

    session: Session
    submission: Submission | None
    framework: Framework
    job: ScoreJob | None
    sheet: ScoreSheet | None
    steps: tuple[StepReport, ...]
    judge: JudgeReport = JudgeReport()
    people: PeopleReport | None = None
    others: tuple[PeopleReport, ...] = ()
    second: PeopleReport | None = None
    may_score: bool = False
    withheld: bool = False
    rate_first: bool = False
    own: ScoreSheet | None = None
    feedback: Revealed | None = None

    @property
    def total(self) -> int:
        """How many points there are."""
        return sum(len(step.items) for step in self.steps)

    def points_of(self, step: str) -> list[str]:
        """The ids of the points in a step of the framework; none in a step that it does not have."""
        return [item.id for one in self.steps if one.id == step for item in one.items]

    @property
    def refusal(self) -> str:
        """Why the scorer would not judge this submission; empty where it tried and failed."""
        parked = self.job is not None and self.job.state == ScoreJob.State.PARKED
        return self.job.last_error if self.job and parked and not queue.is_poison(self.job.attempts) else ""

    @property
    def has_sheets(self) -> bool:
        """Whether any source has said something that this seat may see."""
        return bool(self.sheet or self.judge.sheet or self.people or self.others or self.second)

    @property
    def scored_steps(self) -> tuple[StepReport, ...]:
        """The steps, once the automatic sheet gives them their levels."""
        return self.steps if self.sheet else ()

    @property
    def overall_label(self) -> str:
        return OVERALL.get(self.sheet.overall or 0, "") if self.sheet else ""

    @property
    def pending(self) -> bool:
        under_way = (self.job is not None and self.job.is_unfinished) or self.judge.pending
        return under_way and not self.withheld and not self.rate_first

    @property
    def failed(self) -> bool:
        return self.job is not None and self.job.state == ScoreJob.State.PARKED

    @property
    def stamp(self) -> str:
        """Changes with everything that the page says about work under way."""
        parts = [self.job.state if self.job else ""]
        if self.judge.job:
            parts += [self.judge.job.state, str(self.judge.answered)]
        return ".".join(parts)


def report(seat: Seat, *, lens: str | None = None, now: datetime | None = None) -> Report:
    """The report of this seat's session, as it may be seen at `now`, through the framework `lens` (the session's own if
    unknown)."""
    session = seat.session
    now = now or timezone.now()
    known = frameworks.load()
    framework = known.get(lens or session.framework) or known[session.framework]
    submission = Submission.objects.filter(session=session).first()
    if submission is None:
        return Report(session, None, framework, None, None, ())
    job = submission.jobs.filter(scorer=ScoreJob.Scorer.LOCAL).first()
    may_score = seats.has_it_scored(seat.role, alone=session.mode == "solo")
    if rates_first(seat):
        steps = _steps(framework, None, None, None, (), None, now)
        return Report(session, submission, framework, job, None, steps, may_score=may_score, rate_first=True)
    withheld = seats.marks_the_sheet(seat.role) and not is_sealed(seat)
    sheet = None if withheld else newest_sheet(submission, ScoreSheet.Source.AUTOMATIC)
    judge = JudgeReport() if withheld else _judge(submission, may_ask=may_score)
    feedback = revealed_to(seat, now)
    people, others = people_of(seat, submission, revealed=feedback is not None)
    if withheld:
        others = ()  # Another interviewer's opinions carry the automatic levels they were given beside.
    own = self_sheet(session) if seat.role == Role.CANDIDATE or feedback else None
    second = None if withheld or seat.role == Role.OBSERVER else _second(seat, submission, feedback)
    beside = (*others, second) if second else others
    steps = _steps(framework, sheet, judge.sheet, people, beside, own, now)
    return Report(
        session,
        submission,
        framework,
        job,
        sheet,
        steps,
        judge,
        people,
        others,
        second,
        may_score,
        withheld,
        own=own,
        feedback=feedback,
    )


def newest_sheet(submission: Submission, source: ScoreSheet.Source) -> ScoreSheet | None:
    """The newest sheet of this source, its items with it."""
    sheets: QuerySet[ScoreSheet] = submission.sheets.filter(source=source)
    return sheets.prefetch_related("items").order_by("-created_at", "-pk").first()


def _second(seat: Seat, submission: Submission, revealed: Revealed | None) -> PeopleReport | None:
    """The second rater's sheet. All had been revealed when it was offered; an interviewer who can still send a sheet
    judges without it."""
    if seat.role == Role.INTERVIEWER and revealed is None:
        return None
    return second_of(submission)


def _judge(submission: Submission, *, may_ask: bool) -> JudgeReport:
    job = submission.jobs.filter(scorer=ScoreJob.Scorer.JUDGE).first()
    endpoint = settings.JUDGE
    host = endpoint.host if endpoint else ""
    if job is None:
        return JudgeReport(offered=may_ask and endpoint is not None, host=host)
    stale = endpoint is not None and not judged_by(submission, version_of(endpoint))
    answered = JudgeCall.objects.filter(submission=submission, outcome=JudgeCall.Outcome.ANSWERED)
    return JudgeReport(
        job,
        newest_sheet(submission, ScoreSheet.Source.JUDGE),
        answered.count() if job.is_unfinished else 0,
        offered=may_ask and stale and job.state == ScoreJob.State.DONE,
        host=host,
    )


def _steps(
    framework: Framework,
    sheet: ScoreSheet | None,
    judge: ScoreSheet | None,
    people: PeopleReport | None,
    others: tuple[PeopleReport, ...],
    own: ScoreSheet | None,
    now: datetime,
) -> tuple[StepReport, ...]:
    texts = checklist.texts()
    scored = {row.item: row for row in sheet.items.all()} if sheet else {}
    judged = {row.item: row for row in judge.items.all()} if judge else {}
    unsupported = judge.arithmetic.get("unsupported", {}) if judge else {}
    marks = people.marks if people else {}
    rated = {row.item: row.level for row in own.items.all()} if own else {}
    poor = poor_points(sheet.scorer_version, now) if sheet else {}
    single = own.arithmetic["single"] if own else ()

    def item(id: str) -> ItemReport:
        row = scored.get(id)
        level, confidence, evidence = (
            (row.level, row.confidence, tuple(row.evidence)) if row else (0, 1.0, ())
        )
        beside = (judged.get(id), unsupported.get(id), marks.get(id), rated.get(id), id in single)
        rest = tuple(
            (one.name, one.marks[id], LEVELS[one.marks[id].level]) for one in others if id in one.marks
        )
        return ItemReport(id, texts[id], level, confidence, evidence, *beside, rest, poor.get(id, 0))

    return tuple(
        StepReport(step.id, step.name, tuple(item(id) for id in step.items)) for step in framework.steps
    )
