from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebank.checklist import CONTENT
from casebank.schema import Faulty, read_case
from casebank.schema.arithmetic import evaluate

SLUG = "ad-click-prediction"
Change = Callable[[str], str]


def faults(folder: Path) -> list[str]:
    with pytest.raises(Faulty) as faulty:
        read_case(folder)
    return [str(fault) for fault in faulty.value.faults]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the project's own case, to be broken."""
    return Path(shutil.copytree(CONTENT / "cases" / SLUG, tmp_path / SLUG))


def edit(case: Path, file: str, old: str, new: str) -> None:
    text = (case / file).read_text()
    assert old in text
    (case / file).write_text(text.replace(old, new, 1))


def test_the_projects_case_is_whole() -> None:
    content = read_case(CONTENT / "cases" / SLUG)
    assert len(content.guide.facts) >= 12
    assert len(content.guide.items) >= 25


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "case.yaml",
            "level: senior",
            "level: wizard",
            "case.yaml:3: level: input should be 'mid', 'senior' or 'staff'",
        ),
        (
            "case.yaml",
            "minutes: 45",
            "minutes: soon",
            "case.yaml:6: minutes: input should be a valid integer",
        ),
        ("case.yaml", "minutes: 45", "minuets: 45", "case.yaml:6: minuets: is not a known key"),
        (
            "case.yaml",
            "level: senior",
            "title: again\nlevel: senior",
            "case.yaml:3: title: stands here twice",
        ),
        ("case.yaml", "minutes: 45", "minutes: &m 45", "anchors and aliases are not allowed"),
        ("case.yaml", "minutes: 45", "minutes: [45", "is not YAML"),
        (
            "guide.yaml",
            "value: 70000,",
            "value: 90000,",
            "capacity[4].value: is 90000, but requests * 2.5 is 69500",
        ),
        (
            "guide.yaml",
            "formula: requests * 2.5",
            "formula: __import__('os')",
            "a formula holds only numbers",
        ),
        (
            "guide.yaml",
            "clarify.goal:",
            "clarify.gaol:",
            "items.clarify.gaol: is not an item of the checklist",
        ),
        ("reference.yaml", "[app, gateway, scroll]", "[app, nowhere, scroll]", "there is no node nowhere"),
        (
            "guide.yaml",
            "value: 120000000",
            "value: .nan",
            "capacity[0].value: input should be a finite number",
        ),
        ("guide.yaml", "value: 120000000", "value: 1" + "0" * 400, "capacity[0].value: "),
        (
            "case.yaml",
            "title: Ad click prediction",
            'title: "Ad\\0"',
            "holds characters that no database stores",
        ),
        (
            "case.yaml",
            "title: Ad click prediction",
            'title: "Ad\\ud800"',
            "case.yaml:1: ",
        ),
        ("case.yaml", "minutes: 45", "minutes: !!timestamp soon", "tags are not allowed"),
        ("reference.yaml", "ms: 15}", "ms: -15}", "latency.path[1].ms: input should be greater than 0"),
        ("reference.yaml", "budget_ms: 100", "budget_ms: 50", "is 50 ms, but the path takes 50 ms"),
        ("reference.yaml", "budget_ms: 100", "budget_ms: 10", "is 10 ms, but the path takes 50 ms"),
    ],
)
def test_a_fault_is_named_with_file_line_and_key(
    case: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(case, file, old, new)
    assert any(said in fault for fault in faults(case))


def test_every_fault_is_reported_at_once(case: Path) -> None:
    edit(case, "case.yaml", "level: senior", "level: wizard")
    edit(case, "reference.yaml", "[app, gateway, scroll]", "[app, 7]")
    assert len(faults(case)) >= 2


def test_a_missing_file_is_named(case: Path) -> None:
    (case / "guide.yaml").unlink()
    assert faults(case) == [f"{SLUG}/guide.yaml:0: file: is missing"]


@pytest.mark.asvs("5.3.2")
def test_a_linked_folder_is_not_followed(case: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(case)
    assert faults(tmp_path / "linked") == ["linked:0: file: is a link, and links are not followed"]


def test_a_huge_file_is_not_read(case: Path) -> None:
    (case / "guide.yaml").write_text("a: 1\n" * 300_000)
    assert "larger than 1000 kB" in faults(case)[0]


def test_words_of_the_guide_in_the_prompt_are_a_leak(case: Path) -> None:
    leak = "Per click, second-price. So an ad's worth to us is bid times the probability"
    edit(case, "case.yaml", "  Ask me whatever you need to know.", f"  {leak}")
    assert any("shares words with the guide" in fault for fault in faults(case))


def test_hostile_tags_run_nothing(case: Path) -> None:
    edit(case, "case.yaml", "minutes: 45", "minutes: !!python/object/apply:os.system [true]")
    assert faults(case)


@pytest.mark.parametrize("formula", ["1/0", "a.b", "f(1)", "2**9**9", "[1]", "x", "1 if 1 else 2", "(" * 500])
@pytest.mark.asvs("1.3.2")
def test_a_formula_is_only_arithmetic(formula: str) -> None:
    with pytest.raises(ValueError):
        evaluate(formula, {})


def test_a_formula_knows_the_numbers_above_it() -> None:
    assert evaluate("(people * 2 - 4) / 2", {"people": 10}) == 8
