from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from casebank import frameworks
from interviews.actions import feedback
from interviews.models import ItemScore, ScoreSheet, Session
from interviews.queries.sheets_seen import sheets_of
from interviews.queries.weakest import weakest_step_in, weakest_step_of
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case

WORDS = [{"where": "data", "start": 0, "end": 6, "quote": "clicks"}]


def sheet(session: Session, **low: int) -> ScoreSheet:
    """An automatic sheet of 2 for every item, but for the steps that are given."""
    made = ScoreSheet.objects.create(
        submission=session.submission,
        source=ScoreSheet.Source.AUTOMATIC,
        scorer_version=f"test-{ScoreSheet.objects.count()}",
        overall=3,
        created_at=timezone.now(),
    )
    levels = {item: low.get(step.id, 2) for step in frameworks.default().steps for item in step.items}
    ItemScore.objects.bulk_create(
        ItemScore(sheet=made, item=item, level=level, evidence=WORDS) for item, level in levels.items()
    )
    return made


def test_before_the_first_score_there_is_none(submitted: Session, ada: User) -> None:
    assert weakest_step_of(ada) is None


def test_the_lowest_step_of_the_candidates_own_sheets(
    submitted: Session, ada: User, ben: User, cleo: User
) -> None:
    sheet(submitted, features=1)
    weakest = weakest_step_of(ada)
    assert weakest
    assert (weakest.step, weakest.mean, weakest.sessions) == ("features", 1, 1)
    assert weakest_step_of(ben) is None  # he asked
    assert weakest_step_of(cleo) is None


def test_no_sheet_counts_before_its_candidate_has_rated_herself(unrated: Session, ada: User) -> None:
    sheet(unrated, features=1)
    assert weakest_step_of(ada) is None
    feedback.skip_self(seat=unrated.seats.get(user=ada), now=timezone.now())
    assert weakest_step_of(ada)


def test_the_newest_sheet_of_a_session_counts(submitted: Session, ada: User) -> None:
    sheet(submitted, features=0)
    sheet(submitted, data=1)
    weakest = weakest_step_of(ada)
    assert weakest
    assert (weakest.step, weakest.sessions) == ("data", 1)


def test_who_has_the_sheets_at_hand_finds_the_same(submitted: Session, ada: User) -> None:
    assert weakest_step_in(sheets_of(ada.pk, timezone.now())) is None
    sheet(submitted, features=0)
    sheet(submitted, data=1)
    assert weakest_step_in(sheets_of(ada.pk, timezone.now())) == weakest_step_of(ada)


def test_the_whiteboard_is_no_step_to_propose(submitted: Session, ada: User) -> None:
    sheet(submitted, board=0, model=1)
    weakest = weakest_step_of(ada)
    assert weakest
    assert weakest.step == "model"


def test_the_bank_says_why_it_proposes_a_case(submitted: Session, as_ada: Client, as_ben: Client) -> None:
    sheet(submitted, data=1)
    case("fraud", title="Card fraud", tags=["delayed labels", "ads"])
    page = as_ada.get("/cases/?sort=weakest").content.decode()
    assert "Prepare the data</strong>: 1.0 of 3 over 1 session." in page
    assert "Trains Prepare the data: delayed labels" in page
    assert page.index("Card fraud") < page.index("Ad click prediction")
    assert "no scored session yet" in as_ben.get("/cases/?sort=weakest").content.decode()


def test_the_bank_offers_the_order_where_it_could_help(
    submitted: Session, as_ada: Client, make_session: Callable[..., Session]
) -> None:
    sheet(submitted, data=1)
    assert "/cases/?words=ad&amp;sort=weakest" in as_ada.get("/cases/?words=ad").content.decode()
