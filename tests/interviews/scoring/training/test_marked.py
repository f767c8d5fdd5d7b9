"""The marked form is read into the plain one, or refused with file and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from casebank import checklist
from interviews.scoring.measuring import labels
from interviews.scoring.samples import SampleError
from interviews.scoring.training import examples, marked

ITEMS = ("clarify.goal", "clarify.scope", "deploy.monitoring", "board.online")


def good() -> dict[str, Any]:
    return {
        "id": "x",
        "case": "ad-click-prediction",
        "profile": "plain",
        "notes": {
            "clarify": "So: [[clarify.goal|we earn [[clarify.scope, deploy.monitoring|per click]]]].\n"
        },
        "diagram": {
            "nodes": {"m": "Model", "log": "[[deploy.monitoring|alarms]] on drift"},
            "edges": ["m -> log", {"log -> m": "retrain"}],
            "frames": {"online": ["m"]},
        },
        "board": {"board.online": ["m"]},
        "scores": {"clarify": [2, 1], "deploy": [1], "board": [1]},
        "overall": 2,
    }


def read(folder: Path, data: dict[str, Any]) -> dict[str, Any]:
    path = folder / "one.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return marked.read(path, ITEMS)


def test_marks_become_quotations_and_leave_the_text(tmp_path: Path) -> None:
    plain = read(tmp_path, good())
    assert plain["notes"]["clarify"] == "So: we earn per click.\n"
    assert plain["gold"] == {"scores": dict(zip(ITEMS, (2, 1, 1, 1), strict=True)), "overall": 2}
    assert plain["evidence"] == {
        "clarify.goal": [{"where": "clarify", "quote": "we earn per click"}],
        "clarify.scope": [{"where": "clarify", "quote": "per click"}],
        # A mark inside a label means the element that bears it.
        "deploy.monitoring": [
            {"where": "clarify", "quote": "per click"},
            {"where": "diagram", "quote": "alarms on drift"},
        ],
        "board.online": [{"where": "diagram", "quote": "Model"}],
    }


def test_the_plain_form_is_the_samples(tmp_path: Path) -> None:
    sample = labels.parse(tmp_path / "one.yaml", read(tmp_path, good()), ITEMS)
    assert [(edge.source, edge.target, edge.label) for edge in sample.submission.graph.edges] == [
        ("m", "log", ""),
        ("log", "m", "retrain"),
    ]
    assert sample.marks is not None
    assert sample.marks["deploy.monitoring"][1].elements == {"log"}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("board",), ..., "board: is missing"),
        (("remarks",), "x", "remarks: is not known"),
        (("notes",), "x", "notes: must be a mapping"),
        (("notes", "outro"), "x", "notes.outro: is not a step"),
        (("notes", "clarify"), ["x"], "notes.clarify: must be text"),
        (
            ("notes", "data"),
            "[[clarify.goal|never closed",
            "notes.data: never closes the mark of clarify.goal",
        ),
        (("notes", "data"), "a [[matrix]]", "notes.data: opens no mark"),
        (("notes", "data"), "[[clarify.gaol|words]]", "notes.data: marks 'clarify.gaol', which is no item"),
        (("notes", "data"), "[[clarify.goal| ]]", "notes.data: marks no words for clarify.goal"),
        (("diagram", "parts"), {}, "diagram.parts: is not known"),
        (("diagram", "edges"), ["m log"], 'diagram.edges[0]: must be "from -> to: label"'),
        (("diagram", "edges"), ["m -> x"], "diagram.edges[0]: names 'x', which is no node"),
        (("diagram", "frames", "online"), "m", "diagram.frames.online: must be a list"),
        (("board", "clarify.goal"), ["m"], "board.clarify.goal: is no item of the board"),
        (("board", "board.online"), ["x"], "board.board.online: names 'x', which is no node"),
        (("board", "board.online"), [], "board.online: has level 1, but no words are marked"),
        (("scores", "deploy"), [0], "deploy.monitoring: has level 0, but 'per click' is marked"),
        (("scores", "deploy"), [1, 1], "scores.deploy: must have 1 levels"),
        (("scores", "deploy"), [True], "scores.deploy: gives deploy.monitoring the level True"),
        (("scores", "deploi"), [1], "scores.deploi: is not known"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, key: tuple[str, ...], value: object, said: str) -> None:
    data = good()
    place = data
    for name in key[:-1]:
        place = place[name]
    if value is ...:
        del place[key[-1]]
    else:
        place[key[-1]] = value
    with pytest.raises(SampleError) as error:
        read(tmp_path, data)
    assert f"{tmp_path / 'one.yaml'}: {said}" in str(error.value)


def test_every_answer_of_the_corpus_reads_and_every_level_has_its_words() -> None:
    items = checklist.load().items
    found = list(examples.corpus(items))
    assert len(found) == len(list(examples.CORPUS.glob("*.yaml")))
    assert len({sample.submission.id for sample in found}) == len(found)
    for sample in found:
        assert sample.marks is not None
        shown = {item for item, level in sample.levels.items() if level}
        assert shown == sample.marks.keys(), sample.submission.id
