"""A report as Markdown. All words are text in it: what they would mean as markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interviews.charts.pace import in_words
from interviews.papers.blocks import Block, Code, Grid, Inset, Line, Points, Rule, Span, Words, blocks
from interviews.papers.paper import Asked, Means, Paper, Passage, Point, Step, Verdict
from interviews.papers.words import CLOSED, MARKS, PHASE, WORKED, counted, phases

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$!])")
# What begins a list or a rule where a line begins with it; the sign before which a backslash takes that away.
_OPENING = re.compile(r"^(\s*)(?:(\d{1,9})([.)])(?=\s|$)|([-+=]))", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_UNSAFE = re.compile(r"[<>\\\s]")
_MARKS = {"strong": "**", "em": "*", "strike": "~~"}
_ALIGN = {"l": ":--", "c": ":-:", "r": "--:"}
# Headings of notes stand below the name of their step.
_BELOW = 3


def dumps(paper: Paper) -> str:
    """The whole report; it ends in a line break. The drawing is a Mermaid diagram of what was read in it."""
    parts = [f"# {_line(paper.title)}", " · ".join(map(_line, filter(None, paper.facts)))]
    parts += [f"> {_line(one)}" for one in paper.states]
    parts += _verdicts(paper)
    if paper.said:
        parts.append("## Feedback")
    for said in paper.said:
        parts.append(f"### {_line(said.title)}")
        parts += [f"**{_line(ask)}** {_lines(words)}" for ask, words in said.answers] or ["Not written."]
    parts += [part for one in paper.ahead for part in _passage(one)]
    if paper.steps:
        parts.append("## Step by step")
    parts += [part for step in paper.steps for part in _step(step, paper)]
    parts += _times(paper)
    parts += _asked(paper.asked)
    parts += [part for one in paper.course for part in _passage(one)]
    parts += _handed_in(paper)
    if paper.foot:
        parts += ["---", f"*{_line(paper.foot)}*"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _verdicts(paper: Paper) -> Iterable[str]:
    if paper.verdicts or paper.means:
        yield "## What each source says"
    if paper.verdicts:
        yield _points(map(_verdict, paper.verdicts))
    if paper.means:
        yield _means(paper.means)


def _verdict(one: Verdict) -> str:
    about = f" ({_line(one.about)})" if one.about else ""
    remark = f": {_line(one.remark)}" if one.remark else ""
    return f"**{_line(one.source)}:** {_line(one.words)}{about}{remark}"


def _means(means: Means) -> str:
    head = ["Mean level of 3", *means.titles]
    rows = [[name, *(cell or "–" for cell in cells)] for name, cells in means.rows]
    return _table([list(map(_line, row)) for row in (head, *rows)], ["l", *("r" for _ in means.titles)])


def _step(step: Step, paper: Paper) -> Iterable[str]:
    yield f"### {_line(step.name)}" + (f" ({step.beside})" if step.beside else "")
    yield "\n".join(map(_point, step.points))
    if step.missing:
        yield "Not shown:" if paper.is_scored else "Nobody has said anything of these:"
        yield _points(map(_line, step.missing))


def _point(point: Point) -> str:
    said = [f"- **{_line(point.text)}**"]
    for one in point.opinions:
        remark = f": {_line(one.remark)}" if one.remark else ""
        said.append(f"  - {_line(one.source)}: {_line(one.words)} ({one.level} of 3){remark}")
    for quote in point.quotes:
        by = f"{_line(quote.by)}, " if quote.by else ""
        said.append(f"  - “{_line(quote.text)}” ({by}{_line(quote.where)})")
    return "\n".join(said)


def _passage(passage: Passage) -> Iterable[str]:
    yield f"## {_line(passage.title)}"
    yield _line(passage.says)
    yield "\n".join(
        "\n".join([f"- **{_line(point)}**", *(f"  - {_line(line)}" for line in lines)])
        for point, lines in passage.points
    )


def _times(paper: Paper) -> Iterable[str]:
    if not paper.has_pace:
        return
    yield "## Time against the plan"
    if paper.pace is None:
        yield CLOSED
        return
    yield _line(in_words(paper.pace))
    rows = [[_line(cell) for cell in row] for row in (PHASE, *phases(paper.pace))]
    yield _table(rows, ["l", "r", "r", "r"])
    yield WORKED


def _asked(asked: Sequence[Asked]) -> Iterable[str]:
    if asked:
        yield "## What was asked"
    for one in asked:
        yield f"As {_line(one.source)} marked it: {counted(one.counts)}."
        yield _points(
            f"**{mark.capitalize()}:** {_line(ask)} ({_line(level)})" for mark, ask, level in one.probes
        )
    if asked:
        yield MARKS


def _handed_in(paper: Paper) -> Iterable[str]:
    if paper.has_board or paper.has_notes:
        yield "## As handed in"
    if paper.has_board and not paper.board:
        yield "The board was empty."
    elif paper.diagram:
        yield f"```mermaid\n{paper.diagram.rstrip()}\n```"
        yield "The whiteboard, as its parts and arrows were read; the report itself has the picture."
    elif paper.has_board:
        yield "No parts were found in the drawing; the report itself has the picture."
    if paper.findings:
        yield "### What the drawing says"
        yield _points(map(_line, paper.findings))
    for note in paper.notes:
        yield f"### {_line(note.name)}"
        yield from _blocks(blocks(note.text))
    if paper.unwritten:
        none = "Nothing was written in the notes."
        yield f"Nothing was written under: {', '.join(paper.unwritten)}." if paper.notes else none


def _blocks(found: Iterable[Block]) -> Iterable[str]:
    for block in found:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Line(words, 0):
            return _opened(_words(words))
        case Line(words, rank):
            return f"{'#' * min(rank + _BELOW, 6)} {_words(words, ' ')}"
        case Code(text):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            return f"{fence}\n{text}\n{fence}"
        case Inset(inner):
            return _indented("\n\n".join(_blocks(inner)), "> ", "> ")
        case Points(items, first):
            return "\n".join(
                _indented(
                    "\n\n".join(_blocks(item)), f"{first + at}. " if first is not None else "- ", "    "
                )
                for at, item in enumerate(items)
            )
        case Grid(head, rows, align):
            return _table([[_words(cell, " ") for cell in row] for row in (head, *rows)], align)
        case Rule():
            return "---"


def _table(rows: list[list[str]], align: Iterable[str]) -> str:
    lines = ["| " + " | ".join(_BAR.sub(r"\|", cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(_ALIGN[side] for side in align) + " |")
    return "\n".join(lines)


def _points(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(f"{rest}{line}".rstrip() for line in lines[1:])])


def _words(words: Words, newline: str = "\\\n") -> str:
    return "".join(newline if span.text == "\n" else _span(span) for span in words)


def _span(span: Span) -> str:
    text = span.text.strip() if set(span.marks) & {*_MARKS, "code"} else span.text
    if not text:
        return span.text
    before, after = span.text[: span.text.index(text)], span.text[span.text.index(text) + len(text) :]
    made = _code(text) if "code" in span.marks else _escaped(text)
    for mark in span.marks:
        if mark in _MARKS:
            made = f"{_MARKS[mark]}{made}{_MARKS[mark]}"
    if span.href:
        made = f"[{made}](<{_UNSAFE.sub('', span.href)}>)"
    return before + made + after


def _code(text: str) -> str:
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _opened(text: str) -> str:
    """A paragraph none of whose lines begins as something else."""
    return _OPENING.sub(lambda at: f"{at[1]}{at[2] or ''}\\{at[3] or at[4]}", text)


def _line(text: str) -> str:
    """Words on one line."""
    return _opened(_escaped(" ".join(text.split())))


def _lines(text: str) -> str:
    """Words that keep their line breaks."""
    return "\\\n".join(_line(line) for line in text.strip().splitlines() if line.strip())
