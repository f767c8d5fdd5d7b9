"""The stress tests on a scorer whose every answer can be foretold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviews.scoring.measuring import attacks, edits, removal, stress
from interviews.scoring.measuring.attacks import Attack, Stuff
from interviews.scoring.measuring.labels import Sample
from interviews.scoring.submission import STEPS, CaseTerms
from tests.interviews.scoring.answers import labelled
from tests.interviews.scoring.measuring.small import WordScorer, sample
from whiteboard.graph import Edge, Frame, Graph, Part

SCORE = WordScorer({"clarify.goal": "revenue", "deploy.monitoring": "watch", "board.online": "Model"})
BOARD = Graph(
    parts=(Part("m", "Model"), Part("l", "Log")),
    edges=(Edge("e", "m", "l", "clicks"),),
    frames=(Frame("f", "Online", ("m", "l")),),
)


def one(data: str = "") -> Sample:
    return sample(
        [2, 1, 1],
        graph=BOARD,
        marks={
            "clarify.goal": [("clarify", "revenue")],
            "deploy.monitoring": [("deploy", "watch")],
            "board.online": [("diagram", "Model")],
        },
        clarify="More revenue.",
        data=data,
        deploy="We watch it.",
    )


def run(sample: Sample) -> stress.Stress:
    return stress.run(SCORE, [sample], [SCORE(sample.submission)], lambda what, done, of: None)


def test_a_scorer_that_reads_only_its_evidence_is_faithful() -> None:
    found = run(one())
    assert found.emptied == stress.Emptied(1, 2, 1, 1)
    assert found.deleted == stress.Deleted(1, 1, 3, 1, 1, 3)


def test_a_level_that_stays_without_its_evidence_is_seen() -> None:
    found = run(one(data="Also revenue."))
    assert found.emptied is not None
    assert found.deleted is not None
    assert found.emptied.field_to_zero == 0.5
    assert found.deleted.marked_to_zero == pytest.approx(2 / 3)
    assert found.deleted.quoted_to_zero == 1


def test_without_marks_only_attacks_and_edits_are_tried() -> None:
    found = run(sample([2, 1, 1], clarify="More revenue."))
    assert (found.emptied, found.deleted) == (None, None)
    assert set(found.drift_by_attack) == {attack.kind for attack in attacks.load()}
    assert set(found.stability) == set(edits.EDITS)


def test_what_an_attack_earns_is_counted() -> None:
    # "Model" stands in a box that the attack draws, "watch" in none of the texts that it shares with the answer.
    plain = sample([0, 0, 0])
    found = run(plain)
    board = found.drift_by_attack["board"]
    assert board.worst >= board.mean >= 0
    assert found.alone["another case"].worst >= found.alone["orders"].worst == 0
    assert 0 <= found.drift.gained <= found.drift.raised * 2


def test_an_attack_stands_beside_the_answer_and_leaves_it_whole() -> None:
    for sample_ in labelled()[:3]:
        plain = sample_.submission
        for attack in attacks.load():
            attacked = attack.on(plain)
            assert attacked != plain
            assert attacked == attack.on(plain)
            assert all(plain.notes[step].strip() in attacked.notes[step] for step in STEPS)
            assert set(plain.graph.edges) == set(attacked.graph.edges)


def test_there_are_many_attacks_in_several_wordings_and_none_is_empty() -> None:
    case = labelled()[0].submission.case
    assert len(attacks.load()) >= 10
    for attack in attacks.load():
        assert len(attack.wordings) >= 3
        alone = [attack.by_itself(i, case) for i in range(len(attack.wordings))]
        said = {"".join(text.notes.values()) + str(text.graph) for text in alone}
        assert len(said) == (len(alone) if attack.alone else 1)


def test_no_placeholder_is_left_in_an_attack() -> None:
    case = labelled()[0].submission.case
    for attack in attacks.load():
        for i in range(len(attack.wordings)):
            assert not any(
                "$" + name in text for text in attack.by_itself(i, case).notes.values() for name in "abc"
            )


def test_a_case_that_the_bank_does_not_know_is_attacked_all_the_same() -> None:
    unknown = replace(sample([0, 0, 0]).submission, case=CaseTerms("cheese-ripening"))
    for attack in attacks.load():
        assert attack.on(unknown) != unknown or not attack.alone
    said = next(a for a in attacks.load() if a.kind == "casewords").by_itself(1, unknown.case)
    assert said.notes["data"].startswith("cheese, ripening, cheese;")


def test_attacks_go_before_or_behind() -> None:
    attack = Attack("x", (lambda submission: Stuff({"data": "attack"}),))
    ends = {attack.on(sample([0, 0, 0], id=str(i), data="own").submission).notes["data"] for i in range(20)}
    assert ends == {"own\n\nattack", "attack\n\nown"}


def test_taking_out_a_part_takes_its_arrows() -> None:
    gone = removal.without_marks(one().submission, (one().marks or {})["board.online"])
    assert [part.id for part in gone.graph.parts] == ["l"]
    assert gone.graph.edges == ()
    assert gone.graph.frames[0].parts == ("l",)


def test_words_are_taken_out_wherever_they_were_marked() -> None:
    two = sample([1, 0, 0], clarify="ab cd ab", marks={"clarify.goal": [("clarify", "ab")]})
    assert removal.without_marks(two.submission, (two.marks or {})["clarify.goal"]).notes["clarify"] == " cd "


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("bullets before lines", "One.\n- two\n\nThree.", "- One.\n- two\n\n- Three."),
        ("lines without bullets", "- one\n* two\nthree", "one\ntwo\nthree"),
        ("a line for each sentence", "It is 5.5 ms. Then it ends.", "It is 5.5 ms.\nThen it ends."),
        ("neighbouring sentences swapped", "One. Two. Three.\nFour.", "Two. One. Three.\nFour."),
        ("lines with capitals", "one\n- two", "One\n- Two"),
        ("wide spaces", "a b\nc", "a  b\nc"),
        ("typographer's marks", 'it\'s "so" - yes...', "it’s “so” – yes…"),
        ("British spelling", "Optimize the labeled COLOR", "Optimise the labelled COLOUR"),
        ("American spelling", "Optimise the labelled COLOUR", "Optimize the labeled COLOR"),
    ],
)
def test_edits_of_style(name: str, before: str, after: str) -> None:
    assert edits.edited(sample([0, 0, 0], data=before).submission, name).notes["data"] == after
