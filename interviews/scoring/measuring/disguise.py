"""Texts that look the same and are other characters."""

from __future__ import annotations

_ALIKE = str.maketrans("aeopcxyiAEOPCXHKMT", "аеорсхуіАЕОРСХНКМТ")
_WIDE = {ord(" "): 0x3000} | {i: i + 0xFEE0 for i in range(0x21, 0x7F)}


def zero_width(text: str) -> str:
    """A zero-width space in the middle of each word."""
    return _inside(text, "\u200b")


def soft_hyphens(text: str) -> str:
    """A soft hyphen in the middle of each word."""
    return _inside(text, "\u00ad")


def homoglyphs(text: str) -> str:
    """Latin letters as the Cyrillic ones that look like them."""
    return text.translate(_ALIKE)


def full_width(text: str) -> str:
    """The full-width forms of ASCII."""
    return text.translate(_WIDE)


def _inside(text: str, mark: str) -> str:
    """With `mark` in each word of four letters and more; white space stays as it is."""
    made, word = [], ""
    for char in f"{text}\n":
        if char.isspace():
            made.append(f"{word[: len(word) // 2]}{mark}{word[len(word) // 2 :]}" if len(word) > 3 else word)
            made.append(char)
            word = ""
        else:
            word += char
    return "".join(made)[:-1]
