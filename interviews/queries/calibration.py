"""Calibration sessions as one rater finds them. Nothing here that shows a rating form reads a key; `result_of` and
`overview_of` do, of what is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from casebank import checklist, frameworks
from casebank.models import Case
from casebank.seen import known_to
from interviews.calibration import keys, works
from interviews.calibration.keys import Key, Quote
from interviews.calibration.works import Work
from interviews.models import CalibrationDraft, CalibrationLevel, CalibrationRating
from interviews.queries.seen import awaited_cases
from interviews.rules import calibration as rules
from interviews.rules.calibration import Closeness, Difference, Pair, StepCloseness, Steps
from interviews.rules.feedback import Question
from interviews.rules.raters import raters_needed


def steps() -> Steps:
    """The steps that levels are given in: those of the default framework that have points."""
    return [(one.id, one.name, one.items) for one in frameworks.default().steps if one.items]


@dataclass(frozen=True, slots=True)
class Shelved:
    """One work as the list shows it. `draft` is (points rated, points that want a level) where one has begun, `ratings`
    what one has sealed of it, the first one first; `again_at` is when one may rate it again. `is_new` says that its
    case is one that the rater does not know yet."""

    work: Work
    draft: tuple[int, int] | None
    ratings: tuple[CalibrationRating, ...]
    may_rate: bool
    is_new: bool

    @property
    def last(self) -> CalibrationRating | None:
        return self.ratings[-1] if self.ratings else None

    @property
    def again_at(self) -> datetime | None:
        return self.last.sealed_at + rules.AGAIN_AFTER if self.last else None


def shelf_of(user: AbstractBaseUser, now: datetime) -> list[Shelved]:
    """All works, those first that are still to be rated."""
    drafts = {one.work: one for one in CalibrationDraft.objects.filter(rater_id=user.pk)}
    sealed: dict[str, list[CalibrationRating]] = {}
    for rating in CalibrationRating.objects.filter(rater_id=user.pk).order_by("round"):
        sealed.setdefault(rating.work, []).append(rating)
    cases = dict(Case.objects.filter(owner=None).values_list("slug", "pk"))
    known = known_to(user).seen
    found = []
    for work in works.load().values():
        draft, ratings = drafts.get(work.slug), tuple(sealed.get(work.slug, ()))
        found.append(
            Shelved(
                work,
                rules.rated(steps(), draft.answers) if draft else None,
                ratings,
                rules.may_rate(ratings[-1].sealed_at if ratings else None, now),
                work.case in cases and cases[work.case] not in known,
            )
        )
    return sorted(found, key=lambda one: bool(one.ratings))


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked about a work, and how far it is; `round` is the number that it would be sealed as."""

    work: Work
    questions: tuple[Question, ...]
    draft: dict[str, str]
    version: int
    saved_at: datetime | None
    round: int
    may_rate: bool


def form_of(user: AbstractBaseUser, work: Work, now: datetime) -> Form:
    draft = CalibrationDraft.objects.filter(rater_id=user.pk, work=work.slug).first()
    last = last_of(user, work)
    return Form(
        work,
        rules.questions(steps(), checklist.texts()),
        draft.answers if draft else {},
        draft.version if draft else 0,
        draft.updated_at if draft else None,
        last.round + 1 if last else 1,
        rules.may_rate(last.sealed_at if last else None, now),
    )


def last_of(user: AbstractBaseUser, work: Work) -> CalibrationRating | None:
    """This rater's last sealed rating of a work."""
    return CalibrationRating.objects.filter(rater_id=user.pk, work=work.slug).order_by("-round").first()


def would_spoil(user: AbstractBaseUser, work: Work) -> bool:
    """Whether this person is about to be interviewed on the case that the work answers, and does not know it yet."""
    case = Case.objects.filter(slug=work.case, owner=None).first()
    if case is None or case.pk in known_to(user).seen:
        return False
    return case.pk in awaited_cases([user.pk]).get(user.pk, ())


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a sealed rating: its levels, and the words that earned the key's."""

    difference: Difference
    text: str
    step: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A sealed rating beside its key. `points` have the biggest difference first; `all` is over all of them, `steps` by
    step; `rounds` are all that this rater sealed of the work."""

    rating: CalibrationRating
    work: Work
    key: Key
    all: Closeness
    steps: tuple[StepCloseness, ...]
    points: tuple[Point, ...]
    rounds: tuple[CalibrationRating, ...]

    @property
    def left_out(self) -> list[str]:
        return [step.name for step in self.steps if step.found is None]


def result_of(rating: CalibrationRating, work: Work) -> Result:
    """Of one's own rating, which is sealed; the access door has looked."""
    pairs = _pairs([rating])[rating.pk]
    key, texts = keys.of(work.slug), checklist.texts()
    names = {item: name for _, name, items in steps() for item in items}
    found = rules.closeness([list(pairs.values())])
    if found is None:
        raise ValueError(f"{rating} holds no level")
    return Result(
        rating,
        work,
        key,
        found,
        rules.by_step(steps(), [pairs]),
        tuple(
            Point(one, texts[one.item], names[one.item], key.evidence.get(one.item, ()))
            for one in rules.differences(pairs)
        ),
        tuple(CalibrationRating.objects.filter(rater=rating.rater_id, work=rating.work).order_by("round")),
    )


@dataclass(frozen=True, slots=True)
class Session:
    """One sealed rating in the order of sealing: its title, and how far it was from the key."""

    rating: CalibrationRating
    title: str
    found: Closeness


@dataclass(frozen=True, slots=True)
class Overview:
    """Over all works that were rated blind, each once. `raters` is how many raters' mean would be as reliable as
    `rules.GOOD`, None where that cannot be said."""

    all: Closeness
    steps: tuple[StepCloseness, ...]
    sessions: tuple[Session, ...]
    verdicts_exact: int
    raters: int | None

    @property
    def is_few(self) -> bool:
        return len(self.sessions) < rules.FEW


def overview_of(user: AbstractBaseUser) -> Overview | None:
    """None before anything is sealed. Only first rounds count: in later ones the key was known."""
    titles = {slug: work.title for slug, work in works.load().items()}
    blind = list(CalibrationRating.objects.filter(rater_id=user.pk, round=1).order_by("sealed_at", "pk"))
    held = _pairs(blind)
    pairs = [held[rating.pk] for rating in blind]
    found = rules.closeness([list(one.values()) for one in pairs])
    if found is None:
        return None
    each = [(rating, rules.closeness([list(held[rating.pk].values())])) for rating in blind]
    return Overview(
        found,
        rules.by_step(steps(), pairs),
        tuple(Session(one, titles.get(one.work, one.work), lean) for one, lean in each if lean),
        sum(rating.overall == rating.key_overall for rating in blind),
        raters_needed(found.icc.value, rules.GOOD) if found.icc else None,
    )


def _pairs(ratings: Sequence[CalibrationRating]) -> dict[int, dict[str, Pair]]:
    """{id of a rating: {item: (my level, the key's)}}, the items in the order of the checklist."""
    order = {item.id: at for at, item in enumerate(checklist.load().items)}
    rows = CalibrationLevel.objects.filter(rating__in=ratings, item__in=order)
    found: dict[int, dict[str, Pair]] = {rating.pk: {} for rating in ratings}
    for row in sorted(rows, key=lambda row: order[row.item]):
        found[row.rating_id][row.item] = (row.level, row.key)
    return found
