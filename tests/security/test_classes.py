"""docs/privacy.md gives every table a class, and every class what is asked for it."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.platform.test_retention import rows
from tests.security.product import ROOT


def classes() -> set[tuple[str, str]]:
    """{(table, class)}"""
    found: set[tuple[str, str]] = set()
    for *_, kind, tables in rows("What"):
        for group in tables.split(";"):
            app, _, models = group.partition(":")
            found.update((f"{app.strip()}.{model.strip()}", kind) for model in models.split(","))
    return found


@pytest.mark.asvs("14.1.2")
def test_every_table_has_one_class_and_every_class_says_what_is_asked() -> None:
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert {table for table, _ in classes()} == there
    assert len(classes()) == len(there)
    asked = {name: words for name, _, words in rows("Class of data")}
    assert {kind for _, kind in classes()} == set(asked) == {"keys", "hidden", "personal", "running"}
    assert all(len(words) > 20 for words in asked.values())


@pytest.mark.asvs("14.1.2")
def test_the_tests_that_it_names_are_there() -> None:
    text = (ROOT / "docs/privacy.md").read_text()
    told = text.partition("## Classes")[2].partition("## How long")[0]
    named = re.findall(r"tests/[\w/.]+\w", told)
    assert len(named) > 5
    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("accounts.ApiToken", "keys"),
        ("mfa.Authenticator", "keys"),
        ("interviews.PrivateNote", "hidden"),
        ("interviews.Mark", "hidden"),
        ("casebank.Guide", "hidden"),
        ("interviews.Block", "hidden"),
        ("accounts.User", "personal"),
        ("interviews.ChatMessage", "personal"),
    ],
)
def test_what_must_not_be_classed_lower(table: str, kind: str) -> None:
    assert (table, kind) in classes()
