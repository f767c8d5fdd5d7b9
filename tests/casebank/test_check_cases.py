from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casebank.checklist import CONTENT
from casebank.schema import onefile, read_case

SLUG = "ad-click-prediction"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A folder that holds a copy of the project's own case."""
    shutil.copytree(CONTENT / "cases" / SLUG, tmp_path / SLUG)
    return tmp_path


def test_a_whole_bank_passes(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_cases", str(bank))
    assert "1 cases, 0 faults" in capsys.readouterr().out


def test_a_faulty_bank_fails_and_names_the_fault(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bank / SLUG / "case.yaml").write_text("title: [")
    with pytest.raises(CommandError, match="Mend"):
        call_command("check_cases", str(bank))
    assert f"{SLUG}/case.yaml:1" in capsys.readouterr().err


def test_a_case_in_one_file_is_checked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = read_case(CONTENT / "cases" / SLUG)
    path = tmp_path / "mine.yaml"
    path.write_text(onefile.write(SLUG, onefile.parts_of(content)))
    call_command("check_cases", str(path))
    assert "1 cases, 0 faults" in capsys.readouterr().out
    path.write_text(path.read_text().replace("level: senior", "level: wizard"))
    with pytest.raises(CommandError, match="Mend"):
        call_command("check_cases", str(path))
    assert "mine.yaml:6: case.level: input should be" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_cases_fails(tmp_path: Path, folder: str) -> None:
    with pytest.raises(CommandError):
        call_command("check_cases", str(tmp_path / folder))


def test_the_report_names_what_two_cases_share(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(bank / SLUG, bank / "copied-case")
    call_command("check_cases", str(bank), report=True)
    out = capsys.readouterr().out
    assert f"{SLUG}, copied-case: " in out
    assert f"{SLUG}, copied-case: 0 " not in out


def test_the_projects_own_cases_are_whole_and_share_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_cases", "--report")
    said = capsys.readouterr().out
    assert "20 cases, 0 faults" in said
    shared = [line for line in said.splitlines() if "shared word run" in line]
    assert len(shared) == 20 * 19 / 2
    assert [line for line in shared if not line.endswith(": 0 shared word runs")] == []
