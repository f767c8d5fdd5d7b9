from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, transaction

from casebank.actions.publish import publish
from casebank.checklist import CONTENT
from casebank.models import Case, CaseVersion
from casebank.schema import Content, read_case

pytestmark = pytest.mark.django_db
SLUG = "ad-click-prediction"


def content(title: str | None = None) -> Content:
    read = read_case(CONTENT / "cases" / SLUG)
    if title is None:
        return read
    return Content(read.slug, read.case.model_copy(update={"title": title}), read.guide, read.reference)


def test_publishing_twice_makes_one_version() -> None:
    assert publish(content=content())[1] == "new"
    assert publish(content=content())[1] == "unchanged"
    assert CaseVersion.objects.count() == 1


def test_a_change_makes_a_new_version_and_leaves_the_old() -> None:
    first, _ = publish(content=content())
    second, outcome = publish(content=content("Another title"))
    first.refresh_from_db()
    assert (outcome, second.number) == ("changed", 2)
    assert first.title == "Ad click prediction"


def test_a_published_version_cannot_be_edited() -> None:
    publish(content=content())
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        CaseVersion.objects.update(title="Quietly changed")


def test_loading_a_broken_folder_loads_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / SLUG, tmp_path / "broken"
    shutil.copytree(CONTENT / "cases" / SLUG, good)
    shutil.copytree(good, bad)
    (bad / "case.yaml").write_text("title: [")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_cases", str(tmp_path))
    assert "broken/case.yaml:1" in capsys.readouterr().err
    assert not Case.objects.exists()
