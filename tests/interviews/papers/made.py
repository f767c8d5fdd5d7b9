"""Papers for tests."""

from __future__ import annotations

from interviews.papers.paper import Means, Note, Opinion, Paper, Point, Quote, Said, Step, Verdict
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
        changes=(words,),
        findings=(words,),
        board=svg([box("a1"), box("b2", x=300)]),
        notes=(Note("Clarify", note),),
        unwritten=("Deploy",),
        is_scored=True,
        foot=words,
    )
