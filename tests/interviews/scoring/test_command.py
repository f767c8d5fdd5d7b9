"""`score PATH...` reads what people wrote, and says what it cannot read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from casebank import checklist
from tests.interviews.scoring.answers import FOLDER

SAMPLE = FOLDER / "d-ad-click-2.yaml"
GOOD = {"id": "x", "case": "ad-click-prediction", "notes": {"clarify": "120 million people a day."}}
Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*paths: Path) -> tuple[int, list[dict[str, object]], str]:
        try:
            call_command("score", *map(str, paths))
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return call


def test_a_file_becomes_one_line_with_all_items(run: Run) -> None:
    code, [line], err = run(SAMPLE)
    assert (code, err, line["id"]) == (0, "", "d-ad-click-2")
    assert line["overall"] in (1, 2, 3, 4)
    items = line["items"]
    assert isinstance(items, dict)
    assert list(items) == [item.id for item in checklist.load().items]


def test_labels_in_the_file_change_nothing(run: Run, tmp_path: Path) -> None:
    data = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    bare = {key: data[key] for key in ("id", "case", "notes", "diagram")}
    (tmp_path / "bare.yaml").write_text(yaml.safe_dump(bare), encoding="utf-8")
    assert run(tmp_path)[1] == run(SAMPLE)[1]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("id: [", "is not valid YAML"),
        ("- a\n- b\n", "must hold a mapping"),
        (yaml.safe_dump({"id": "x", "case": "c"}), "notes: is missing"),
        (yaml.safe_dump(GOOD | {"notes": "text"}), "notes: must be a mapping"),
        (yaml.safe_dump(GOOD | {"notes": {"clarify": 3}}), "notes.clarify: must be text, not int"),
        (yaml.safe_dump(GOOD | {"notes": {"outro": "bye"}}), "notes.outro: is not a step"),
        (yaml.safe_dump(GOOD | {"id": ["x"]}), "id: must be text"),
        (yaml.safe_dump(GOOD | {"diagram": {"nodes": "a"}}), "diagram.nodes: must be a list"),
        ("a: &a [*a]\nb: !!python/object:os.system {}", "is not valid YAML"),
    ],
)
def test_a_bad_file_is_named_with_key_and_reason(run: Run, tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "a-bad.yaml").write_text(content, encoding="utf-8")
    (tmp_path / "b-good.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    code, lines, err = run(tmp_path)
    assert code == 1
    assert [line["id"] for line in lines] == ["x"]
    assert "a-bad.yaml" in err
    assert named in err


def test_a_missing_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    code, lines, err = run(tmp_path / "nowhere.yaml", SAMPLE)
    assert (code, len(lines)) == (1, 1)
    assert "nowhere.yaml: file: does not exist" in err


def test_a_huge_file_is_refused_unread(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    code, _, err = run(tmp_path)
    assert code == 1
    assert "is 50 MB; at most 4 MB can be judged" in err


def test_bytes_that_are_no_text_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"id: caf\xe9\n")
    assert "is not UTF-8 text" in run(tmp_path)[2]


def test_empty_notes_are_an_answer_that_shows_nothing(run: Run, tmp_path: Path) -> None:
    empty = GOOD | {"notes": {"clarify": None, "data": ""}}
    (tmp_path / "empty.yaml").write_text(yaml.safe_dump(empty), encoding="utf-8")
    code, [line], _ = run(tmp_path)
    assert (code, line["overall"]) == (0, 1)


def test_notes_may_be_empty_altogether(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text(yaml.safe_dump(GOOD | {"notes": {}}), encoding="utf-8")
    code, [line], _ = run(tmp_path)
    assert (code, line["overall"]) == (0, 1)
