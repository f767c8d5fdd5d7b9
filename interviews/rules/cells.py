"""Text for the cells of a CSV file."""

from __future__ import annotations

# A spreadsheet takes a cell that begins so for a formula, and runs it; some take the wide forms for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs: text that looks like a formula gets an apostrophe in front. Numbers
    stay numbers, None is empty."""
    if isinstance(value, int | float) or value is None:
        return "" if value is None else str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
