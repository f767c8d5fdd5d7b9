"""More time by agreement: who may ask for how much, and who answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# In minutes.
CHOICES = (5, 10)

Asked = Literal["propose", "take", "agree", "same", "refuse_amount", "refuse_second", "refuse_other"]
Answered = Literal["agree", "decline", "withdraw", "refuse"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One that waits for its answer: how many minutes, and the role that asked."""

    minutes: int
    role: str


def may_ask(role: str) -> bool:
    """Those whose hour it is; who watches has no say."""
    return role in ("candidate", "interviewer")


def on_asking(role: str, minutes: int, *, alone: bool, extended: bool, waiting: Proposal | None) -> Asked:
    """What to do when somebody asks for more time. Both asking for the same is agreeing."""
    if minutes not in CHOICES:
        return "refuse_amount"
    if extended:
        return "refuse_second"
    if alone:
        return "take"
    if waiting is None:
        return "propose"
    if waiting.minutes != minutes:
        return "refuse_other"
    return "same" if waiting.role == role else "agree"


def on_answering(role: str, waiting: Proposal, *, yes: bool) -> Answered:
    """What an answer does: the other side agrees or declines, the own side can only take it back."""
    if not may_ask(role):
        return "refuse"
    if role == waiting.role:
        return "refuse" if yes else "withdraw"
    return "agree" if yes else "decline"
