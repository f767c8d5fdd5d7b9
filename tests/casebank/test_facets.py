from __future__ import annotations

import pytest

from casebank.facets import MOST_TAGS, Choice, Row, choose

ROWS = [
    Row(1, "senior", "ranking", ("ads", "feed"), done=True, seen=True),
    Row(2, "senior", "retrieval", ("feed",), done=False, seen=True),
    Row(3, "mid", "ranking", ("ads",), done=False, seen=False),
]


@pytest.mark.parametrize(
    ("choice", "fitting"),
    [
        (Choice(), [1, 2, 3]),
        (Choice(tag="feed"), [1, 2]),
        (Choice(tag="fee"), []),
        (Choice(level="mid"), [3]),
        (Choice(kind="ranking", level="senior"), [1]),
        (Choice(undone=True), [2, 3]),
        (Choice(unseen=True), [3]),
        (Choice(tag="feed", undone=True), [2]),
    ],
)
def test_what_fits(choice: Choice, fitting: list[int]) -> None:
    assert [row.pk for row in choose(ROWS, choice)[0]] == fitting


def test_a_facet_counts_what_choosing_its_value_would_leave() -> None:
    _, facets = choose(ROWS, Choice(level="senior"))
    assert facets.levels == (("mid", 1), ("senior", 2))
    assert facets.kinds == (("ranking", 1), ("retrieval", 1))
    assert facets.tags == (("ads", 1), ("feed", 2))
    assert (facets.undone, facets.unseen) == (1, 0)


def test_of_many_tags_the_frequent_stand_there_and_the_chosen() -> None:
    rows = [Row(i, "mid", "ranking", (f"tag {i:03}", "rare"), done=False, seen=False) for i in range(100)]
    rows += [Row(100 + i, "mid", "ranking", (f"tag {i:03}",), done=False, seen=False) for i in range(60)]
    _, facets = choose(rows, Choice(tag="tag 099"))
    assert len(facets.tags) == MOST_TAGS + 1
    assert dict(facets.tags)["tag 099"] == 1
