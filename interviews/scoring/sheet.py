"""What the scorer writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .evidence import Evidence


@dataclass(frozen=True, slots=True)
class ItemScore:
    """A level 0-3, how sure the scorer is (0-1), and the evidence; level 0 has none, a level above 0 always some."""

    level: int
    confidence: float  # the probability that a person would give this level
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole judgement. `overall` is 1 (strong no hire) to 4; `arithmetic` holds the numbers that led to it."""

    items: Mapping[str, ItemScore]
    overall: int
    arithmetic: Mapping[str, float]
    version: str
