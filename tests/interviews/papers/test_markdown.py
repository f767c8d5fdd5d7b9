"""A report as Markdown: whatever was typed stays text, and notes keep their form."""

from __future__ import annotations

from html import unescape

import pytest
from markdown_it import MarkdownIt

from interviews.papers.blocks import Code, Grid, Inset, Line, Points, Rule, blocks
from interviews.papers.markdown import dumps
from interviews.papers.paper import Paper
from tests.interviews.papers.made import TRAP, whole

NOTE = r"""# Goal
- [ ] one
  1. nested

> said

```
a ``` b
| no table
```

| a | b |
|---|--:|
| `x\|y` | **2** |

a
- b
"""


def as_html(text: str) -> str:
    """As somebody's reader shows it, one that takes HTML in Markdown for HTML."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.asvs("1.3.3")
def test_what_was_typed_is_text() -> None:
    html = as_html(dumps(whole("words", words=TRAP)))
    assert "<script" not in html
    assert "<a " not in html
    assert unescape(html).count(" ".join(TRAP.split())) >= 12


@pytest.mark.asvs("1.3.5")
def test_notes_are_text_too() -> None:
    html = as_html(
        dumps(whole("<img src=x onerror=alert(1)> [bad](javascript:alert(1)) [good](https://example.com)"))
    )
    assert "<img" not in html
    assert html.count("<a ") == 1
    assert 'href="https://example.com"' in html


def test_notes_keep_their_form_below_the_step() -> None:
    said = dumps(whole(NOTE))
    html = as_html(said)
    assert "#### Goal" in said
    assert "<blockquote>\n<p>said</p>" in html
    assert "<ol>\n<li>nested</li>" in html
    assert "<pre><code>a ``` b\n| no table\n</code></pre>" in html
    assert "<strong>2</strong>" in html
    assert "<code>x|y</code></td>" in html


@pytest.mark.parametrize(
    "line", ["- x", "1. x", "2) x", "+ x", "=====", "---", "# x", "> x", "| x |", "    x"]
)
def test_no_line_becomes_something_else(line: str) -> None:
    html = as_html(dumps(Paper(line, (), states=(line,), has_board=False, has_notes=False)))
    assert f"<h1>{line.strip()}</h1>" in unescape(html)
    assert f"<p>{line.strip()}</p>" in unescape(html)


def test_2_0_stays_2_0() -> None:
    assert "| 2.0 |" in dumps(whole("x"))


def test_a_note_is_read_into_values() -> None:
    kinds = [type(one) for one in blocks(NOTE)]
    assert kinds == [Line, Points, Inset, Code, Grid, Line, Points]
    assert [type(one) for one in blocks("a\n\n---\n\n" + ">" * 200 + " deep")][1] is Rule
    assert blocks("") == ()


def test_a_picture_is_named() -> None:
    assert "\\[picture: the funnel\\]" in dumps(whole("![the funnel](note:1)"))


def test_times_are_a_table_and_probes_a_list() -> None:
    said = dumps(whole("", words="Ads | more"))
    assert (
        "| Phase | Worked | Plan | Differs |\n| :-- | --: | --: | --: |\n| Clarify | 8 | 5 | \\+3 |" in said
    )
    assert "| Ads \\| more | 0 | 12.5 | −12 |" in said
    assert "Longest over its time: Clarify, by 3 min. No work can be seen on Ads \\| more." in said
    assert "marked it: 1 prompted, 2 rescued." in said
    assert "- **Prompted:** Ads \\| more (senior)" in said
    assert "It cannot be shown any longer." in dumps(Paper("Ads", (), has_pace=True))
