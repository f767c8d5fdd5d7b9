from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebank import markup
from casebank.quoting import Span


def shown(text: str, *quotes: str) -> str:
    """The text with these quotations marked, each where it stands last, with anchors "q0", "q1", ..."""
    places = [(text.rindex(quote), len(quote)) for quote in quotes]
    spans = [Span(at, at + length, f"q{number}") for number, (at, length) in enumerate(places)]
    return markup.render(text, breaks=True, quoted=spans, pictures={"note:1": "/p/1/"}).strip()


@pytest.mark.parametrize(
    ("text", "quote", "html"),
    [
        ("we log clicks", "log", '<p>we <mark id="q0">log</mark> clicks</p>'),
        ("a **big** b", "big** b", '<p>a <strong><mark id="q0">big</mark></strong><mark> b</mark></p>'),
        ("- a\n- a b", "a b", '<ul>\n<li>a</li>\n<li><mark id="q0">a b</mark></li>\n</ul>'),
        ("1. 1 GB", "1 GB", '<ol>\n<li><mark id="q0">1 GB</mark></li>\n</ol>'),
        (
            "- a b\n- c",
            "- a b\n- c",
            '<ul>\n<li><mark id="q0">a b</mark></li>\n<li><mark>c</mark></li>\n</ul>',
        ),
        ("## Scale", "Scale", '<h2><mark id="q0">Scale</mark></h2>'),
        ("1 &lt; 2 \\* 3 <", "3 <", '<p>1 &lt; 2 * <mark id="q0">3 &lt;</mark></p>'),
        (
            "[x](https://a.example/q) a q",
            "q",
            '<p><a href="https://a.example/q" rel="noopener noreferrer">x</a> a <mark id="q0">q</mark></p>',
        ),
        ("run `a b` now", "b` n", '<p>run <code>a <mark id="q0">b</mark></code><mark> n</mark>ow</p>'),
        ("```\na\nb\n```", "b", '<pre><code>a\n<mark id="q0">b</mark>\n</code></pre>'),
        ("one\ntwo", "e\nt", '<p>on<mark id="q0">e</mark><br>\n<mark>t</mark>wo</p>'),
        ("![rate](note:1) e", "rate", '<p><mark id="q0"><img src="/p/1/" alt="rate"></mark> e</p>'),
        ("![rate](note:1) e", " e", '<p><img src="/p/1/" alt="rate"><mark id="q0"> e</mark></p>'),
    ],
)
def test_what_is_quoted_is_marked_where_it_is_shown(text: str, quote: str, html: str) -> None:
    assert shown(text, quote) == html


def test_a_cell_is_marked_in_its_own_column() -> None:
    made = shown("|a|b|\n|-|-|\n|5|   5 ms|", "5 ms")
    assert '<td>5</td>\n<td><mark id="q0">5 ms</mark></td>' in made


def test_quotations_that_overlap_have_all_their_anchors() -> None:
    made = shown("abcdef", "abcd", "cdef", "abc")
    for number in range(3):
        assert made.count(f'id="q{number}"') == 1
    assert re.sub("<[^>]*>", "", made) == "abcdef"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The goal is **more time**", "The goal is more time"),
        ("`5e8 / 86400` = about *58k*\nat peak", "5e8 / 86400 = about 58k at peak"),
        ("Re-ranking | 20 ms |", "Re-ranking | 20 ms"),
        ("a **cut", "a **cut"),
        ("x < y & <b>z</b>", "x < y & <b>z</b>"),
        ("a * b * c and a_b_c", "a * b * c and a_b_c"),
    ],
)
def test_a_quotation_is_told_without_its_signs(text: str, said: str) -> None:
    assert markup.plain(text) == said


def test_nobody_writes_marks_of_their_own() -> None:
    made = shown('<mark id="q9">x</mark> quoted', "quoted")
    assert '<mark id="q9"' not in made
    assert "&lt;mark" in made


signs = st.text(st.sampled_from("ab *_`#>-[](!)|1.\\&;\n\t~<"), max_size=60)


@given(signs, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4))
def test_marking_changes_no_word_and_loses_no_anchor(text: str, places: list[tuple[int, int]]) -> None:
    spans = [
        Span(start, start + length, f"q{number}")
        for number, (start, length) in enumerate(places)
        if start + length <= len(text)
    ]
    made = markup.render(text, breaks=True, quoted=spans)
    for span in spans:
        assert made.count(f'id="{span.anchor}"') == 1
    bare = re.sub(r"</?mark[^>]*>|<span[^>]*></span>", "", made)
    assert words(bare) == words(markup.render(text, breaks=True))


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html)
