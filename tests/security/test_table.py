"""docs/security.md against the tests, both ways, and against the numbers that the standard has."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
NUMBER = re.compile(r"\d+\.\d+\.\d+")


@cache
def rows(title: str) -> list[list[str]]:
    """The rows of the table below this heading, as cells."""
    text = (ROOT / "docs/security.md").read_text()
    part = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


MET, WRITTEN = "Met, and the test that shows it", "Met by what is written"
PART, NOT_OURS = "Met in part, not met, or without a test", "Does not apply"


@cache
def standard() -> list[str]:
    """The numbers of levels 1 and 2, in their order."""
    lines = (TESTS / "security/asvs-5.0.0.txt").read_text().splitlines()[1:]
    return [
        f"{section}.{one}" for section, _, ones in (x.partition(":") for x in lines) for one in ones.split()
    ]


@cache
def carried() -> dict[str, set[str]]:
    """{test: the numbers that it carries}, read off the files."""
    found = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                numbers = {
                    str(argument.value)
                    for mark in node.decorator_list
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.asvs"
                    for argument in mark.args
                    if isinstance(argument, ast.Constant)
                }
                found[f"{path.relative_to(TESTS)}::{node.name}"] = numbers
    return found


def test_what_is_met_names_tests_that_carry_its_number() -> None:
    wrong = [
        (number, test)
        for number, _, _, tests in rows(MET)
        for test in re.findall(r"`([^`]+)`", tests) or ["no test"]
        if number not in carried().get(test, set())
    ]
    assert wrong == []


def test_a_number_that_a_test_carries_stands_beside_it_on_the_page() -> None:
    said = {(number, test) for number, _, _, tests in rows(MET) for test in re.findall(r"`([^`]+)`", tests)}
    assert {(number, test) for test, numbers in carried().items() for number in numbers} - said == set()


def test_what_is_written_is_there() -> None:
    for number, _, places in rows(WRITTEN):
        for file, _, heading in (place.partition("#") for place in re.findall(r"`([^`]+)`", places)):
            text = (ROOT / file).read_text()
            assert not heading or re.search(rf"(?m)^#+ {re.escape(heading)}$", text), (number, file, heading)


def test_every_requirement_stands_on_the_page_once() -> None:
    numbers = [row[0] for title in (MET, WRITTEN, PART) for row in rows(title)]
    for given, _ in rows(NOT_OURS):
        for some in given.split(", "):
            first, _, last = some.partition("-")
            at = standard().index(first)
            numbers += standard()[at : standard().index(last or first) + 1]
    assert len(standard()) == 253
    assert len(numbers) == len(set(numbers))
    assert set(standard()) - set(numbers) == set()
    beyond = {row[0] for row in rows(MET) if row[1].startswith("(L3)")}
    assert set(numbers) - set(standard()) == beyond
