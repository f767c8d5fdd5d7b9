"""Who says what of a report's points: each source by itself, and the steps with what they all say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casebank.markup import plain
from interviews.models import ScoreSheet
from interviews.papers.paper import Means, Opinion, Point, Quote, Step, Verdict
from interviews.queries.people_report import PeopleReport
from interviews.queries.report import LEVELS, OVERALL, ItemReport, Report, StepReport
from interviews.views.steps import names

_UNSURE = "the scorer is unsure"


@dataclass(frozen=True, slots=True)
class Source:
    """One who says something: what of the whole, what of a point, and the level 0-3 that counts in a step's mean."""

    name: str
    verdict: Verdict
    opinion: Callable[[ItemReport], Opinion | None]
    counted: Callable[[ItemReport], int | None]


def machines(found: Report) -> Iterable[Source]:
    if sheet := found.sheet:
        about = f"{sheet.scorer} scorer, version {sheet.scorer_version}: a suggestion, not a decision"
        yield Source(
            "Automatic",
            Verdict("Automatic", found.overall_label, about=about),
            lambda item: Opinion(
                "Automatic", item.level, item.label, _UNSURE if item.level and item.confidence < 0.5 else ""
            ),
            lambda item: item.level,
        )
    if judge := found.judge.sheet:
        words = OVERALL.get(judge.overall or 0, "No verdict")
        yield Source(
            "Model judge",
            Verdict("Model judge", words, about=f"{judge.scorer_version}: a second opinion"),
            lambda item: Opinion("Model judge", item.judge.level, item.judge_label) if item.judge else None,
            lambda item: item.judge.level if item.judge else None,
        )


def own(name: str, sheet: ScoreSheet) -> Source:
    return Source(
        name,
        Verdict(name, OVERALL.get(sheet.overall or 0, "")),
        lambda item: Opinion(name, item.own or 0, item.own_label) if item.own_single else None,
        lambda item: item.own,
    )


def people(found: Report) -> list[PeopleReport]:
    return [one for one in (found.people, *found.others) if one]


def person(name: str, sheet: PeopleReport, *, words: bool) -> Source:
    """An interviewer's sheet; without `words` their reasons stay away."""

    def opinion(item: ItemReport) -> Opinion | None:
        said = sheet.marks.get(item.id)
        if said is None:
            return None
        return Opinion(name, said.level, LEVELS[said.level], said.reason if words else "")

    def counted(item: ItemReport) -> int | None:
        return sheet.marks[item.id].level if item.id in sheet.marks else None

    said = sheet.verdict
    about = "" if sheet.sent_at else "not sent: only its author sees it"
    verdict = Verdict(
        name,
        OVERALL.get(said.level, "") if said else "",
        said.reason if said and words else "",
        about,
    )
    return Source(name, verdict, opinion, counted)


def unnamed(person: PeopleReport) -> str:
    return f"Interviewer {person.led}".strip()


def without(one: Source, *, verdict: bool, levels: bool) -> Source:
    """The same source with what was not chosen taken away."""
    return Source(
        one.name,
        one.verdict if verdict else Verdict(one.name, ""),
        one.opinion if levels else lambda item: None,
        one.counted if levels else lambda item: None,
    )


def means(found: Report, sources: list[Source]) -> Means | None:
    steps = [step for step in found.steps if step.items]
    told = [
        one for one in sources if any(one.counted(item) is not None for step in steps for item in step.items)
    ]
    if not told:
        return None
    rows = tuple((step.name, tuple(_mean(step, one) for one in told)) for step in steps)
    return Means(tuple(one.name for one in told), rows)


def _mean(step: StepReport, source: Source) -> str:
    """The mean level in words, and of how many points where those are not all."""
    said = [level for item in step.items if (level := source.counted(item)) is not None]
    if not said:
        return ""
    few = f" ({len(said)} of {len(step.items)})" if len(said) < len(step.items) else ""
    return f"{sum(said) / len(said):.1f}{few}"


def steps(found: Report, sources: list[Source], *, quoted: bool, listed: bool) -> tuple[Step, ...]:
    """Each step with the points of which something is said. `quoted`: with what earned it. `listed`: the other points
    are named too."""
    made = []
    for step in found.steps:
        points, missing = [], []
        for item in step.items:
            point = _point(item, sources, quoted=quoted)
            if any(one.level or one.remark for one in point.opinions) or point.quotes:
                points.append(point)
            elif listed:
                missing.append(item.text)
        if points or missing:
            beside = f"{step.shown} of {len(step.items)} shown" if found.sheet and listed else ""
            made.append(Step(step.name, tuple(points), tuple(missing), beside))
    return tuple(made)


def _point(item: ItemReport, sources: list[Source], *, quoted: bool) -> Point:
    opinions = tuple(said for one in sources if (said := one.opinion(item)))
    quotes = [_quote(piece, "") for piece in item.evidence]
    quotes += [_quote(piece, "Model judge") for piece in (item.judge.evidence if item.judge else ())]
    return Point(item.text, opinions, tuple(quotes) if quoted else ())


def _quote(piece: dict[str, str], by: str) -> Quote:
    if piece["where"] == "board":
        return Quote(piece["quote"], "Whiteboard", by)
    return Quote(plain(piece["quote"]), names().get(piece["where"], piece["where"]), by)
