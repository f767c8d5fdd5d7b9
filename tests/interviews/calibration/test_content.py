"""The works and keys that the product ships: sound, varied, and those of the project's own samples."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from casebank.checklist import CONTENT
from interviews.calibration import keys, works
from interviews.calibration.keys import Quote

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "submissions"
SLUGS = sorted(path.name for path in works.CONTENT.iterdir())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_key_is_whole_and_quotes_its_work(slug: str) -> None:
    work = works.load()[slug]
    assert list(keys.faults(work, keys.of(slug))) == []
    assert (CONTENT / "cases" / work.case).is_dir()
    assert len(slug) <= 40


def test_all_verdicts_are_there_twice_or_more_over_different_cases() -> None:
    assert len(SLUGS) >= 8
    assert set(Counter(keys.of(slug).overall for slug in SLUGS)) == {1, 2, 3, 4}
    assert min(Counter(keys.of(slug).overall for slug in SLUGS).values()) >= 2
    assert len({work.case for work in works.load().values()}) == len(SLUGS)


def test_they_are_those_of_the_samples() -> None:
    def words(notes: dict[str, str]) -> str:
        return " ".join(" ".join(notes.values()).split())

    samples = [yaml.safe_load(path.read_text()) for path in SAMPLES.glob("*.yaml")]
    by_notes = {words(sample["notes"]): sample for sample in samples}
    for slug in SLUGS:
        sample, key = by_notes[words(works.load()[slug].notes)], keys.of(slug)
        assert (key.levels, key.overall) == (sample["gold"]["scores"], sample["gold"]["overall"])
        assert key.judges == len(sample["annotators"])


def test_what_is_wrong_with_a_key_is_said() -> None:
    slug = SLUGS[0]
    work, key = works.load()[slug], keys.of(slug)
    levels = {**key.levels, "clarify.goal": 4, "clarify.gaol": 1}
    del levels["board.legible"]
    spoilt = replace(
        key,
        levels=levels,
        overall=5,
        lesson=" ",
        evidence={**key.evidence, "clarify.scope": (Quote("clarify", "nobody wrote this"),)},
    )
    said = "; ".join(keys.faults(work, spoilt))
    for part in (
        "board.legible has no",
        "no item clarify.gaol",
        "4 is no level",
        "5 is no verdict",
        "no lesson",
    ):
        assert part in said
    assert "“nobody wrote this” stands nowhere" in said


def test_a_work_with_a_step_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "work.yaml").write_text("title: A\ntask: B\ncase: c\nnotes: {bored: x}\ndiagram:\n")
    with pytest.raises(ValueError, match="bored"):
        works.read(tmp_path)
