from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.rules.splices import Splice, apply, splice

_texts = st.text(alphabet="ab\n\U0001f642", max_size=12)


@given(_texts, _texts)
def test_a_splice_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    assert apply(before, [splice(before, after)]) == after


@given(st.lists(_texts, max_size=6))
def test_splices_in_their_order_lead_to_the_last_text(texts: list[str]) -> None:
    changes = [splice(a, b) for a, b in zip(["", *texts], texts, strict=False)]
    assert apply("", changes) == (texts[-1] if texts else "")


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("", "logs", Splice(0, 0, "logs")),
        ("logs", "logs", Splice(4, 0, "")),
        ("a clicks z", "a views z", Splice(2, 5, "view")),
        ("aa", "a", Splice(1, 1, "")),
        ("a", "aa", Splice(1, 0, "a")),
    ],
)
def test_only_what_changed_is_in_it(before: str, after: str, change: Splice) -> None:
    assert splice(before, after) == change


def test_a_splice_that_does_not_fit_is_told() -> None:
    with pytest.raises(ValueError, match="does not fit a text of 2"):
        apply("ab", [Splice(1, 5, "")])
