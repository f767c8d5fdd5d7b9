"""A case as one document: there and back, and everything that can be wrong with it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from casebank.checklist import CONTENT
from casebank.schema import Content, onefile, read_case

SLUGS = sorted(path.name for path in (CONTENT / "cases").iterdir())


def text_of(content: Content) -> str:
    return onefile.write(content.slug, onefile.parts_of(content))


@pytest.fixture(scope="module")
def whole() -> str:
    """The project's own case as one file."""
    return text_of(read_case(CONTENT / "cases" / "ad-click-prediction"))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_case_comes_back_as_it_was(slug: str) -> None:
    content = read_case(CONTENT / "cases" / slug)
    reading = onefile.read(text_of(content), file="case.yaml")
    assert reading.content == content
    assert reading.content.digest() == content.digest()


@pytest.mark.parametrize("slug", SLUGS[:3])
def test_what_is_stored_comes_back_in_the_order_of_the_schema(slug: str) -> None:
    content = read_case(CONTENT / "cases" / slug)
    parts = onefile.parts_from(content.case.model_dump(), reverse(content.guide_body()))
    text = onefile.write(content.slug, parts)
    assert onefile.read(text, file="case.yaml").content == content
    assert re.findall(r"^\w+|^  \w+", text, flags=re.MULTILINE) == re.findall(
        r"^\w+|^  \w+", text_of(content), flags=re.MULTILINE
    )
    assert list(parts["guide"]["hints"]) == [
        "clarify",
        "frame",
        "data",
        "features",
        "model",
        "evaluate",
        "deploy",
    ]


def test_a_guide_of_an_older_schema_comes_as_it_is() -> None:
    assert onefile.parts_from({}, {"welcome": "Hi", "reference": {"a": 1}}) == {
        "case": {},
        "guide": {"welcome": "Hi"},
        "reference": {"a": 1},
    }


def reverse(value: Any) -> Any:
    """The same, every mapping the other way around, as a database may give it back."""
    if isinstance(value, dict):
        return {key: reverse(one) for key, one in reversed(value.items())}
    return [reverse(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("slug: ad-click-prediction", "slug: Ad Clicks", "slug", "must be lower case"),
        ("slug: ad-click-prediction", "slug: [a]", "slug", "must be lower case"),
        ("  level: senior", "  level: wizard", "case.level", "input should be 'mid'"),
        ("  minutes: 45", "  minuets: 45", "case.minuets", "is not a known key"),
        ("\nguide:", "\nguild:", "guild", "is not a known key"),
        ("\nguide:", "\nguild:", "", "has no guide"),
        (
            "  - name: people\n    value: 120000000",
            "  - name: people\n    value: 2020-99-99",
            "",
            "is not a value",
        ),
        (
            "  - name: people\n    value: 120000000",
            "  - name: people\n    value: [1]",
            "guide.capacity[0].value",
            "",
        ),
        ("    value: 70000\n", "    value: 90000\n", "guide.capacity[4].value", "is 90000"),
        ("    budget_ms: 100", "    budget_ms: 10", "reference.latency.budget_ms", "is 10 ms"),
    ],
)
def test_a_fault_names_line_and_key(whole: str, old: str, new: str, key: str, said: str) -> None:
    assert old in whole
    faulty = whole.replace(old, new, 1)
    faults = onefile.read(faulty, file="mine.yaml").faults
    found = [fault for fault in faults if said in fault.reason and fault.key.startswith(key)]
    assert found, faults
    assert {fault.file for fault in faults} == {"mine.yaml"}
    if key and key != "guild":
        assert faulty.splitlines()[found[0].line - 1] in new.split("\n")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "is empty"),
        ("- a", 1, "must be a mapping"),
        ("slug: a\ncase: {title: 'x", 2, "is not YAML"),
        ("slug: a\ncase:\n\ttitle: x", 3, "is not YAML"),
        ("slug: a\ncase: \x00", 2, "is not YAML"),
        ("slug: a\ncase: &c [*c]", 2, "anchors and aliases"),
        ("slug: a\ncase: !!python/object/apply:os.system [x]", 2, "tags are not allowed"),
        ("slug: a\n---\nslug: b", 2, "is not YAML"),
        ("slug: a\ncase: 1" + ":1" * 190_000, 2, "more than 64 characters"),
        ("slug: a\ncase: " + "9" * 300_000, 2, "more than 64 characters"),
        ("slug: a\ncase: " + "[" * 300_000, 2, "nest"),
        ("slug: a\n" + "- " * 150_000, 2, "is not YAML"),
        ("? " * 150_000, 1, "deep"),
        ("\n".join(f"k{i}: [1, 2]" for i in range(20_000)), 5_000, "holds more than 20,000"),
        ("x" * 50_000_000, 0, "larger than 400 kB"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_hostile_texts_are_refused_in_a_word(text: str, line: int, said: str) -> None:
    reading = onefile.read(text, file="mine.yaml")
    assert reading.content is None
    assert any(said in fault.reason and fault.line == line for fault in reading.faults), reading.faults[:5]


def test_the_half_that_is_whole_can_be_looked_at(whole: str) -> None:
    reading = onefile.read(whole.replace("    budget_ms: 100", "    budget: 100"), file="mine.yaml")
    assert reading.case
    assert reading.guide
    assert (reading.reference, reading.content) == (None, None)


def test_every_cut_of_a_file_is_a_fault(whole: str) -> None:
    lines = whole.splitlines(keepends=True)
    for end in range(0, len(lines) - 1, 97):
        assert onefile.read("".join(lines[:end]), file="mine.yaml").faults
