"""Passwords for a TURN server that are good for a while, made without asking it.

The scheme is that of coturn's `use-auth-secret`: "A REST API For Access To TURN Services"
(draft-uberti-behave-turn-rest-00, 2013, section 2.2). The server and we share a secret; the user name is the time of
expiry, a colon, and any name; the password is the base64 of HMAC-SHA1 of that user name under the secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Credential:
    """What a browser shows to the TURN server until `expires`, seconds since 1970."""

    username: str
    password: str
    expires: int


def credential(*, secret: str, name: str, now: datetime, lifetime: timedelta) -> Credential:
    """A credential for `name`, which the TURN server may write into its log."""
    expires = int((now + lifetime).timestamp())
    username = f"{expires}:{name}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return Credential(username, base64.b64encode(digest).decode(), expires)
