from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebank.models import CaseVersion
from casebank.words import query, unfinished
from tests.casebank.shelf import CANARY, case


@pytest.fixture
def bank(db: None) -> None:
    case("feed", title="Ranking a social feed", tags=["social", "real-time"], prompt="**Order** the posts.")
    case(
        "rental", title="Similar rentals", summary="Homes that rank alike.", tags=["travel"], kind="retrieval"
    )
    case("homepage", title="Video recommendations", tags=["cold start"], prompt="Nobody said what they want.")


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("feed", ["feed"]),
        ("FEEDS", ["feed"]),
        ("ranking", ["feed", "homepage", "rental"]),
        ("recommendation", ["homepage"]),
        ("recommenda", ["homepage"]),
        ("real-ti", ["feed"]),
        ("social fee", ["feed"]),
        ("travel feed", []),
        ("travel or feed", ["feed", "rental"]),
        ('"similar rentals"', ["rental"]),
        ('"rentals similar"', []),
        ("ranking -social", ["homepage", "rental"]),
        ("posts", ["feed"]),
        ("cold start", ["homepage"]),
        ("retrieval", ["rental"]),
        (CANARY, []),
        (CANARY[:5], []),
        ("'\"--", []),
    ],
)
def test_what_words_find(words: str, found: list[str]) -> None:
    slugs = CaseVersion.objects.filter(search=query(words)).values_list("case__slug", flat=True)
    assert sorted(slugs) == found


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("rank", ("", "rank")),
        ("social fee", ("social", "fee")),
        ("real-ti", ("real-", "ti")),
        ("ads -fra", ("ads -fra", "")),
        ("-fra", ("-fra", "")),
        ('"social fee', ('"social fee', "")),
        ('"social" fee', ('"social"', "fee")),
        ("ads or", ("ads or", "")),
        ("or", ("", "or")),
        ("c++", ("c++", "")),
        ("", ("", "")),
    ],
)
def test_which_word_may_be_unfinished(typed: str, cut: tuple[str, str]) -> None:
    assert unfinished(typed) == cut


@pytest.mark.django_db
@given(words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
@pytest.mark.asvs("1.2.4")
def test_no_words_are_too_strange(words: str) -> None:
    assert not CaseVersion.objects.filter(search=query(words)).exists()
