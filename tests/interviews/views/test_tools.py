"""The Tools pane: what a candidate reckons and decides with, and what others read of it."""

from __future__ import annotations

from django.test import Client

from interviews.models import Session


def test_the_candidate_has_a_calculator_and_a_ledger_to_write_in(live: Session, as_ada: Client) -> None:
    room = as_ada.get(f"/sessions/{live.pk}/").content.decode()
    assert 'data-show-pane="tools"' in room
    assert 'id="capacity-sheet"' in room
    assert 'id="ledger-form"' in room


def test_the_interviewer_reads_the_ledger_only(live: Session, as_ben: Client) -> None:
    room = as_ben.get(f"/sessions/{live.pk}/").content.decode()
    assert 'id="ledger-list"' in room
    assert 'id="capacity-sheet"' not in room
    assert 'id="ledger-form"' not in room
