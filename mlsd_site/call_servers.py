"""The servers that help browsers find each other for a call, as the environment names them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured
from environs import Env


def read_call_servers(env: Env, secret: str) -> tuple[list[str], list[str], str]:
    """STUN_URLS, TURN_URLS and TURN's secret; ImproperlyConfigured where they cannot work."""
    stun: list[str] = env.list("STUN_URLS", [])
    turn: list[str] = env.list("TURN_URLS", [])
    check_call_servers(stun, turn, secret)
    return stun, turn, secret


def check_call_servers(stun: Iterable[str], turn: Iterable[str], secret: str) -> None:
    """ImproperlyConfigured, in words, where an address is none, or the secret is missing or can be guessed."""
    for name, urls, schemes in (
        ("STUN_URLS", stun, ("stun:", "stuns:")),
        ("TURN_URLS", turn, ("turn:", "turns:")),
    ):
        for url in urls:
            if not url.startswith(schemes) or not url.partition(":")[2]:
                raise ImproperlyConfigured(f"{name}: {url!r} does not begin with {' or '.join(schemes)}host.")
    if any(turn) and len(secret) < 16:
        raise ImproperlyConfigured(
            "Set TURN_SECRET (or TURN_SECRET_FILE) to coturn's static-auth-secret, at least 16 characters."
        )
