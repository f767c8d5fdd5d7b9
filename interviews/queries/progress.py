"""What a candidate has shown so far, how surely, and where it was weakest. Sources stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebank import checklist, frameworks
from casebank.frameworks import Step
from interviews.charts.curve import Curve, curve
from interviews.charts.radar import Radar, radar
from interviews.charts.trend import Moment, Trend, trend
from interviews.models import ScoreSheet
from interviews.queries.sheets_seen import WHOLE, SeenSheet
from interviews.rules import standing as rules
from interviews.rules.standing import Rating, Standing

Source = ScoreSheet.Source
# {source: how it is called in a sentence about many sessions}, in the order of the page.
CALLED = {
    Source.INTERVIEWER.value: "Interviewers",
    Source.SECOND.value: "Second raters",
    Source.AUTOMATIC.value: "The automatic scorer",
    Source.JUDGE.value: "The model judge",
    Source.SELF.value: "You",
}
# Of these many last sessions the web, the weakest points and the columns of the tables are.
RECENT, COLUMNS, WEAKEST = 5, 12, 5
# Enough levels of one point to call it weak.
LEAST = 2


@dataclass(frozen=True, slots=True)
class Level:
    """Where one stands by one source; `thin` counts its sheets with too few points to count. `to_halve`: so many
    sessions with other raters would halve the margin; None if that takes many."""

    source: str
    called: str
    standing: Standing | None
    thin: int
    to_halve: int | None

    @property
    def is_machine(self) -> bool:
        """Whether it is one rater, however many sheets there are."""
        return self.source in WHOLE

    @property
    def bar(self) -> tuple[float, float, float] | None:
        """The interval's start and width and the level, in percent of the scale."""
        if self.standing is None:
            return None
        low, high = (round(100 * end / 3, 1) for end in (self.standing.low, self.standing.high))
        return low, round(high - low, 1), round(100 * self.standing.level / 3, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A step or a point over the last sessions: its mean, of how many, and the level in each (None: nothing said)."""

    id: str
    name: str
    mean: float | None
    count: int
    cells: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of the page that rests on sheets. `by` is the source whose trend and rows are shown; `sessions` are
    the columns of the rows, the oldest first."""

    levels: tuple[Level, ...]
    by: str
    choices: tuple[tuple[str, str], ...]
    trend: Trend | None
    moments: tuple[tuple[datetime, Standing, tuple[float, ...]], ...]
    radar: Radar | None
    webs: tuple[tuple[str, str, tuple[float | None, ...]], ...]
    steps: tuple[Row, ...]
    weakest: tuple[Row, ...]
    sessions: tuple[SeenSheet, ...]
    knows: Curve | None
    knows_by: str

    @property
    def step_names(self) -> tuple[str, ...]:
        return tuple(step.name for step in _steps())


def progress(sheets: Sequence[SeenSheet], *, by: str, now: datetime) -> Progress:
    """Of sheets as `sheets_of` gives them, the newest first. `by` is the source to look at closely; an unknown one, or
    one without a sheet, is the first that has some."""
    have = [source for source in CALLED if source != Source.SELF and _of(sheets, source)]
    chosen = by if by in have else next(iter(have), Source.AUTOMATIC.value)
    mine = _of(sheets, chosen)
    moments = _moments(mine)
    webs = tuple(
        (source, called, _means(_of(sheets, source)))
        for source, called in CALLED.items()
        if _of(sheets, source)
    )
    others = _of(sheets, Source.INTERVIEWER) or _of(sheets, Source.AUTOMATIC)
    columns = tuple(reversed(_one_each(mine)[:COLUMNS]))
    return Progress(
        levels=tuple(_level(source, _of(sheets, source), now) for source in have),
        by=chosen,
        choices=tuple((source, CALLED[source]) for source in have),
        trend=trend(
            [Moment(at.date(), one.level, one.low, one.high, means) for at, one, means in moments],
            rules.BOUNDS,
        ),
        moments=moments,
        radar=radar([step.name for step in _steps()], {source: means for source, _, means in webs})
        if webs
        else None,
        webs=webs,
        steps=tuple(_row(step.id, step.name, step.items, columns) for step in _steps()),
        weakest=_weakest(mine),
        sessions=columns,
        knows=curve(_pairs(_of(sheets, Source.SELF), others)),
        knows_by=CALLED[others[0].source] if others else "",
    )


def points(sheets: Sequence[SeenSheet], *, by: str) -> tuple[tuple[Step, tuple[Row, ...]], ...]:
    """Every point of the checklist over the last sessions, by step."""
    texts = checklist.texts()
    columns = tuple(reversed(_one_each(_of(sheets, by))[:COLUMNS]))
    return tuple(
        (step, tuple(_row(item, texts[item], [item], columns) for item in step.items)) for step in _steps()
    )


def _steps() -> tuple[Step, ...]:
    return frameworks.default().steps


def _of(sheets: Iterable[SeenSheet], source: str) -> list[SeenSheet]:
    return [one for one in sheets if one.source == source]


def _one_each(sheets: Sequence[SeenSheet]) -> list[SeenSheet]:
    """One sheet for each session; of a panel's two, the fuller."""
    fullest: dict[object, SeenSheet] = {}
    for sheet in sheets:
        kept = fullest.get(sheet.session.pk)
        if kept is None or len(sheet.items) > len(kept.items):
            fullest[sheet.session.pk] = sheet
    return list(fullest.values())


def _ratings(sheets: Iterable[SeenSheet]) -> list[Rating]:
    return [Rating(one.ended_at, one.mean, str(one.session.pk), one.rater) for one in sheets if one.is_enough]


def _level(source: str, sheets: Sequence[SeenSheet], now: datetime) -> Level:
    ratings = _ratings(sheets)
    return Level(
        source,
        CALLED[source],
        rules.standing(ratings, at=now),
        sum(not one.is_enough for one in sheets),
        rules.to_halve(ratings, at=now),
    )


def _moments(sheets: Sequence[SeenSheet]) -> tuple[tuple[datetime, Standing, tuple[float, ...]], ...]:
    ratings = _ratings(sheets)
    return tuple(
        (at, found, tuple(one.mean for one in ratings if one.at == at)) for at, found in rules.trend(ratings)
    )


def _means(sheets: Sequence[SeenSheet]) -> tuple[float | None, ...]:
    recent = sheets[:RECENT]
    return tuple(_mean(one.mean_of(step.items) for one in recent) for step in _steps())


def _mean(levels: Iterable[float | None]) -> float | None:
    known = [level for level in levels if level is not None]
    return sum(known) / len(known) if known else None


def _row(id: str, name: str, items: Sequence[str], columns: Sequence[SeenSheet]) -> Row:
    cells = tuple(sheet.mean_of(items) for sheet in columns)
    recent = [cell for cell in cells[-RECENT:] if cell is not None]
    return Row(id, name, _mean(recent), len(recent), cells)


def _weakest(sheets: Sequence[SeenSheet]) -> tuple[Row, ...]:
    """The points with the lowest mean over the last sessions; of equals those that were rated more often first."""
    columns = tuple(reversed(_one_each(sheets)[:RECENT]))
    rows = [_row(item, text, [item], columns) for item, text in checklist.texts().items()]
    enough = [(row.mean, -row.count, row) for row in rows if row.mean is not None and row.count >= LEAST]
    return tuple(row for *_, row in sorted(enough, key=lambda one: one[:2])[:WEAKEST])


def _pairs(own: Sequence[SeenSheet], others: Sequence[SeenSheet]) -> Counter[tuple[int, int]]:
    mine = {one.session.pk: one.items for one in own}
    return Counter(
        (mine[one.session.pk][item], level)
        for one in others
        if one.session.pk in mine
        for item, level in one.items.items()
        if item in mine[one.session.pk]
    )
