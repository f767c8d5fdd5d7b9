"""Sessions played from seeds, and every byte to who may not know what is hidden in them: it is not there.

A run plays 12; more by an environment variable, and a failure names its seed in the names of its people:

    HIDDEN_SESSIONS=200 python3 dev.py test tests/hidden/test_plays.py
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebank.actions.publish import publish
from casebank.models import CaseVersion
from casebank.schema import read_case
from tests.casebank.shelf import case
from tests.e2e import planted
from tests.hidden.arriving import FORMS
from tests.hidden.ledger import Ledger
from tests.hidden.plays import Play
from tests.sockets import close_room_threads

SESSIONS = int(os.environ.get("HIDDEN_SESSIONS", "12"))
PARTS = 4


@pytest.fixture
def guide(
    tmp_path: Path, transactional_db: None, own_counters: None
) -> Iterator[tuple[CaseVersion, dict[str, str]]]:
    """A published case with a marker in each text of its guide, and where each of them stands."""
    logging.disable(logging.ERROR)
    case("known-to-nobody")  # for the second of two halves
    markers = planted.write(tmp_path / planted.SLUG)
    yield publish(content=read_case(tmp_path / planted.SLUG))[0], markers
    logging.disable(logging.NOTSET)
    close_room_threads()


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_hidden_reaches_who_may_not_know_it(
    part: int, guide: tuple[CaseVersion, dict[str, str]]
) -> None:
    ledger = Ledger()
    plays = [Play(seed, *guide, ledger) for seed in range(part, SESSIONS, PARTS)]
    for one in plays:
        one.run()
    print(
        f"{len(plays)} sessions, {ledger.markers} markers, {ledger.pieces} pieces, {ledger.bytes_searched:,} bytes, "
        f"{sum(one.mails for one in plays)} mails, {sum(one.messages for one in plays)} messages to webhooks, "
        f"{len(ledger.found)} leaks"
    )
    assert not ledger.found, "\n".join(sorted(set(ledger.found))[:40])
    assert ledger.markers > 300
    assert all(one.messages for one in plays)
    assert ledger.bytes_searched > 500_000 * len(plays)


@pytest.mark.parametrize("seed", [FORMS.index("pair"), FORMS.index("panel")])
def test_a_leak_is_found(seed: int, guide: tuple[CaseVersion, dict[str, str]]) -> None:
    """A private note that is said in the chat, spelled in hexadecimal."""
    ledger = Ledger()
    Play(seed, *guide, ledger, looks=10, leak=True).run()
    assert {line.partition(":")[0] for line in ledger.found} >= {f"candidate{seed}"}
    assert any("hex" in line for line in ledger.found)
