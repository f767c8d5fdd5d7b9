"""Which scope an address wants. It is asked where tokens are read, so that no view can forget it."""

from __future__ import annotations

ROOT = "/api/v1/"
# {first segment of the address: area}
AREA_OF = {
    "cases": "cases",
    "drafts": "cases",
    "frameworks": "cases",
    "primer": "cases",
    "sheets": "cases",
    "sessions": "sessions",
    "invites": "sessions",
    "disputes": "sessions",
    "ratings": "sessions",
    "calibration": "sessions",
    "bookings": "booking",
    "calendar": "booking",
    "practise": "booking",
    "progress": "progress",
    "groups": "groups",
    "webhooks": "webhooks",
}
# What the API says of itself.
FREE = ("schema", "docs")
_SAFE = ("GET", "HEAD", "OPTIONS")


def wanted(path: str, method: str) -> str | None:
    """The scope for this request, like sessions:write; None where none is needed. An address that is named nowhere
    wants one that no token has."""
    segment = path.removeprefix(ROOT).split("/", 1)[0]
    if segment in FREE:
        return None
    return f"{AREA_OF.get(segment, 'unknown')}:{'read' if method in _SAFE else 'write'}"
