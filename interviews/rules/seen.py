"""What a person who knows a case may still do with it. Ways of knowing: "guide", "candidate", "interviewer",
"observer" (as casebank.models.SeenCase has them) and "author"."""

from __future__ import annotations

from collections.abc import Collection

# The reason that says most comes first.
_WHY = {
    "author": "You wrote this case.",
    "guide": "You have seen this case's guide.",
    "interviewer": "You have interviewed somebody on this case.",
    "observer": "You have watched or rated an interview on this case.",
    "candidate": "You have been interviewed on this case before.",
}


def may_be_asked(ways: Collection[str]) -> bool:
    """A case is asked of somebody who does not know it in any way."""
    return not ways


def objection(role: str, ways: Collection[str], *, alone: bool) -> str:
    """Why this person should not take this seat without a second thought, as a sentence; "" if nothing speaks
    against it. One interviews on what one knows; and alone, one may well try again what one did before."""
    if role != "candidate" or may_be_asked(ways) or (alone and set(ways) == {"candidate"}):
        return ""
    return next(why for way, why in _WHY.items() if way in ways)


def guide_would_spoil(ways: Collection[str], *, awaits_it: bool) -> bool:
    """Whether opening the guide takes something away: from somebody who is about to be the candidate on this case
    and has not seen its guide yet."""
    return awaits_it and not {"guide", "author"} & set(ways)
