"""Labelled files are read whole or refused with file, key and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interviews.scoring.measuring import labels
from interviews.scoring.measuring.labels import LabelError, Sample, locate, on_board
from tests.interviews.scoring.answers import FOLDER, labelled
from whiteboard.graph import Edge, Graph, Part

ITEMS = ("clarify.goal", "deploy.monitoring", "board.online")


def good() -> dict[str, Any]:
    return {
        "id": "x",
        "case": "ad-click-prediction",
        "profile": "plain",
        "notes": {"clarify": "We earn\nper click."},
        "diagram": {"nodes": [{"id": "m", "label": "Model"}]},
        "gold": {"scores": {"clarify.goal": 2, "deploy.monitoring": 0, "board.online": 1}, "overall": 2},
        "evidence": {
            "clarify.goal": [{"where": "clarify", "quote": "earn per click"}],
            "board.online": [{"where": "diagram", "quote": "Model"}],
        },
    }


def read(folder: Path, data: dict[str, Any]) -> Sample:
    (folder / "one.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    [sample] = labels.load(folder, ITEMS)
    return sample


def test_levels_and_marks_are_read(tmp_path: Path) -> None:
    sample = read(tmp_path, good())
    assert (sample.levels, sample.overall) == (good()["gold"]["scores"], 2)
    assert sample.marks is not None
    assert sample.marks["clarify.goal"][0].spans == ((3, 17),)
    assert sample.marks["board.online"][0].elements == {"m"}


def test_a_file_without_marks_has_levels_only(tmp_path: Path) -> None:
    assert read(tmp_path, {**good(), "evidence": None}).marks is None


def test_a_profile_is_no_label(tmp_path: Path) -> None:
    data = good()
    del data["profile"]
    assert read(tmp_path, data).profile == ""


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("gold",), None, "gold: is missing: the file has no labels"),
        (("gold",), 3, "gold.scores: must be a mapping"),
        (("gold", "scores"), {"clarify.goal": 2}, "gold.scores.deploy.monitoring: is missing (and 1 more)"),
        (
            ("gold", "scores", "clarify.goal"),
            4,
            "gold.scores.clarify.goal: must be a whole number from 0 to 3",
        ),
        (("gold", "scores", "clarify.goal"), True, "gold.scores.clarify.goal: must be a whole number"),
        (("gold", "scores", "clarify.gaol"), 1, "gold.scores.clarify.gaol: is no item of the checklist"),
        (("gold", "overall"), None, "gold.overall: is missing"),
        (("gold", "overall"), 5, "gold.overall: must be a whole number from 1 to 4"),
        (("profile",), ["x"], "profile: must be text"),
        (("evidence",), ["x"], "evidence: must be a mapping"),
        (("evidence", "clarify.goal"), "earn", "evidence.clarify.goal: must be a list"),
        (("evidence", "clarify.goal"), [], "evidence.clarify.goal: is missing, though the item has level 2"),
        (("evidence", "clarify.gaol"), [], "evidence.clarify.gaol: is no item"),
        (("evidence", "clarify.goal"), [{"where": "clarify"}], "evidence.clarify.goal[0]: must have `where`"),
        (
            ("evidence", "clarify.goal"),
            [{"where": "outro", "quote": "earn"}],
            "evidence.clarify.goal[0].where: must be a step",
        ),
        (
            ("evidence", "clarify.goal"),
            [{"where": "clarify", "quote": "lose"}],
            "evidence.clarify.goal[0].quote: does not stand in notes.clarify",
        ),
        (
            ("evidence", "board.online"),
            [{"where": "diagram", "quote": "Mod"}],
            "evidence.board.online[0].quote: stands on no element",
        ),
        (("notes",), None, "notes: must be a mapping"),
    ],
)
def test_half_a_label_is_named(tmp_path: Path, key: tuple[str, ...], value: object, said: str) -> None:
    data = good()
    place = data
    for name in key[:-1]:
        place = place[name]
    place[key[-1]] = value
    with pytest.raises(LabelError) as error:
        read(tmp_path, data)
    assert f"one.yaml: {said}" in str(error.value)


def test_every_bad_file_is_named_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump({**good(), "gold": None}), encoding="utf-8")
    with pytest.raises(LabelError) as error:
        read(tmp_path, good())
    assert len(error.value.faults) == 2


def test_no_folder_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"holds no \.yaml files"):
        labels.load(tmp_path, ITEMS)
    with pytest.raises(LabelError, match="does not exist"):
        labels.load(tmp_path / "nowhere", ITEMS)


def test_all_samples_of_the_repository_are_labelled_and_marked() -> None:
    assert len(labelled()) == len(list(FOLDER.glob("*.yaml")))
    for sample in labelled():
        marks = sample.marks or {}
        assert all(marks.get(item) for item, level in sample.levels.items() if level)


def test_a_quotation_is_found_wherever_it_stands() -> None:
    assert locate("a b, a\nb", "a b") == ((0, 3), (5, 8))
    assert locate("anything", " ") == ()
    assert locate("cost (USD)", "(USD)") == ((5, 10),)


def test_words_on_the_board_name_all_elements_that_bear_them() -> None:
    graph = Graph(
        parts=(Part("a", "App"), Part("b", "Model"), Part("c", "Model")),
        edges=(Edge("1", "a", "b", "asks"), Edge("2", "a", "c")),
    )
    assert on_board(graph, "Model") == {"b", "c"}
    assert on_board(graph, "App -> Model") == {"1", "2"}
    assert on_board(graph, "asks") == {"1"}
    assert on_board(graph, "") == frozenset()
