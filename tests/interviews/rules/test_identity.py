from __future__ import annotations

import pytest

from interviews.rules.identity import Pair, is_mutual, may_withdraw


@pytest.mark.parametrize(
    ("shared", "mutual", "withdraw"),
    [
        (set(), False, False),
        ({(1, 2)}, False, True),
        ({(2, 1)}, False, False),
        ({(1, 2), (2, 1)}, True, False),
        ({(1, 3), (2, 1)}, False, False),
    ],
)
def test_both_must_agree_and_what_was_seen_stays(shared: set[Pair], mutual: bool, withdraw: bool) -> None:
    assert is_mutual(1, 2, shared) is mutual
    assert may_withdraw(1, 2, shared) is withdraw


def test_nobody_agrees_with_themselves() -> None:
    assert not is_mutual(1, 1, {(1, 1)})
