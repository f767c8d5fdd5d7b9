"""Many cases at once: brought in, looked at first, and taken along again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import Http404
from django.utils import timezone

from casebank import taking
from casebank.actions import bringing, retire
from casebank.actions.bringing import Brought, bring
from casebank.checklist import CONTENT
from casebank.errors import Refused
from casebank.models import Case, CaseVersion
from casebank.schema import Content, Faulty, bundle, read_case
from casebank.schema.bundle import Bundled
from mlsd_site.accounts.models import User

pytestmark = pytest.mark.django_db
SLUG = "ad-click-prediction"


@pytest.fixture(scope="module")
def plain() -> Content:
    return read_case(CONTENT / "cases" / SLUG)


def called(content: Content, *titles: str, slug: str = SLUG) -> Bundled:
    """A case that was called so, one title after the other."""
    said = [
        Content(slug, content.case.model_copy(update={"title": one}), content.guide, content.reference)
        for one in titles
    ]
    return Bundled(slug, tuple(said))


def outcomes(brought: list[Brought]) -> list[tuple[str, str, int]]:
    return [(one.name, one.outcome, one.version.number) for one in brought]


def archive(file: object) -> list[Bundled]:
    cases, faults = bundle.read(file, name="x.zip")  # type: ignore[arg-type]
    assert not faults
    return cases


def test_a_new_case_comes_with_all_its_versions_as_a_private_one(ada: User, plain: Content) -> None:
    brought = bring([called(plain, "One", "Two", "Three")], owner=ada)
    assert outcomes(brought) == [(SLUG, "new", 3)]
    case = Case.objects.get()
    assert case.owner_id == ada.pk
    assert case.slug.startswith(f"{SLUG}-")
    assert list(case.versions.order_by("number").values_list("title", flat=True)) == ["One", "Two", "Three"]


def test_the_same_import_again_changes_nothing(ada: User, plain: Content) -> None:
    cases = [called(plain, "One", "Two"), called(plain, "Other", slug="other")]
    bring(cases, owner=ada)
    assert outcomes(bring(cases, owner=ada)) == [(SLUG, "unchanged", 2), ("other", "unchanged", 1)]
    assert CaseVersion.objects.count() == 3


def test_a_change_is_the_next_version_and_leaves_what_was(ada: User, plain: Content) -> None:
    bring([called(plain, "One")], owner=ada)
    assert outcomes(bring([called(plain, "Elsewhere", "Two")], owner=ada)) == [(SLUG, "changed", 2)]
    assert set(CaseVersion.objects.values_list("number", "title")) == {(1, "One"), (2, "Two")}


def test_looking_first_says_the_same_and_keeps_nothing(ada: User, plain: Content) -> None:
    assert outcomes(bring([called(plain, "One", "Two")], owner=ada, dry=True)) == [(SLUG, "new", 2)]
    assert not Case.objects.exists()


def test_what_ben_has_is_never_taken_for_adas(ada: User, ben: User, plain: Content) -> None:
    bring([called(plain, "One")], owner=ben)
    bring([called(plain, "One")])
    assert outcomes(bring([called(plain, "Two")], owner=ada)) == [(SLUG, "new", 1)]
    assert Case.objects.count() == 3


def test_a_case_under_another_name_is_still_the_same(ada: User, plain: Content) -> None:
    bring([called(plain, "One")], owner=ada)
    assert outcomes(bring([called(plain, "One", slug="renamed")], owner=ada)) == [("renamed", "unchanged", 1)]


def test_two_cases_of_one_name_are_not_guessed_at_and_nothing_is_changed(ada: User, plain: Content) -> None:
    bring([called(plain, "One", slug="one")], owner=ada)
    first = Case.objects.get()
    Case.objects.create(slug="two-22222222", owner=ada)
    bring([called(plain, "Two", slug="two-2")], owner=ada)
    Case.objects.filter(pk=first.pk).update(slug="two-2-33333333")
    with pytest.raises(Faulty, match="cases/two-2:0: file: you have 2 cases of this name"):
        bring([called(plain, "Fresh", slug="fresh"), called(plain, "Three", slug="two-2")], owner=ada)
    assert not CaseVersion.objects.filter(title="Fresh").exists()


def test_a_retired_case_is_left_alone(ada: User, plain: Content) -> None:
    bring([called(plain, "One")], owner=ada)
    retire.retire(case=Case.objects.get(), now=timezone.now())
    with pytest.raises(Faulty, match="retired here"):
        bring([called(plain, "Two")], owner=ada)


def test_there_is_an_end_to_how_many_cases_one_has(
    ada: User, plain: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MAX_CASES", 1)
    with pytest.raises(Refused, match="more than 1 cases"):
        bring([called(plain, "One", slug="one"), called(plain, "Two", slug="two")], owner=ada)
    assert not Case.objects.exists()


def test_what_is_taken_along_is_what_was_brought(ada: User, ben: User, plain: Content) -> None:
    cases = [called(plain, "One", "Two"), called(plain, "Other", slug="other")]
    bring(cases, owner=ada)
    with taking.own(ada) as file:
        assert archive(file) == cases
        bring(archive(file), owner=ben)
    with taking.own(ben) as file:
        assert archive(file) == cases


def test_two_of_one_name_are_told_apart(ada: User, plain: Content) -> None:
    bring([called(plain, "One", slug="one")], owner=ada)
    Case.objects.update(slug=f"{SLUG}-22222222")
    bring([called(plain, "Two", slug="two")], owner=ada)
    Case.objects.filter(slug__startswith="two").update(slug=f"{SLUG}-33333333")
    with taking.own(ada) as file:
        assert [one.slug for one in archive(file)] == [SLUG, f"{SLUG}-2"]


def test_nobody_takes_a_guide_along_that_they_may_not_read(ada: User, ben: User, plain: Content) -> None:
    bring([called(plain, "Project's")])
    bring([called(plain, "Ada's")], owner=ada)
    with pytest.raises(PermissionDenied):
        taking.own(ben, [SLUG])
    with pytest.raises(Http404):
        taking.own(ben, [Case.objects.get(owner=ada).slug])
    with pytest.raises(Refused, match="no cases"):
        taking.own(ben)


def test_the_commands_carry_the_projects_cases(plain: Content, tmp_path: Path) -> None:
    bring([called(plain, "One", "Two")])
    path = tmp_path / "cases.zip"
    call_command("export_cases", str(path))
    with pytest.raises(CommandError, match="there already"):
        call_command("export_cases", str(path))
    Case.objects.all().delete()
    said = io.StringIO()
    call_command("load_cases", str(path), dry_run=True, stdout=said)
    assert said.getvalue().startswith(f"{SLUG}: new, version 2")
    assert not Case.objects.exists()
    call_command("load_cases", str(path))
    assert Case.objects.get().slug == SLUG
    call_command("check_cases", str(path))


def test_the_commands_carry_a_persons_cases(ada: User, ben: User, plain: Content, tmp_path: Path) -> None:
    bring([called(plain, "One")], owner=ada)
    path = tmp_path / "cases.zip"
    call_command("export_cases", str(path), owner=ada.email)
    call_command("load_cases", str(path), owner=ben.email)
    assert Case.objects.filter(owner=ben).count() == 1
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("load_cases", str(path), owner="nobody@example.com")
