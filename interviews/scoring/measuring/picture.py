"""The confusion matrices as an SVG picture, legible on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

LEVELS = ("0 missing", "1 mentioned", "2 applied", "3 justified")
VERDICTS = ("1 strong no", "2 no hire", "3 hire", "4 strong")
CELL = 64
LEFT = 118
TOP = 76
GAP = 40
WIDTH = 2 * (LEFT + 4 * CELL) + GAP + 16
HEIGHT = TOP + 4 * CELL + 44

# The strongest tint leaves 5:1 and more between figures and ground on either page.
_STYLE = """
text{font:13px system-ui,sans-serif;fill:#1b1f24}
.head{font-weight:600}.small{font-size:11px}.end{text-anchor:end}.mid{text-anchor:middle}
.page{fill:#fff}.cell{fill:#3b82f6}.line{fill:none;stroke:#6b7280}.hit{stroke:#1b1f24;stroke-width:2}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}.line{stroke:#9ca3af}.hit{stroke:#e6edf3}}
"""


def svg(confusion: Sequence[Sequence[int]], verdicts: Sequence[Sequence[int]], scorer: str) -> str:
    """Both matrices side by side: levels of items (4 x 4) and overall verdicts (4 x 4), gold in the rows.

    A cell's tint is its share of the row; cells of agreement have a frame.
    """
    title = f"Where {scorer} agrees with people"
    told = f"Levels of items. {_told(confusion, LEVELS)} Overall verdicts. {_told(verdicts, VERDICTS)}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
        *_matrix(confusion, LEVELS, "Levels of items", 0),
        *_matrix(verdicts, VERDICTS, "Overall verdicts", LEFT + 4 * CELL + GAP),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _matrix(counts: Sequence[Sequence[int]], names: Sequence[str], title: str, x: int) -> Iterator[str]:
    left = x + LEFT
    yield f'<text class="head" x="{left}" y="22">{title}</text>'
    yield f'<text class="small" x="{left}" y="42">columns: the scorer; rows: people</text>'
    for i, name in enumerate(names):
        middle = CELL * i + CELL / 2
        yield f'<text class="mid" x="{left + middle:g}" y="{TOP - 10}">{name[0]}</text>'
        yield f'<text class="end" x="{left - 10}" y="{TOP + middle + 4:g}">{escape(name)}</text>'
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            yield from _cell(left + CELL * j, TOP + CELL * i, count, sum(row), agrees=i == j)
    total = sum(map(sum, counts))
    exact = sum(row[i] for i, row in enumerate(counts)) / total if total else 0
    yield f'<text class="small" x="{left}" y="{TOP + 4 * CELL + 24}">{total} judged, {exact:.0%} exact</text>'


def _cell(x: int, y: int, count: int, of: int, *, agrees: bool) -> Iterator[str]:
    part = count / of if of else 0
    box = f'x="{x + 2}" y="{y + 2}" width="{CELL - 4}" height="{CELL - 4}" rx="4"'
    if count:
        yield f'<rect class="cell" {box} fill-opacity="{0.06 + 0.44 * part:.2f}"/>'
    yield f'<rect class="line{" hit" if agrees else ""}" {box}/>'
    yield f'<text class="mid" x="{x + CELL // 2}" y="{y + 30}">{count}</text>'
    yield f'<text class="mid small" x="{x + CELL // 2}" y="{y + 46}">{part:.0%}</text>'


def _told(counts: Sequence[Sequence[int]], names: Sequence[str]) -> str:
    """The matrix in words, for those who do not see it."""
    rows = (
        f"{name} by people: the scorer gave "
        + ", ".join(f"{other[0]} to {count}" for other, count in zip(names, row, strict=True))
        for name, row in zip(names, counts, strict=True)
    )
    return "; ".join(rows) + "."
