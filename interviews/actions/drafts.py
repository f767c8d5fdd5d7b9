"""Drafts of forms that save themselves: version after version, so that two windows do not overwrite each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from interviews.errors import Refused
from interviews.models import CalibrationDraft, FeedbackDraft, SecondRating

# What they have in common: `answers` {field: text}, `version`, which counts the saves, and `updated_at`.
Draft = FeedbackDraft | CalibrationDraft | SecondRating
D = TypeVar("D", FeedbackDraft, CalibrationDraft, SecondRating)


class Stale(Refused):
    """The draft was saved in another window in between. `draft` is as it is stored; what was sent is not saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            "stale",
            "This form was changed in another window. Both versions are kept: that one is stored, and yours is still "
            "in this form. Choose which of them goes on.",
        )
        self.draft = draft


class Incomplete(Refused):
    """Not everything is answered; `faults` says by field what is missing. The draft is saved."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(
            "incomplete",
            "It is saved as a draft, but not sent: see what is marked below.",
            status=422,
        )
        self.faults = faults


def keep(draft: D, answers: Mapping[str, str], *, base: int, now: datetime) -> D:
    """Store the answers on top of save number `base`; the same again is no change. The caller holds what makes two
    windows take turns. Raises Stale."""
    if draft.answers == answers:
        return draft
    if draft.version != base:
        raise Stale(draft)
    draft.answers, draft.version, draft.updated_at = dict(answers), draft.version + 1, now
    draft.save(update_fields=["answers", "version", "updated_at"])
    return draft
