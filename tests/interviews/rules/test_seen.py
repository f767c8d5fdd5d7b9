from __future__ import annotations

import pytest

from interviews.rules.seen import guide_would_spoil, may_be_asked, objection


@pytest.mark.parametrize(
    ("role", "ways", "alone", "said"),
    [
        ("candidate", [], False, ""),
        ("candidate", ["guide"], False, "You have seen this case's guide."),
        ("candidate", ["guide"], True, "You have seen this case's guide."),
        ("candidate", ["interviewer"], False, "You have interviewed somebody on this case."),
        ("candidate", ["interviewer", "guide"], False, "You have seen this case's guide."),
        ("candidate", ["observer"], False, "You have watched or rated an interview on this case."),
        ("candidate", ["author"], True, "You wrote this case."),
        ("candidate", ["candidate"], False, "You have been interviewed on this case before."),
        ("candidate", ["candidate"], True, ""),
        ("candidate", ["candidate", "guide"], True, "You have seen this case's guide."),
        ("interviewer", [], False, ""),
        ("interviewer", ["guide", "candidate", "author"], False, ""),
        ("observer", ["guide"], False, ""),
    ],
)
def test_what_speaks_against_a_seat(role: str, ways: list[str], alone: bool, said: str) -> None:
    assert objection(role, ways, alone=alone) == said


@pytest.mark.parametrize("way", ["guide", "candidate", "interviewer", "observer", "author"])
def test_nobody_is_asked_what_they_know(way: str) -> None:
    assert not may_be_asked([way])
    assert may_be_asked([])


@pytest.mark.parametrize(
    ("ways", "awaits_it", "spoils"),
    [
        ([], True, True),
        ([], False, False),
        (["candidate"], True, True),
        (["interviewer"], True, True),
        (["guide"], True, False),
        (["author"], True, False),
    ],
)
def test_when_a_guide_would_spoil(ways: list[str], awaits_it: bool, spoils: bool) -> None:
    assert guide_would_spoil(ways, awaits_it=awaits_it) is spoils
