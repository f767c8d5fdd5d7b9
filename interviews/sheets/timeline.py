"""The minutes of a framework as one bar."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from casebank.frameworks import Step
from interviews.sheets.sheet import Drawing

_WIDE, _HIGH, _MINUTE = 1350, 74, 30
# Fill and ink in turn, of the same colours as the board's parts.
_INKS = (("#dbeafe", "#1d4ed8"), ("#fff3d6", "#92400e"), ("#ccfbf1", "#0f766e"))


def timeline(steps: Sequence[Step], *, title: str) -> Drawing:
    """Steps from left to right, as wide as they are long, with the minute at which each begins."""
    marks, at = [], 0
    for number, step in enumerate(steps):
        marks.append(_step(step, at, number))
        at += step.minutes
    marks.append(_text(at * _MINUTE, _HIGH + 22, str(at), size=15, ink="#6b7280", anchor="end"))
    view = f'viewBox="-2 -2 {_WIDE + 4} {_HIGH + 34}" width="{_WIDE + 4}" height="{_HIGH + 34}"'
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} role="img" font-family="Nunito, system-ui, sans-serif">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )
    return Drawing(drawn, title, "When each step begins and ends, in minutes.", share=0.12)


def _step(step: Step, at: int, number: int) -> str:
    left, wide = at * _MINUTE, step.minutes * _MINUTE
    fill, ink = _INKS[number % len(_INKS)]
    box = (
        f'<rect x="{left + 1}" y="0" width="{wide - 2}" height="{_HIGH}" rx="8" '
        f'fill="{fill}" stroke="{ink}" stroke-width="2"/>'
    )
    lines = textwrap.wrap(step.name, max(wide // 9, 8), break_long_words=False)
    size = 16 if len(lines) < 4 else 13
    top = _HIGH / 2 - (len(lines) - 1) * size * 0.58 + size * 0.35
    middle = left + wide / 2
    names = "".join(
        _text(middle, top + row * size * 1.16, line, size=size, ink=ink, anchor="middle")
        for row, line in enumerate(lines)
    )
    return box + names + _text(left + 1, _HIGH + 22, str(at), size=15, ink="#6b7280", anchor="start")


def _text(x: float, y: float, words: str, *, size: int, ink: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ink}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )
