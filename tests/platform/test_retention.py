"""docs/privacy.md says of every table what is in it, and how long; the settings say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from mlsd_site.purge import KINDS
from mlsd_site.retention import DEFAULTS, retention

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()


def rows(title: str) -> list[list[str]]:
    """The cells of the table whose first column has this title."""
    table = PAGE[PAGE.index(f"| {title} |") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_table_is_named_with_what_it_holds_and_how_long() -> None:
    named = set()
    for *_, last in rows("What"):
        for group in last.split(";"):
            app, _, models = group.partition(":")
            named |= {f"{app.strip()}.{model.strip()}" for model in models.split(",")}
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert there - named == set()
    assert named - there == set()


def test_every_time_is_named_as_it_is_set() -> None:
    said = {name.lower(): days for name, days, _ in rows("Name")}
    assert said == {name: "never" if days is None else str(days) for name, days in DEFAULTS.items()}
    used = {name.lower() for row in rows("What") for name in re.findall(r"\b[A-Z_]{4,}\b", row[2])}
    assert used == set(DEFAULTS)


def test_each_time_is_kept_by_the_purge() -> None:
    assert {kind.name for kind in KINDS} == set(DEFAULTS)


def test_times_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETAIN_CHATS", "14")
    monkeypatch.setenv("RETAIN_LINE", "never")
    found = retention()
    assert (found["chats"], found["line"], found["mails"]) == (14, None, 90)


@pytest.mark.parametrize(
    ("name", "said"),
    [("CHATS", "0"), ("CHATS", "-1"), ("CHATS", "2 weeks"), ("MAILS", "29"), ("ARCHIVES", "never")],
)
def test_what_is_no_time_stops_the_site(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RETAIN_{name}", said)
    with pytest.raises(ImproperlyConfigured, match=f"RETAIN_{name}"):
        retention()
