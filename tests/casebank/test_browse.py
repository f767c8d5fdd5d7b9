"""The bank as each of the cast sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from casebank.actions.seen import mark
from casebank.browse import PAGE, Shelf, Wanted, browse
from casebank.models import CaseVersion
from mlsd_site.accounts.models import User
from tests.casebank.shelf import CANARY, case

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(ada: User) -> dict[str, CaseVersion]:
    """Two of the project's cases, and one that is Ada's alone."""
    return {
        "feed": case("feed", title="Feed", tags=["social"], level="staff"),
        "fraud": case("fraud", title="Fraud", tags=["payments"], kind="classification"),
        "secret": case("secret", owner=ada, title="Secret", tags=["moonshot"], level="mid", kind="platform"),
    }


def slugs(shelf: Shelf) -> list[str]:
    return [card.version.case.slug for card in shelf.cards]


def look(user: User | AnonymousUser, **given: str) -> Shelf:
    return browse(user, Wanted.of(given))


def test_ones_own_private_case_is_on_the_shelf(bank: dict[str, CaseVersion], ada: User) -> None:
    assert slugs(look(ada)) == ["feed", "fraud", "secret"]


@pytest.mark.parametrize("words", ["", "secret", "moonshot", "platform"])
def test_a_strangers_private_case_is_nowhere(bank: dict[str, CaseVersion], cleo: User, words: str) -> None:
    for user in (cleo, AnonymousUser()):
        shelf = look(user, words=words)
        assert "secret" not in slugs(shelf)
        assert "moonshot" not in dict(shelf.facets.tags)
        assert "platform" not in dict(shelf.facets.kinds)
        assert "mid" not in dict(shelf.facets.levels)
        assert shelf.total == (0 if words else 2)


def test_the_newest_version_alone_is_found(bank: dict[str, CaseVersion], cleo: User) -> None:
    case("feed", number=2, title="Timeline")
    assert slugs(look(cleo, words="timeline")) == ["feed"]
    assert slugs(look(cleo, words="social")) == []


@pytest.mark.parametrize("how", ["guide", "interviewer", "candidate"])
def test_what_one_has_done_and_seen_can_be_left_out(
    bank: dict[str, CaseVersion], ada: User, how: str
) -> None:
    mark(case_id=bank["feed"].case_id, ways={ada.pk: how}, now=timezone.now())
    assert slugs(look(ada, unseen="1")) == ["fraud"]  # she wrote the secret one
    assert slugs(look(ada, undone="1")) == (
        ["fraud", "secret"] if how == "candidate" else ["feed", "fraud", "secret"]
    )


def test_what_another_has_seen_changes_nothing(bank: dict[str, CaseVersion], ada: User, ben: User) -> None:
    mark(case_id=bank["feed"].case_id, ways={ben.pk: "guide"}, now=timezone.now())
    assert look(ada, unseen="1").total == 2


def test_titles_come_before_prompts(cleo: User) -> None:
    case("a", title="A queue", prompt="It is about fraud.")
    case("b", title="Z of fraud")
    assert slugs(look(cleo, words="fraud")) == ["b", "a"]
    assert slugs(look(cleo, words="fraud", sort="title")) == ["a", "b"]


def test_newest_first(bank: dict[str, CaseVersion], cleo: User) -> None:
    assert slugs(look(cleo, sort="newest")) == ["fraud", "feed"]


def test_pages_hold_every_case_once(cleo: User) -> None:
    for i in range(2 * PAGE + 3):
        case(f"case-{i}", title="Twin")
    seen = [slug for page in "123" for slug in slugs(look(cleo, page=page))]
    assert len(seen) == len(set(seen)) == 2 * PAGE + 3
    assert look(cleo, page="99").wanted.page == 3


@pytest.mark.parametrize("page", ["0", "-1", "two", "9" * 40, "²", ""])
def test_a_page_that_is_none_is_the_first(cleo: User, page: str) -> None:
    assert look(cleo, page=page).wanted.page == 1


def test_the_list_costs_the_same_for_many(
    as_ada: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for i in range(PAGE + 5):
        case(f"case-{i}")
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        as_ada.get("/cases/?words=case")


def test_more_cases_come_by_a_link_that_needs_no_script(client: Client) -> None:
    for i in range(PAGE + 1):
        case(f"case-{i:02}")
    first = client.get("/cases/?level=senior").content.decode()
    assert "/cases/?level=senior&amp;page=2" in first
    second = client.get("/cases/?level=senior&page=2").content.decode()
    assert "Case 24" in second
    assert 'href="/cases/?level=senior"' in second


def test_htmx_gets_the_next_rows_alone(client: Client) -> None:
    for i in range(PAGE + 1):
        case(f"case-{i:02}")
    rows = client.get("/cases/?page=2", headers={"HX-Request": "true"}).content.decode()
    assert rows.count("<li") == 1
    assert "facets" not in rows


def test_htmx_gets_new_counts_with_a_new_list_and_a_short_address(
    client: Client, bank: dict[str, CaseVersion]
) -> None:
    response = client.get("/cases/?words=&tag=social&level=", headers={"HX-Request": "true"})
    assert 'id="facets"' in response.content.decode()
    assert response["HX-Replace-Url"] == "/cases/?tag=social"


def test_going_back_gets_the_whole_page(client: Client, bank: dict[str, CaseVersion]) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/cases/", headers=headers).content.decode()


def test_the_guide_is_in_no_list(client: Client, bank: dict[str, CaseVersion]) -> None:
    for address in ("/cases/", f"/cases/?words={CANARY}", "/cases/?sort=weakest", "/api/v1/cases/"):
        assert "Fraud" not in client.get(f"/cases/?words={CANARY}").content.decode()
        page = (
            client.get(address)
            .content.decode()
            .replace(f'value="{CANARY}"', "")
            .replace(f"words={CANARY}", "")
        )
        assert CANARY not in page
