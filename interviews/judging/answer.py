"""The judge's answer to one step: read strictly, then held against the submission. Nothing that a model wrote is kept
but levels and the candidate's own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from . import quotes
from .material import Material
from .prompt import MOST_QUOTES, Question

# The same words may well earn two items or three; who quotes one sentence for everything has judged nothing.
MOST_ITEMS_PER_QUOTE = 3


class AnswerError(ValueError):
    """The answer cannot be used; the message says why, in plain words that hold nothing of the answer."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Quote(_Strict):
    where: str
    text: str


class _Item(_Strict):
    item: str
    level: Annotated[int, Field(ge=0, le=3)]
    quotes: Annotated[list[_Quote], Field(max_length=20)]


class _Answer(_Strict):
    items: Annotated[list[_Item], Field(max_length=100)]


@dataclass(frozen=True, slots=True)
class Judged:
    """One item: the level that counts, the one that the judge gave, and the evidence that was found, as stored."""

    item: str
    level: int
    claimed: int
    evidence: tuple[dict[str, Any], ...] = field(default=())


def read(content: str, asked: Question, material: Material) -> list[Judged]:
    """The judged items in the order of the question, without the decoy. Raises AnswerError."""
    given = _parsed(content)
    names = [item.item for item in given.items]
    if sorted(names) != sorted(asked.items):
        raise AnswerError("The judge's answer does not hold each point exactly once.")
    by_id = {item.item: item for item in given.items}
    if by_id[asked.decoy].level:
        raise AnswerError(
            "The judge gave marks for a point that nobody can have shown, so its answer was not used. "
            "It may have followed words in the submission."
        )
    used: Counter[tuple[str, Any]] = Counter()
    return [_judged(by_id[id], material, used) for id in asked.items if id != asked.decoy]


def _parsed(content: str) -> _Answer:
    try:
        return _Answer.model_validate_json(content)
    except ValidationError as error:
        kinds = {fault["type"] for fault in error.errors(include_url=False, include_input=False)}
        if "json_invalid" in kinds:
            raise AnswerError("The judge's answer was not JSON.") from None
        if kinds & {"greater_than_equal", "less_than_equal"}:
            raise AnswerError("The judge gave a level outside of 0 to 3.") from None
        raise AnswerError("The judge's answer did not have the form that was asked for.") from None


def _judged(given: _Item, material: Material, used: Counter[tuple[str, Any]]) -> Judged:
    """The level stands only on words that were found; without any it falls to 0, and `claimed` remembers."""
    evidence: list[dict[str, Any]] = []
    for quote in given.quotes[:MOST_QUOTES] if given.level else ():
        piece = quotes.found(quote.where, quote.text, material)
        if piece is None or piece in evidence:
            continue
        place = (piece["where"], piece.get("start", tuple(piece.get("elements", ()))))
        used[place] += 1
        if used[place] <= MOST_ITEMS_PER_QUOTE:
            evidence.append(piece)
    return Judged(given.item, given.level if evidence else 0, given.level, tuple(evidence))
