"""docs/limits.md names every limit, as the code has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from casebank.limits import Limit
from tests.security.product import ROOT, calls, modules

SPELT = {60: "a minute", 600: "10 minutes", 3_600: "an hour", 86_400: "a day"}
NAMED = re.compile(r"(MAX|MOST|LONGEST|LARGEST)(_|$)")
# They bound no person and no file, but a reckoning of ours, a list that is shown, or what a server of others says.
INNER = (
    "casebank.diff",
    "casebank.facets",
    "interviews.charts",
    "interviews.judging",
    "interviews.papers",
    "interviews.queries",
    "interviews.scoring",
    "interviews.sheets",
    "whiteboard.findings",
    "whiteboard.layout",
    "whiteboard.live.bus.",
    "whiteboard.live.member.MAX_BEFORE",
    "whiteboard.understanding",
)


def table(title: str) -> list[list[str]]:
    """The rows below this heading, as cells."""
    text = (ROOT / "docs/limits.md").read_text().partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def constants() -> Iterator[tuple[str, object]]:
    """(path, value) of everything that is named once and for all."""
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                path = f"{module}.{node.targets[0].id}"
                if "Limit(" in ast.unparse(node) or NAMED.match(node.targets[0].id):
                    yield path, value(path)


def value(path: str) -> object:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


@pytest.mark.asvs("2.1.3")
def test_how_often_is_said_of_everything_that_is_counted() -> None:
    limits = [one for _, one in constants() if isinstance(one, Limit)]
    counted = [[one.what, str(one.most), SPELT[one.seconds]] for one in limits]
    assert sorted(row[:3] for row in table("How often")) == sorted(counted)
    # One more is made of a setting, which the page names.
    made = sum(ast.unparse(call.func) == "Limit" for _, call in calls())
    assert made == len(limits) + 1


@pytest.mark.asvs("2.1.3")
def test_how_many_and_how_large_are_as_the_code_has_them() -> None:
    said = {row[0].strip("`"): row[1] for row in table("How many, and how large")}
    assert said == {path: f"{value(path):,}" for path in said}
    there = {path for path, one in constants() if type(one) is int and not path.startswith(INNER)}
    assert there - set(said) == set()
