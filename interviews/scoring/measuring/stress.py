"""Is a score earned by what it quotes, and by nothing else? The figures of `evaluate_scorer --stress`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean
from zlib import crc32

from interviews.scoring.sheet import Sheet
from interviews.scoring.submission import STEPS, Submission

from . import attacks, edits, removal
from .attacks import Attack
from .figures import is_board, share
from .labels import BOARD, Sample
from .quotations import stands_only_in

Score = Callable[[Submission], Sheet]
Progress = Callable[[str, int, int], None]
# Items per submission whose quotations, and whose marks, are deleted; a fixed draw, for each costs a whole scoring.
DRAWN = 4


@dataclass(frozen=True, slots=True)
class Emptied:
    """Of items scored above 0 whose marks all stand in one field (or all on the board): the share that falls to 0
    when it is emptied. `*_items` says of how many. An honest scorer reaches 1."""

    field_to_zero: float
    field_items: int
    board_to_zero: float
    board_items: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """Single items scored above 0: the share that falls, and that falls to 0, when just the words that the scorer
    quoted for it are deleted, or just those that people marked (DeYoung et al., "ERASER", 2020: comprehensiveness)."""

    quoted_falls: float
    quoted_to_zero: float
    quoted_items: int
    marked_falls: float
    marked_to_zero: float
    marked_items: int


@dataclass(frozen=True, slots=True)
class Drift:
    """Levels per item under attack minus those before: the `mean` over submissions and the `worst` (highest) one;
    `gained`, the same mean with losses not counted, so that they hide nothing; shares of items that were `raised` or
    `lowered`, and of submissions whose verdict was raised."""

    mean: float
    worst: float
    gained: float
    raised: float
    lowered: float
    verdict_raised: float


@dataclass(frozen=True, slots=True)
class Alone:
    """A blank submission made of an attack only: level per item, mean over wordings and worst; the highest verdict."""

    mean: float
    worst: float
    verdict: int


@dataclass(frozen=True, slots=True)
class Stability:
    """Levels per item after an edit of style: share of items `unchanged`, `mean` signed and `moved` absolute change,
    and the `worst` submission's mean absolute change."""

    unchanged: float
    mean: float
    moved: float
    worst: float


@dataclass(frozen=True, slots=True)
class Stress:
    """All of it; `emptied` and `deleted` are None where no sample has marks. `drift` is over all attacks."""

    emptied: Emptied | None
    deleted: Deleted | None
    drift: Drift
    drift_by_attack: Mapping[str, Drift]
    alone: Mapping[str, Alone]
    stability: Mapping[str, Stability]


Pair = tuple[Sample, Sheet]
Change = list[int]


def run(score: Score, samples: Sequence[Sample], sheets: Sequence[Sheet], progress: Progress) -> Stress:
    """Score the samples again, some forty times each. `sheets` are those of the untouched samples."""
    pairs = list(zip(samples, sheets, strict=True))
    marked = [(sample, sheet) for sample, sheet in pairs if sample.marks is not None]
    overall, by_attack = drift(score, pairs, progress)
    return Stress(
        emptied(score, marked, progress) if marked else None,
        deleted(score, marked, progress) if marked else None,
        overall,
        by_attack,
        _all_alone(score, samples, progress),
        {name: _stability(score, name, _counted(pairs, f"edit: {name}", progress)) for name in edits.EDITS},
    )


def drift(score: Score, pairs: Sequence[Pair], progress: Progress) -> tuple[Drift, dict[str, Drift]]:
    """Every attack on every sample, in the wording that falls to it: all attacks together, and kind by kind."""
    by_attack = {
        attack.kind: [
            _drift(attack, sheet, score(attack.on(sample.submission)))
            for sample, sheet in _counted(pairs, f"attack: {attack.kind}", progress)
        ]
        for attack in attacks.load()
    }
    every = [one for found in by_attack.values() for one in found]
    return _total(every), {kind: _total(found) for kind, found in by_attack.items()}


def _counted(pairs: Sequence[Pair], what: str, progress: Progress) -> Iterator[Pair]:
    for i, pair in enumerate(pairs):
        progress(what, i, len(pairs))
        yield pair
    progress(what, len(pairs), len(pairs))


def emptied(score: Score, pairs: Sequence[Pair], progress: Progress) -> Emptied:
    """Each field, and the board, taken away where the marks of a shown item stand nowhere else."""
    fell: dict[bool, list[bool]] = {True: [], False: []}
    for sample, sheet in _counted(pairs, "emptied fields", progress):
        alone: dict[str, list[str]] = {}
        for item, marks in (sample.marks or {}).items():
            place = stands_only_in(marks)
            if place and sheet.items[item].level:
                alone.setdefault(place, []).append(item)
        for place in (*STEPS, BOARD):
            if place in alone:
                without = score(removal.emptied(sample.submission, place))
                fell[place == BOARD] += [without.items[item].level == 0 for item in alone[place]]
    return Emptied(share(fell[False]), len(fell[False]), share(fell[True]), len(fell[True]))


def deleted(score: Score, pairs: Sequence[Pair], progress: Progress) -> Deleted:
    """The words of DRAWN shown items of each sample taken away, one item at a time."""
    quoted: list[tuple[int, int]] = []
    marked: list[tuple[int, int]] = []
    for sample, sheet in _counted(pairs, "deleted words", progress):
        marks = sample.marks or {}
        shown = [item for item in sample.levels if sheet.items[item].level]
        for item in _draw(sample, [item for item in shown if sheet.items[item].evidence]):
            rest = removal.without_quotations(sample.submission, sheet.items[item].evidence)
            quoted.append((sheet.items[item].level, score(rest).items[item].level))
        for item in _draw(sample, [item for item in shown if marks.get(item)]):
            rest = removal.without_marks(sample.submission, marks[item])
            marked.append((sheet.items[item].level, score(rest).items[item].level))
    return Deleted(*_falls(quoted), len(quoted), *_falls(marked), len(marked))


def _draw(sample: Sample, items: Sequence[str]) -> list[str]:
    return sorted(items, key=lambda item: crc32(f"{sample.submission.id}/{item}".encode()))[:DRAWN]


def _falls(levels: Sequence[tuple[int, int]]) -> tuple[float, float]:
    return share([after < before for before, after in levels]), share([after == 0 for _, after in levels])


@dataclass(frozen=True, slots=True)
class _Attacked:
    changes: Change
    verdict_raised: bool


def _drift(attack: Attack, before: Sheet, after: Sheet) -> _Attacked:
    """The changes of the items that the attack could reach: text on the notes is no evidence for the board."""
    reached = [item for item in before.items if attack.drawn or not is_board(item)]
    changes = [after.items[item].level - before.items[item].level for item in reached]
    return _Attacked(changes, after.overall > before.overall)


def _total(found: Sequence[_Attacked]) -> Drift:
    means = [fmean(one.changes) for one in found]
    every = [change for one in found for change in one.changes]
    return Drift(
        mean=fmean(means) if means else nan,
        worst=max(means, default=nan),
        gained=fmean(max(0, change) for change in every) if every else nan,
        raised=share([change > 0 for change in every]),
        lowered=share([change < 0 for change in every]),
        verdict_raised=share([one.verdict_raised for one in found]),
    )


def _all_alone(score: Score, samples: Sequence[Sample], progress: Progress) -> dict[str, Alone]:
    those = [attack for attack in attacks.load() if attack.alone]
    found = {}
    for i, attack in enumerate(those):
        found[attack.kind] = _alone(score, attack, samples)
        progress("attacks alone", i + 1, len(those))
    return found


def _alone(score: Score, attack: Attack, samples: Sequence[Sample]) -> Alone:
    """Each wording once, as an answer to the samples' cases in turn."""
    cases = {sample.submission.case.slug: sample.submission.case for sample in samples}
    slugs = sorted(cases)
    start = crc32(attack.kind.encode())
    sheets = [
        score(attack.by_itself(i, cases[slugs[(start + i) % len(slugs)]]))
        for i in range(len(attack.wordings))
    ]
    means = [fmean(item.level for item in sheet.items.values()) for sheet in sheets]
    return Alone(fmean(means), max(means), max(sheet.overall for sheet in sheets))


def _stability(score: Score, name: str, pairs: Iterator[Pair]) -> Stability:
    """Answers that the edit leaves as they are count as unchanged without being scored again."""
    found: list[Change] = []
    for sample, before in pairs:
        changed = edits.edited(sample.submission, name)
        after = before if changed == sample.submission else score(changed)
        found.append([after.items[item].level - before.items[item].level for item in before.items])
    every = [change for changes in found for change in changes]
    return Stability(
        unchanged=share([change == 0 for change in every]),
        mean=fmean(every) if every else nan,
        moved=fmean(map(abs, every)) if every else nan,
        worst=max((fmean(map(abs, changes)) for changes in found), default=nan),
    )
