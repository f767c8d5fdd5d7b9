from __future__ import annotations

from interviews.rules.chain import LINKS, chain

WHOLE = {items[0]: 2 for _, _, items in LINKS}


def test_a_chain_whose_links_are_all_worked_out_holds() -> None:
    assert chain(WHOLE).broken is None


def test_it_breaks_at_the_first_link_that_is_missing() -> None:
    found = chain({**WHOLE, "frame.objective": 1, "model.loss": 0, "evaluate.online": 0})
    assert found.broken is not None
    assert found.before is not None
    assert (found.broken.name, found.broken.state, found.before.name) == ("Loss", "missing", "ML objective")


def test_without_a_missing_one_it_is_weakest_where_one_was_only_mentioned() -> None:
    found = chain({**WHOLE, "evaluate.guardrails": 1})
    assert found.broken is not None
    assert (found.broken.name, found.broken.state) == ("Guardrail", "weak")


def test_the_first_link_has_none_above_it() -> None:
    found = chain({**WHOLE, "clarify.goal": 0})
    assert found.broken is not None
    assert found.broken.name == "Business goal"
    assert found.before is None


def test_the_goal_may_be_shown_by_how_the_business_will_know() -> None:
    assert chain({**WHOLE, "clarify.goal": 0, "clarify.success": 2}).broken is None


def test_a_metric_that_is_known_to_be_wrong_breaks_it_but_not_one_that_was_worked_out() -> None:
    found = chain({**WHOLE, "evaluate.offline": 1}, ["evaluate.offline"])
    assert found.broken is not None
    assert found.broken.state == "wrong"
    assert chain(WHOLE, ["evaluate.offline"]).broken is None


def test_what_a_source_does_not_speak_of_is_not_called_missing() -> None:
    found = chain({"clarify.goal": 2})
    assert [one.state for one in found.links] == ["holds", *["unsaid"] * 5]
    assert found.broken is None
