"""Rating a calibration session: drafts, sealing once, and what is sealed never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from casebank.models import SeenCase
from interviews.actions import calibration
from interviews.actions.drafts import Incomplete, Stale
from interviews.calibration import keys, works
from interviews.errors import Refused
from interviews.models import CalibrationDraft, CalibrationLevel, CalibrationRating
from interviews.queries.calibration import overview_of, result_of, shelf_of, steps
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

NOW = timezone.now()
SLUG = "ad-clicks"
WHOLE = {item: "1" for _, _, items in steps() for item in items} | {"overall": "2"}


def seal(
    user: User, slug: str = SLUG, days: int = 0, changed: Mapping[str, str] | None = None
) -> CalibrationRating:
    given, now = {**WHOLE, **(changed or {})}, NOW + timedelta(days=days)
    return calibration.seal(user=user, work=works.load()[slug], given=given, now=now)


def save(user: User, given: dict[str, str], base: int) -> CalibrationDraft:
    return calibration.save_draft(user=user, work=works.load()[SLUG], given=given, base=base, now=NOW)


def test_what_is_sealed_stands_beside_the_key_of_that_day(ben: User) -> None:
    save(ben, WHOLE, 0)
    rating = seal(ben)
    assert (rating.overall, rating.key_overall, rating.round) == (2, keys.of(SLUG).overall, 1)
    stored = dict(CalibrationLevel.objects.filter(rating=rating).values_list("item", "key"))
    assert stored == keys.of(SLUG).levels
    assert not CalibrationDraft.objects.exists()


def test_the_same_save_twice_is_one_and_an_older_window_is_told(ben: User) -> None:
    assert save(ben, {"clarify.goal": "1"}, 0).version == 1
    assert save(ben, {"clarify.goal": "1"}, 0).version == 1
    with pytest.raises(Stale):
        save(ben, {"clarify.goal": "2"}, 0)
    assert save(ben, {"clarify.goal": "2"}, 1).version == 2


def test_nothing_is_sealed_while_a_point_is_missing(ben: User) -> None:
    with pytest.raises(Incomplete) as incomplete:
        seal(ben, changed={"clarify.goal": "", "overall": ""})
    assert set(incomplete.value.faults) == {"clarify.goal", "overall"}
    assert not CalibrationRating.objects.exists()


def test_it_is_sealed_once_and_again_after_thirty_days(ben: User, cleo: User) -> None:
    seal(ben)
    for again in (lambda: seal(ben, days=29), lambda: save(ben, WHOLE, 0)):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "sealed"
    assert seal(ben, days=30).round == 2
    assert seal(cleo).round == 1


def test_a_sealed_rating_never_changes(ben: User) -> None:
    rating = seal(ben)
    for table, change in (("rating", "overall = 4"), ("rating", "round = 2"), ("level", "level = 3")):
        with pytest.raises(Error, match="never change"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE interviews_calibration{table} SET {change}")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalibrationRating.objects.create(rater=ben, work=SLUG, round=1, overall=1, key_overall=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalibrationLevel.objects.create(rating=rating, item="new", level=4, key=0)


def test_only_first_rounds_count_and_only_ones_own(ben: User, cleo: User) -> None:
    assert overview_of(ben) is None
    seal(ben)
    seal(cleo, "card-fraud")
    seal(ben, days=40, changed=dict.fromkeys(keys.of(SLUG).levels, "3"))
    alone_ = overview_of(ben)
    assert alone_
    assert (alone_.all.n, len(alone_.sessions)) == (50, 1)
    assert not alone_.all.leniency.is_known
    seal(ben, "social-feed", days=1, changed={"out-board": "1"})
    both = overview_of(ben)
    assert both
    assert (both.all.n, both.all.sessions) == (92, 2)
    assert both.all.leniency.is_known
    assert [one.title for one in both.sessions] == ["Ad clicks", "Order of a social feed"]
    assert {step.id: step.found.n for step in both.steps if step.found}["board"] == 8


def test_a_result_has_the_biggest_difference_first_with_its_words(ben: User) -> None:
    rating = seal(
        ben,
        changed={
            item: str(level) for item, level in keys.of(SLUG).levels.items() if item != "frame.objective"
        },
    )
    found = result_of(rating, works.load()[SLUG])
    first = found.points[0]
    assert (first.difference.item, first.difference.mine, first.difference.key) == ("frame.objective", 1, 3)
    assert first.quotes == keys.of(SLUG).evidence["frame.objective"]
    assert found.all.exact == 0.98


def test_reading_a_work_is_knowing_its_case_and_is_asked_first_where_it_spoils(ben: User) -> None:
    alone(ben)
    work = works.load()[SLUG]
    with pytest.raises(Refused) as refused:
        calibration.open_work(user=ben, work=work, although_it_spoils=False, now=NOW)
    assert refused.value.code == "would_spoil"
    assert [one.is_new for one in shelf_of(ben, NOW) if one.work.slug == SLUG] == [True]
    calibration.open_work(user=ben, work=work, although_it_spoils=True, now=NOW)
    assert SeenCase.objects.filter(user=ben, case__slug=work.case, how="observer").exists()
    calibration.open_work(user=ben, work=work, although_it_spoils=False, now=NOW)
