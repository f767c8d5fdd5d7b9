"""A link to a call elsewhere, which people paste and others press."""

from __future__ import annotations

from urllib.parse import urlsplit

MAX_CHARACTERS = 500


def problem(url: str) -> str | None:
    """Why this is no link to a call, in a sentence; None where it is one."""
    if len(url) > MAX_CHARACTERS:
        return f"A link has at most {MAX_CHARACTERS} characters."
    if any(one.isspace() or not one.isprintable() or one in '\\<>"' for one in url):
        return "A link has no spaces and no signs that cannot be seen."
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        return "This is not a link."
    if parts.scheme != "https" or not url.lower().startswith("https://"):
        return "A link to a call begins with https://."
    if not host or "." not in host or user is not None or not host.isascii():
        # user@host and letters of other alphabets are how a link pretends to lead somewhere else.
        return "A link to a call names its host plainly, such as https://meet.example.com/room."
    return None


def host_of(url: str) -> str:
    """Where the link leads, to be shown beside it."""
    return urlsplit(url).hostname or ""
