"""A whole measurement, as a value, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

from . import cost, figures, stress
from .cost import Cost, Score
from .figures import Agreement, Evidence
from .labels import Sample
from .picture import LEVELS, VERDICTS
from .stress import Drift, Progress, Stress


@dataclass(frozen=True, slots=True)
class Report:
    """What a scorer reached on some samples. `evidence` is None where no sample has marks, `stress` where it was not
    asked for. Everything but `cost` is the same at each run."""

    scorer: str
    submissions: int
    cases: int
    profiles: int
    agreement: Agreement
    evidence: Evidence | None
    cost: Cost
    stress: Stress | None


def measure(score: Score, samples: Sequence[Sample], progress: Progress, *, hard: bool = False) -> Report:
    """Score all samples and compare; `hard` adds the stress tests. Raises ValueError where there are no samples."""
    sheets, seconds = [], []
    for sheet, taken in cost.scored(score, (sample.submission for sample in samples)):
        sheets.append(sheet)
        seconds.append(taken)
        progress("scoring", len(sheets), len(samples))
    agreement = figures.agreement(samples, sheets)
    spent = cost.of(seconds)
    return Report(
        sheets[0].version,
        len(samples),
        len({sample.submission.case.slug for sample in samples}),
        len({sample.profile for sample in samples}),
        agreement,
        figures.evidence(samples, sheets),
        spent,
        stress.run(score, samples, sheets, progress) if hard else None,
    )


def as_json(report: Report) -> dict[str, Any]:
    """The report in JSON's types, figures to four places; a figure that is not defined is null."""
    data: dict[str, Any] = _rounded(asdict(report))
    return data


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return None if isnan(value) else round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def as_text(report: Report) -> Iterator[str]:
    """The report in lines."""
    yield (
        f"{report.scorer} on {report.submissions} submissions, {report.cases} cases, {report.profiles} profiles"
    )
    yield from _agreement(report.agreement)
    yield from _evidence(report)
    yield from _by_profile(report.agreement)
    yield from _confusion("levels: rows people, columns the scorer", report.agreement.confusion, LEVELS)
    yield from _confusion("verdicts: rows people, columns the scorer", report.agreement.verdicts, VERDICTS)
    if report.stress:
        yield from _stress(report.stress)
    yield ""
    spent = report.cost
    yield f"{spent.seconds_median:7.3f}  seconds per submission, one core, median (slowest {spent.seconds_slowest:.3f})"
    yield f"{spent.peak_memory_mb:7.0f}  MB of memory at the height, Django and this command included"


def _agreement(found: Agreement) -> Iterator[str]:
    low, high = found.qwk_interval
    yield f"{found.qwk:7.3f}  pooled QWK of all items (90 %: {low:.3f} to {high:.3f})"
    yield f"{found.qwk_text:7.3f}  QWK of text items"
    yield f"{found.qwk_board:7.3f}  QWK of board items"
    yield f"{found.exact:7.3f}  levels exactly right"
    yield f"{found.within:7.3f}  rank correlation within a submission (mean of {found.within_of})"
    low, high = found.verdict_qwk_interval
    yield f"{found.verdict_qwk:7.3f}  QWK of the overall verdict (90 %: {low:.3f} to {high:.3f})"
    yield f"{found.verdict_exact:7.3f}  verdicts exactly right"
    yield f"{found.auc:7.3f}  presence AUC, mean of {found.auc_items} items (lowest {found.auc_lowest:.3f})"
    yield f"{found.calibration_error:7.3f}  how far its confidence is from how often it is right (calibration error)"
    yield f"{found.signed_error:+7.3f}  signed error per item"
    for step, error in found.step_mae.items():
        yield f"{error:7.3f}  error of the mean level, {step} (item by item {found.item_mae[step]:.3f})"


def _evidence(report: Report) -> Iterator[str]:
    found = report.evidence
    if found is None:
        yield "         no file has evidence marks: measured on levels only"
        return
    if found.submissions < report.submissions:
        yield f"         {report.submissions - found.submissions} files have no evidence marks: measured on levels only"
    yield f"{found.precision_any:7.3f}  evidence precision: items with a quotation that meets a mark"
    yield f"{found.precision_each:7.3f}  evidence precision: quotations that meet a mark"
    yield f"{found.recall_marks:7.3f}  evidence recall: marks that a quotation meets"
    yield f"{found.recall_items:7.3f}  evidence recall: shown items whose marks a quotation meets"


def _by_profile(found: Agreement) -> Iterator[str]:
    for profile, error in found.signed_error_by_profile.items():
        yield f"{error:+7.2f}  signed error per item, {profile}"


def _confusion(title: str, counts: Sequence[Sequence[int]], names: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{title:<40s}" + "".join(f"{name[0]:>7s}" for name in names)
    for name, row in zip(names, counts, strict=True):
        yield f"  {name:<38s}" + "".join(f"{count:7d}" for count in row)


def _stress(found: Stress) -> Iterator[str]:
    yield ""
    if found.emptied:
        one = found.emptied
        yield f"{one.field_to_zero:7.3f}  emptied field: items that fall to 0 (of {one.field_items})"
        yield f"{one.board_to_zero:7.3f}  emptied board: items that fall to 0 (of {one.board_items})"
    if found.deleted:
        cut = found.deleted
        yield _fallen("quoted", cut.quoted_to_zero, cut.quoted_falls, cut.quoted_items)
        yield _fallen("marked", cut.marked_to_zero, cut.marked_falls, cut.marked_items)
    yield ""
    yield "drift per item under attack            mean  worst  gained  raised  lowered  verdict raised"
    for kind, drift in found.drift_by_attack.items():
        yield _drift(kind, drift)
    yield _drift("all attacks", found.drift)
    yield ""
    yield "an attack alone: level per item        mean  worst  highest verdict"
    for kind, alone in found.alone.items():
        yield f"  {kind:<34s}{alone.mean:7.3f}{alone.worst:7.2f}  {alone.verdict}"
    yield ""
    yield "edits of style                    unchanged   mean  moved  worst"
    for name, held in found.stability.items():
        yield f"  {name:<34s}{held.unchanged:7.3f}{held.mean:+7.3f}{held.moved:7.3f}{held.worst:7.3f}"


def _drift(name: str, drift: Drift) -> str:
    return (
        f"  {name:<34s}{drift.mean:+7.3f}{drift.worst:+7.2f}{drift.gained:8.3f}{drift.raised:8.3f}{drift.lowered:9.3f}"
        f"{drift.verdict_raised:16.3f}"
    )


def _fallen(words: str, to_zero: float, falls: float, items: int) -> str:
    return f"{to_zero:7.3f}  {words} words deleted: items that fall to 0 (that fall at all {falls:.3f}, of {items})"
