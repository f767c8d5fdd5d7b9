"""Edits of style that change nothing of what is said, so nothing of a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from interviews.scoring.submission import Submission

_BULLET = re.compile(r"^([ \t]*)(?:[-*•–][ \t]+)", re.M)
_LINE = re.compile(r"^(?![ \t]*(?:[-*•–#>|]|\d+[.)]))([ \t]*)(?=\S)", re.M)
_NEXT = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_BRITISH = {
    "color": "colour", "behavior": "behaviour", "favor": "favour", "neighbor": "neighbour", "labeled": "labelled",
    "labeling": "labelling", "modeling": "modelling", "modeled": "modelled", "optimize": "optimise",
    "optimized": "optimised", "optimization": "optimisation", "normalize": "normalise", "normalized": "normalised",
    "normalization": "normalisation", "regularization": "regularisation", "personalize": "personalise",
    "personalized": "personalised", "personalization": "personalisation", "quantization": "quantisation",
    "prioritize": "prioritise", "minimize": "minimise", "maximize": "maximise", "generalize": "generalise",
    "organization": "organisation", "analyze": "analyse", "catalog": "catalogue", "center": "centre", "gray": "grey",
    "canceled": "cancelled", "canceling": "cancelling", "license": "licence", "judgment": "judgement",
    "randomize": "randomise", "randomized": "randomised", "randomization": "randomisation", "tokenize": "tokenise",
    "summarize": "summarise", "penalize": "penalise", "recognize": "recognise", "utilization": "utilisation",
    "initialize": "initialise", "visualize": "visualise", "stabilize": "stabilise", "customize": "customise",
}  # fmt: skip


def _spelled(spelling: Mapping[str, str]) -> Callable[[str], str]:
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(spelling, key=len, reverse=True))})\b", re.I)

    def change(text: str) -> str:
        return pattern.sub(lambda found: _cased(found[0], spelling[found[0].lower()]), text)

    return change


def _cased(like: str, word: str) -> str:
    if like.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word


def _swapped(text: str) -> str:
    """Each pair of neighbouring sentences of a line in the other order."""
    return "\n".join(_swap(line) for line in text.split("\n"))


def _swap(line: str) -> str:
    sentences = _NEXT.split(line)
    if len(sentences) < 2 or line[:1].isspace() or _BULLET.match(line):
        return line
    pairs = (sentences[i : i + 2][::-1] for i in range(0, len(sentences), 2))
    return " ".join(sentence for pair in pairs for sentence in pair)


def _typeset(text: str) -> str:
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text).replace(" - ", " – ").replace("...", "…")
    return re.sub(r'"([^"\n]*)"', r"“\1”", text)


def _capitals(text: str) -> str:
    return re.sub(r"^([ \t]*(?:[-*•–][ \t]+)?)([a-z])", lambda m: m[1] + m[2].upper(), text, flags=re.M)


EDITS: Mapping[str, Callable[[str], str]] = {
    "bullets before lines": lambda text: _LINE.sub(r"\1- ", text),
    "lines without bullets": lambda text: _BULLET.sub(r"\1", text),
    "a line for each sentence": lambda text: _NEXT.sub("\n", text),
    "neighbouring sentences swapped": _swapped,
    "lines with capitals": _capitals,
    "lower case": str.lower,
    "spaces at line ends": lambda text: text.replace("\n", "   \n"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "wide spaces": lambda text: re.sub(r"(?<=\S) (?=\S)", "  ", text),
    "typographer's marks": _typeset,
    "British spelling": _spelled(_BRITISH),
    "American spelling": _spelled({british: american for american, british in _BRITISH.items()}),
}


def edited(submission: Submission, name: str) -> Submission:
    """The submission with all its notes edited; the board stays. Raises KeyError for an unknown edit."""
    change = EDITS[name]
    return replace(submission, notes={step: change(text) for step, text in submission.notes.items()})
