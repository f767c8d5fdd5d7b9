"""`evaluate_scorer DIR` as people call it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from django.core.management import CommandError, call_command

from casebank import checklist
from tests.interviews.scoring.answers import FOLDER

SAMPLES = ("d-ad-click-2.yaml", "e-eta-prediction-2.yaml", "d-news-feed-3.yaml")
Run = Callable[..., tuple[str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in SAMPLES:
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[str, str]:
        call_command("evaluate_scorer", *map(str, arguments))
        out, err = capsys.readouterr()
        return out, err

    return call


def change(path: Path, **keys: object) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(data | keys), encoding="utf-8")


def test_figures_are_printed_with_progress_aside(run: Run, folder: Path) -> None:
    out, err = run(folder)
    for said in ("on 3 submissions", "pooled QWK", "evidence precision", "presence AUC", "3 justified", "MB"):
        assert said in out
    assert "scoring: 3 done" in err
    assert "scoring" not in out


def test_json_is_one_object_and_the_same_each_time(run: Run, folder: Path) -> None:
    first, second = (json.loads(run(folder, "--json")[0]) for _ in range(2))
    assert first["agreement"]["confusion"] == second["agreement"]["confusion"]
    assert first.pop("cost").keys() == second.pop("cost").keys()
    assert first == second
    assert sum(map(sum, first["agreement"]["confusion"])) == 3 * len(checklist.load().items)
    assert first["stress"] is None


def test_stress_is_printed_and_in_the_json(run: Run, folder: Path) -> None:
    for name in SAMPLES[1:]:
        (folder / name).unlink()
    out, err = run(folder, "--stress")
    for said in ("emptied field", "quoted words deleted", "keywords", "all attacks", "British spelling"):
        assert said in out
    assert "attack: orders: 1 done" in err


def test_the_picture_is_svg_that_says_what_it_shows(run: Run, folder: Path) -> None:
    run(folder, "--picture", folder / "confusion.svg")
    root = ElementTree.parse(folder / "confusion.svg").getroot()
    name = {child.get("id"): child.text or "" for child in root if child.get("id")}
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == set(name)
    assert "0 missing by people: the scorer gave 0 to" in name["desc"]
    assert "prefers-color-scheme:dark" in ElementTree.tostring(root, encoding="unicode")


def test_a_picture_that_cannot_be_written_is_an_error(run: Run, folder: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run(folder, "--picture", folder / "nowhere" / "confusion.svg")


def test_files_without_marks_are_measured_on_levels_and_said_so(run: Run, folder: Path) -> None:
    change(folder / SAMPLES[0], evidence={})
    assert "1 files have no evidence marks: measured on levels only" in run(folder)[0]
    for name in SAMPLES:
        change(folder / name, evidence={})
    out, _ = run(folder)
    assert "no file has evidence marks: measured on levels only" in out
    assert "evidence precision" not in out
    assert json.loads(run(folder, "--json")[0])["evidence"] is None


def test_files_without_labels_are_named_and_nothing_is_measured(run: Run, folder: Path) -> None:
    change(folder / SAMPLES[0], gold=None)
    change(folder / SAMPLES[2], gold={"scores": {}, "overall": 1})
    with pytest.raises(CommandError) as error:
        run(folder)
    assert f"{SAMPLES[0]}: gold: is missing" in str(error.value)
    assert f"{SAMPLES[2]}: gold.scores.clarify.goal: is missing (and 49 more)" in str(error.value)


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        run(tmp_path / "nowhere")
