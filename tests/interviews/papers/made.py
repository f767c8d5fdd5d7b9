"""Papers for tests."""

from __future__ import annotations

from interviews.charts.pace import pace
from interviews.papers.paper import (
    Asked,
    Means,
    Note,
    Opinion,
    Paper,
    Passage,
    Point,
    Quote,
    Said,
    Step,
    Verdict,
)
from tests.whiteboard.drawing import box
from whiteboard.render import svg

# Typst's code, Markdown's markup and HTML; all of it is text where somebody typed it.
TRAP = '#panic("x") $ #read("/etc/passwd") @preview <label> \\ { } `x` *y* _z_ [a](b) | ~~s~~ <script>alert(1)</script>'


def whole(note: str, *, words: str = "Names the goal") -> Paper:
    """A report with something in every part; `words` stand wherever somebody's words do."""
    point = Point(
        words,
        (Opinion("Automatic", 2, "Applied", "unsure"), Opinion(words, 3, "Justified", words)),
        (Quote(words, "Clarify"), Quote("client -> ranker", "Whiteboard", "Model judge")),
    )
    return Paper(
        words,
        (words, "29 Nov 2026"),
        states=("The feedback is sealed.",),
        verdicts=(Verdict("Automatic", "Hire", about="local scorer"), Verdict(words, "Hire", words)),
        means=Means(("Automatic", words), (("Clarify", ("1.0", "")), ("Data", ("2.0", "3.0 (2 of 6)")))),
        said=(Said(words, (("One strength", f"{words}\n{words}"),)), Said("Ada about Ben", ())),
        steps=(Step("Clarify", (point, point), ("A baseline is named",), "2 of 3 shown"),),
        ahead=(Passage(words, words, ((words, (words, words)),)),),
        has_pace=True,
        pace=pace([("Clarify", 5, 7.6), (words, 12.5, 0), ("Deploy", 4, 4)]),
        asked=(Asked(words, (("prompted", 1), ("rescued", 2)), (("prompted", words, "senior"),)),),
        course=(Passage("The constraints changed", "", ((words, (words,)), (words, ()))),),
        findings=(words,),
        board=svg([box("a1"), box("b2", x=300)]),
        notes=(Note("Clarify", note),),
        unwritten=("Deploy",),
        is_scored=True,
        foot=words,
    )
