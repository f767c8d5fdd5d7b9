from __future__ import annotations

import itertools
import random

import pytest

from tests.whiteboard.drawing import box, scene_of
from tests.whiteboard.merging import merge
from whiteboard.rules.merge import beats, in_order


@pytest.mark.parametrize(
    ("new", "old", "wins"),
    [
        ((2, 9), (1, 1), True),
        ((1, 1), (2, 9), False),
        ((3, 4), (3, 5), True),
        ((3, 5), (3, 4), False),
        ((3, 4), (3, 4), False),
    ],
)
def test_the_higher_version_wins_and_of_equals_the_lower_nonce(
    new: tuple[int, int], old: tuple[int, int], wins: bool
) -> None:
    copies = [box("1", version=version, versionNonce=nonce) for version, nonce in (new, old)]
    assert beats(*copies) is wins


def test_what_is_not_there_yet_is_taken() -> None:
    assert beats(box("1"), None)


def test_merging_twice_changes_nothing() -> None:
    incoming = [box("1", version=2), box("2")]
    once = merge({}, incoming)
    assert merge(once, incoming) == once


def test_the_order_of_arrival_does_not_matter() -> None:
    copies = [box("1", version=v, versionNonce=n, x=v * 10 + n) for v in (1, 2) for n in (1, 2)]
    scenes = [merge({}, order) for order in itertools.permutations(copies)]
    assert all(scene == scenes[0] for scene in scenes)


def test_a_deletion_is_an_edit_like_another() -> None:
    scene = merge(scene_of(box("1", version=3)), [box("1", version=4, isDeleted=True)])
    assert scene["1"]["isDeleted"]
    assert not merge(scene, [box("1", version=5)])["1"]["isDeleted"]


def test_merging_leaves_its_arguments_alone() -> None:
    scene = scene_of(box("1"))
    merge(scene, [box("1", version=2)])
    assert scene["1"]["version"] == 1


def test_elements_are_ordered_by_index_then_id_whatever_the_order_of_arrival() -> None:
    elements = [box("2", index="a1"), box("1", index="a1"), box("3", index="Zz"), box("4", index=None)]
    random.Random(1).shuffle(elements)
    assert [element["id"] for element in in_order(elements)] == ["4", "3", "1", "2"]
