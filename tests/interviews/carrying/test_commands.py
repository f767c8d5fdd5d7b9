"""Whole sessions by command, and after a night's purge."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from interviews.models import Session
from mlsd_site.accounts.models import User
from mlsd_site.purge import purge
from tests.interviews.carrying.archives import NOW, archive, emptied, meaning, put
from whiteboard.models import Delta, Element, Recording

pytestmark = pytest.mark.django_db


def test_the_commands_carry_them(scored: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sessions.zip"
    later = (NOW + timedelta(days=2)).date()  # a run may go on past midnight
    call_command("export_sessions", str(path), since=later)
    assert "0 sessions" in capsys.readouterr().out
    with pytest.raises(CommandError, match="there already"):
        call_command("export_sessions", str(path))
    path.unlink()
    call_command("export_sessions", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    emptied()
    call_command("import_sessions", str(path), dry_run=True)
    assert "1 sessions are new" in capsys.readouterr().out
    assert not Session.objects.exists()
    call_command("import_sessions", str(path))
    call_command("import_sessions", str(path))
    assert f"{scored.pk}: here already" in capsys.readouterr().out
    path.write_bytes(b"x")
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_sessions", str(path))


def test_a_session_whose_replay_went_goes_with_its_board_as_it_stands(life: User, settings: Settings) -> None:
    boards = Session.objects.filter(state="ended", started_at__isnull=False).values("board")
    drawn = sorted(
        Element.objects.filter(board__in=boards).values_list("element_id", "version", "author__email")
    )
    assert drawn
    settings.RETAIN = {**settings.RETAIN, "replays": 1}
    assert purge(now=NOW + timedelta(days=3))["replays"]
    assert not Recording.objects.filter(board__in=boards).exists()
    assert not Delta.objects.filter(board__in=boards).exists()
    before = archive()
    emptied()
    put(before)
    assert set(put(before).outcomes.values()) == {"same"}
    assert sorted(Element.objects.values_list("element_id", "version", "author__email")) == drawn
    assert meaning(archive()) == meaning(before)
