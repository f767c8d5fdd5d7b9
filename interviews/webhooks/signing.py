"""Signatures as the Standard Webhooks specification 1.0 has them: HMAC-SHA256 over `id.timestamp.body`."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable

PREFIX = "whsec_"


def spelled(secret: bytes) -> str:
    """A secret as a receiver is given it."""
    return PREFIX + b64encode(secret).decode()


def signature(secrets: Iterable[bytes], *, id: str, timestamp: int, body: bytes) -> str:
    """The value of webhook-signature: one `v1,...` for each secret that is valid now, with spaces between."""
    signed = f"{id}.{timestamp}.".encode() + body
    return " ".join(
        "v1," + b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode() for secret in secrets
    )


def headers(secrets: Iterable[bytes], *, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of the specification; `timestamp` is that of this attempt, in seconds since 1970."""
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secrets, id=id, timestamp=timestamp, body=body),
    }
