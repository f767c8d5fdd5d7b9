"""Checks of single values: each returns the clean value, or raises `Bad` with the reason in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], Any]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NUMBERS = frozenset({int, float})  # and not bool, which counts as an int
_LINKS = ("http://", "https://", "mailto:")


class Bad(Exception):
    """A value that may not stand; the text says why."""


def number(least: float, most: float) -> Check:
    """A finite number within these bounds."""

    def check(value: Any) -> float | int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Bad("must be a number")
        if not least <= value <= most:  # which NaN does not either
            raise Bad(f"must lie between {least:,} and {most:,}")
        return value

    return check


def whole(most: int) -> Check:
    """A whole number from 0 to `most`."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise Bad(f"must be a whole number from 0 to {most:,}")
        return value

    return check


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Bad("must be true or false")
    return value


def form(pattern: str) -> Check:
    """Text that matches this regular expression as a whole."""
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Bad("is not of the right form")
        return value

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Bad(f"must be one of {', '.join(allowed)}")
        return value

    return check


def text(most: int) -> Check:
    """Text of at most `most` characters. Control characters other than line breaks and tabs are taken out:
    Postgres stores no NUL, and the rest would only be there to deceive."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Bad("must be text")
        if len(value) > most:
            raise Bad(f"may hold at most {most:,} characters")
        return _CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "", value)

    return check


def link(value: Any) -> str | None:
    """An address that a click may open. Schemes such as javascript: are refused, whatever stands before
    them."""
    if value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > 2_000 or _CONTROL.search(value):
        raise Bad("is not a link")
    if not value.lower().startswith(_LINKS):
        raise Bad("must begin with http://, https:// or mailto:")
    return value


def maybe(check: Check) -> Check:
    """None, or what `check` takes."""
    return lambda value: None if value is None else check(value)


def list_of(check: Check, most: int) -> Check:
    """A list of at most `most` entries."""

    def check_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Bad("must be a list")
        if len(value) > most:
            raise Bad(f"may hold at most {most:,} entries")
        return [check(one) for one in value]

    return check_all


def pair(check: Check) -> Check:
    """A list of exactly two."""

    def check_both(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) != 2:
            raise Bad("must be a list of two numbers")
        return [check(value[0]), check(value[1])]

    return check_both


def pairs(least: float, most: float, count: int) -> Check:
    """A list of at most `count` pairs of numbers within these bounds: the points of a line. A stroke has thousands, so
    they are looked at in one loop."""
    one = pair(number(least, most))

    def check_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Bad("must be a list")
        if len(value) > count:
            raise Bad(f"may hold at most {count:,} entries")
        for entry in value:
            if type(entry) is list and len(entry) == 2:
                x, y = entry
                if type(x) in _NUMBERS and type(y) in _NUMBERS and least <= x <= most and least <= y <= most:
                    continue
            one(entry)
        return value

    return check_all


def record(keys: dict[str, Check], *, required: tuple[str, ...] = ()) -> Check:
    """An object; keys that are not listed are dropped."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or any(key not in value for key in required):
            raise Bad("is not of the right form")
        return {key: one(value[key]) for key, one in keys.items() if key in value}

    return check
