"""What a webhook's address may be, read by the parser that sends to it, so that no two can differ about its host."""

from __future__ import annotations

from ipaddress import ip_address

import httpx

from .policy import Policy

LONGEST = 500
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal")
_ODD = frozenset(' \\"<>^`{|}')


def wrong_with(text: str, policy: Policy) -> str:
    """What is wrong with an address as somebody wrote it; empty where nothing is. Names are looked up only when
    something is sent, for what they mean can change."""
    if len(text) > LONGEST:
        return f"An address has at most {LONGEST} characters."
    if not text.isascii() or not text.isprintable() or _ODD & set(text):
        return "Write the address in plain ASCII without spaces: names in their xn-- form, other characters as %XX."
    try:
        url = httpx.URL(text)
        host, port = url.raw_host.decode(), url.port
    except (httpx.InvalidURL, ValueError):
        return "This is no address."
    if url.scheme != "https" and not (policy.local and url.scheme == "http"):
        return "The address must begin with https://."
    if not host:
        return "The address names no host."
    if url.userinfo or "@" in text.split("/")[2]:
        return "The address must not hold a user name or a password; the signature says who is calling."
    if "#" in text:
        return "The address must not have a fragment (#)."
    if not policy.local and (443 if port is None else port) not in policy.ports:
        return f"The port must be {', '.join(map(str, sorted(policy.ports)))}."
    return _wrong_with_host(host, policy)


def _wrong_with_host(host: str, policy: Policy) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        name = host.rstrip(".").lower()
        is_odd = not policy.local and (name.endswith(_LOCAL_NAMES) or "." not in name)
        return "This name is not one of the public internet." if is_odd else ""
    return "" if policy.allows(address) else "This address is not one of the public internet."
