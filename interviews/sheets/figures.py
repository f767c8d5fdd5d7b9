"""Numbers and sums as a sheet shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from interviews.sheets.sheet import Table
from interviews.sheets.words import plain, words

_LONG = re.compile(r"(?<![\d.])\d{4,}(?![\d.])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = str.maketrans({"*": "×", "-": "−"})


def number(value: float) -> str:
    """Three figures with thin thousands; very large and very small ones as people say them: 4.4 bn, 0.000136,
    3.3 × 10⁻⁸."""
    for size, name in ((1e12, " tn"), (1e9, " bn"), (1e6, " M")):
        if abs(value) >= size:
            return f"{value / size:.3g}{name}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if value == int(value):
        return str(int(value))
    digits, _, power = f"{value:.3g}".partition("e-")
    return f"{digits} × 10⁻{str(int(power)).translate(_RAISED)}" if power else digits


def sums(quantities: Sequence[Mapping[str, Any]]) -> Table:
    """Named quantities with their units and how each follows from those above it."""
    rows = tuple(
        (
            words(one["say"]),
            plain(f"{number(one['value'])} {one['unit']}".strip()),
            plain(_formula(one.get("formula"))),
        )
        for one in quantities
    )
    return Table((plain("Quantity"), plain("Value"), plain("From")), rows, "lrl", (5, 0, 4))


def _formula(text: str | None) -> str:
    """With signs that people write, and names in words; empty for what is given."""
    return _LONG.sub(_numeral, (text or "").translate(_SIGNS).replace("_", " "))


def _numeral(found: re.Match[str]) -> str:
    """1000000000 as a power of ten, 86400 with its thousands."""
    digits = found[0]
    if digits.rstrip("0") == "1":
        return "10" + str(len(digits) - 1).translate(_RAISED)
    return f"{int(digits):,}"
