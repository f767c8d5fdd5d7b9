"""Fractional indices: strings that order elements, with room for another between any two.

A key has a head and a fraction in base 62. The head's first letter tells its length: "a0", "b00" ... upwards,
"Zz", "Yzz" ... downwards. A fraction does not end in 0. Browsers throw on a key that is not of this form,
and give elements with equal or missing keys new ones, each browser its own: the server must let neither pass.
"""

from __future__ import annotations

import re

FIRST = "a0"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FORM = re.compile(r"[A-Za-z][0-9A-Za-z]{1,199}")
_SMALLEST = "A" + "0" * 26
_MIDDLE = _DIGITS[len(_DIGITS) // 2]


def is_valid(key: str) -> bool:
    """Whether browsers accept this key."""
    if not _FORM.fullmatch(key) or key == _SMALLEST:
        return False
    fraction = key[_head(key) :]
    return len(key) >= _head(key) and not fraction.endswith("0")


def after(key: str, before: str) -> str:
    """A new key between `key` and the greater `before`."""
    if not before.startswith(key):
        return key + _MIDDLE
    return key + _below(before[len(key) :])


def above(key: str) -> str:
    """A new key above `key`, and no longer than it needs to be."""
    letter, digits = key[0], key[1 : _head(key)]
    kept = digits.rstrip("z")
    if kept:
        raised = _DIGITS[_DIGITS.index(kept[-1]) + 1]
        return letter + kept[:-1] + raised + "0" * (len(digits) - len(kept))
    if letter == "z":
        return key + _MIDDLE
    following = "a" if letter == "Z" else chr(ord(letter) + 1)
    return following + "0" * (_head(following) - 1)


def _head(key: str) -> int:
    """How many characters of a key are its head."""
    return ord(key[0]) - ord("a") + 2 if key[0] >= "a" else ord("Z") - ord(key[0]) + 2


def _below(fraction: str) -> str:
    """A fraction between nothing and this one. It ends, because a fraction is not all zeros."""
    digit = _DIGITS.index(fraction[0])
    if digit > 1:
        return _DIGITS[digit // 2]
    return "0" + (_MIDDLE if digit == 1 else _below(fraction[1:]))
