"""The addresses of people's own cases, and of those that came with sessions from elsewhere: the name that was wished
for, and a few letters that make it theirs.

Without the letters, a refusal would tell that somebody else has a private case of that name.
"""

from __future__ import annotations

import secrets

from casebank.models import Case

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 8


def private(wish: str) -> str:
    """A new address for a case whose writer wished for `wish`."""
    return f"{wish}-{''.join(secrets.choice(LETTERS) for _ in range(LENGTH))}"


def wish(case: Case) -> str:
    """The name as its writer wished for it."""
    is_projects = case.owner_id is None and case.retired_at is None
    return case.slug if is_projects else case.slug[: -LENGTH - 1]
