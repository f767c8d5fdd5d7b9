"""Each checker is silent about a good history and names what is wrong with a bad one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos import checkers
from tests.chaos.checkers import Kept, Logged, Violation
from tests.chaos.history import Entry, Kind, Rank, What

INVOKE, OK, FAIL, UNKNOWN = Kind.INVOKE, Kind.OK, Kind.FAIL, Kind.UNKNOWN


def entry(
    kind: Kind, what: What, key: str = "", rank: Rank = (0, 0), seq: int = 0, who: str = "ada"
) -> Entry:
    return Entry(0.0, who, "s", kind, what, key, rank, seq)


def edit(kind: Kind, key: str, version: int = 1, who: str = "ada") -> Entry:
    return entry(kind, What.EDIT, key, (version, 0), who=who)


GOOD = [
    entry(OK, What.CONNECT),
    edit(INVOKE, "a"),
    edit(OK, "a"),
    entry(OK, What.HEAR, seq=1),
    edit(INVOKE, "b"),
    edit(UNKNOWN, "b"),
    entry(OK, What.CONNECT),
    edit(OK, "b"),
    edit(INVOKE, "a", 2),
    edit(OK, "a", 2),
    entry(OK, What.HEAR, seq=3),
    entry(INVOKE, What.NOTE, "n1"),
    entry(OK, What.NOTE, "n1"),
    entry(INVOKE, What.NOTE, "n2"),
    entry(INVOKE, What.CHAT, "7"),
    entry(OK, What.CHAT, "7"),
    edit(INVOKE, "c"),
    edit(FAIL, "c"),
]
SCENE = {"a": (2, 0), "b": (1, 0)}
KEPT = Kept(
    "s",
    elements=SCENE,
    log=[
        Logged(1, 10.0, {"a": (1, 0)}),
        Logged(2, 11.0, {"b": (1, 0)}),
        Logged(3, 12.0, {"a": (2, 0)}),
    ],
    note="n1 n2",
    noted_at=[12.0],
    chat=[("ada", "7")],
    snapshot=SCENE,
    handed_in="n1 n2",
    submissions=1,
    sheets=["automatic"],
    ended_at=20.0,
    deadline_at=20.0,
    endings=1,
)


def judged(history: list[Entry], kept: Kept = KEPT, scene: dict[str, Rank] = SCENE) -> list[Violation]:
    return checkers.all_of(history, [kept], {"s": {"ada": scene}})


def test_a_good_history_has_no_violation() -> None:
    assert judged(GOOD) == []


@pytest.mark.parametrize(
    ("kept", "invariant", "word"),
    [
        (replace(KEPT, elements={"a": (2, 0)}), "I1", "b (1, 0) is kept; it is not"),
        (replace(KEPT, note="n2"), "I1", "lost n1"),
        (replace(KEPT, note="n1 n1 n2"), "I1", "n1 2 times"),
        (replace(KEPT, note="n2 n1"), "I1", "another order"),
        (replace(KEPT, chat=[]), "I1", "acknowledged and is not kept"),
        (replace(KEPT, chat=KEPT.chat * 2), "I1", "kept 2 times"),
        (replace(KEPT, log=KEPT.log[:1] + KEPT.log[2:]), "I2", "gaps"),
        (replace(KEPT, log=[*KEPT.log, Logged(4, 13.0, {"a": (1, 0)})]), "I2", "makes a older"),
        (replace(KEPT, snapshot={"a": (2, 0)}), "I2", "what was handed in differs"),
        (replace(KEPT, handed_in="n1"), "I6", "not what was handed in"),
        (replace(KEPT, sheets=[]), "I3", "0 scores"),
        (replace(KEPT, sheets=["automatic"] * 2), "I3", "2 scores"),
        (replace(KEPT, submissions=2), "I3", "2 submissions"),
        (replace(KEPT, ended_at=None, submissions=0), "I3", "1 scores, not 0"),
        (replace(KEPT, endings=2), "I6", "ended 2 times"),
        (replace(KEPT, ended_at=21.0), "I6", "after its deadline"),
        (replace(KEPT, ended_at=10.5, deadline_at=10.5), "I6", "delta 3 was written after the end"),
        (replace(KEPT, noted_at=[21.5]), "I6", "a note was written after the end"),
        (replace(KEPT, log=[*KEPT.log, Logged(4, 13.0, {"c": (1, 0)})]), "I6", "refused c"),
    ],
)
def test_what_the_server_kept_wrongly_is_named(kept: Kept, invariant: str, word: str) -> None:
    found = [str(one) for one in judged(GOOD, kept)]
    assert any(one.startswith(invariant) and word in one for one in found), found


@pytest.mark.parametrize(
    ("wrong", "invariant", "word"),
    [
        ([edit(INVOKE, "d")], "I1", "never learned"),
        ([edit(OK, "a", 9)], "I1", "a (9, 0) is kept; it is not"),
        ([entry(OK, What.HEAR, seq=2)], "I2", "was at 3 and was told 2"),
        ([entry(FAIL, What.LEAK)], "I5", "hidden"),
        ([Entry(0.0, "ada", "s", UNKNOWN, What.SUBMIT, detail="500")], "I7", "500"),
    ],
)
def test_what_a_client_saw_wrongly_is_named(wrong: list[Entry], invariant: str, word: str) -> None:
    found = [str(one) for one in judged(GOOD + wrong)]
    assert any(one.startswith(invariant) and word in one for one in found), found


def test_the_order_of_one_clients_edits_is_that_of_the_log() -> None:
    history = [edit(INVOKE, "b"), edit(INVOKE, "a")]
    assert [one.invariant for one in checkers.order(history, KEPT)] == ["I1"]
    two = [edit(INVOKE, "b"), edit(INVOKE, "a", who="ben")]
    assert checkers.order(two, KEPT) == []


def test_a_client_that_sees_something_else_is_named() -> None:
    found = judged(GOOD, scene={"a": (2, 0)})
    assert [one.invariant for one in found] == ["I2"]
    assert "ada differs from the server in 1 elements" in found[0].text


def test_an_edit_that_the_same_client_overtook_needs_no_answer_of_its_own() -> None:
    assert checkers.unanswered_edits([edit(INVOKE, "a"), edit(INVOKE, "a", 2), edit(OK, "a", 2)]) == []


def test_two_live_seats_of_one_person_are_named() -> None:
    assert checkers.tickets([("ada", "s"), ("ada", "s"), ("ben", "t")]) == []
    assert [one.invariant for one in checkers.tickets([("ada", "s"), ("ada", "t")])] == ["I4"]


def test_an_effect_that_is_missing_or_doubled_is_named() -> None:
    assert checkers.effects(["a", "b"], ["b", "a"]) == []
    found = [str(one) for one in checkers.effects(["a", "b"], ["b", "b"])]
    assert found == ["I9: a happened 0 times", "I9: b happened 2 times"]


def test_a_run_without_failures_says_what_it_proves() -> None:
    assert checkers.most_likely_below(0, 30_000) == "0 of 30,000 (< 0.01%)"
    assert checkers.most_likely_below(2, 100) == "2 of 100"
