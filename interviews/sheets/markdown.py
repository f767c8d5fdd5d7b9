"""A sheet as Markdown, with its drawing as a Mermaid flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interviews.sheets.sheet import Block, Drawing, Paragraph, Points, Section, Sheet, Table, Words

_MARKS = {"": "", "strong": "**", "em": "*", "code": "`"}
_BULLETS = {"point": "- ", "box": "- [ ] "}
# What would be read as markup where it stands for itself.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def dumps(sheet: Sheet) -> str:
    """The whole page; it ends in a line break."""
    parts = [f"# {_escaped(sheet.title)}", _words(sheet.lead)]
    if sheet.facts:
        parts.append(" · ".join([sheet.kind, *map(_escaped, sheet.facts)]))
    parts += [_drawing(one) for one in sheet.drawings if one.mermaid]
    parts += [part for section in sheet.sections for part in _section(section)]
    if sheet.note:
        parts.append(f"*{_escaped(sheet.note)}*")
    return "\n\n".join(parts) + "\n"


def _drawing(drawing: Drawing) -> str:
    return f"```mermaid\n{drawing.mermaid.rstrip()}\n```\n\n*{_escaped(drawing.caption)}*"


def _section(section: Section) -> Iterable[str]:
    beside = f" ({_escaped(section.beside)})" if section.beside else ""
    yield f"## {_escaped(section.title)}{beside}"
    yield from map(_block, section.blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _words(block.words)
        case Points(items=items, marker="number"):
            return "\n".join(f"{number}. {_words(item)}" for number, item in enumerate(items, 1))
        case Points():
            return "\n".join(_BULLETS[block.marker] + _words(item) for item in block.items)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rules = {"l": ":--", "c": ":-:", "r": "--:"}
    head = table.head or tuple(() for _ in table.align)
    rows = [head, *table.rows]
    lines = ["| " + " | ".join(map(_words, row)) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(rules[letter] for letter in table.align) + " |")
    return "\n".join(lines)


def _words(words: Words) -> str:
    return "".join(
        f"{_MARKS[span.style]}{span.text if span.style == 'code' else _escaped(span.text)}{_MARKS[span.style]}"
        for span in words
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
