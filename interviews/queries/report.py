"""The report of an ended session: one source's sheet, read through a framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebank import checklist, frameworks
from casebank.frameworks import Framework
from interviews.models import ScoreJob, ScoreSheet, Seat, Session, Submission

LEVELS = ("Not shown", "Mentioned", "Applied", "Justified")
OVERALL = {1: "Strong no hire", 2: "No hire", 3: "Hire", 4: "Strong hire"}


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One checklist item: its level 0-3 and the evidence that earned it, as stored in ItemScore."""

    id: str
    text: str
    level: int
    confidence: float
    evidence: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        return LEVELS[self.level]


@dataclass(frozen=True, slots=True)
class StepReport:
    """A step of the framework and its items; `mean` is the mean level, 0-3."""

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
class Report:
    """Everything a report page shows. `sheet` is None until the score is there; `job` says why."""

    session: Session
    submission: Submission | None
    framework: Framework
    job: ScoreJob | None
    sheet: ScoreSheet | None
    steps: tuple[StepReport, ...]

    @property
    def overall_label(self) -> str:
        return OVERALL[self.sheet.overall] if self.sheet else ""

    @property
    def pending(self) -> bool:
        return self.job is not None and self.job.state in (ScoreJob.State.QUEUED, ScoreJob.State.RUNNING)

    @property
    def failed(self) -> bool:
        return self.job is not None and self.job.state == ScoreJob.State.PARKED


def report(seat: Seat, *, lens: str | None = None) -> Report:
    """The report of this seat's session through the framework `lens` (the session's own if unknown)."""
    session = seat.session
    known = frameworks.load()
    framework = known.get(lens or session.framework) or known[session.framework]
    submission = Submission.objects.filter(session=session).first()
    if submission is None:
        return Report(session, None, framework, None, None, ())
    job = submission.jobs.filter(scorer="local").first()
    sheet = (
        submission.sheets.filter(source=ScoreSheet.Source.AUTOMATIC)
        .prefetch_related("items")
        .order_by("-created_at")
        .first()
    )
    return Report(session, submission, framework, job, sheet, _steps(sheet, framework) if sheet else ())


def _steps(sheet: ScoreSheet, framework: Framework) -> tuple[StepReport, ...]:
    texts = checklist.texts()
    scored = {row.item: row for row in sheet.items.all()}

    def item(id: str) -> ItemReport:
        row = scored.get(id)
        if row is None:
            return ItemReport(id, texts[id], 0, 1, ())
        return ItemReport(id, texts[id], row.level, row.confidence, tuple(row.evidence))

    return tuple(
        StepReport(step.id, step.name, tuple(item(id) for id in step.items)) for step in framework.steps
    )
