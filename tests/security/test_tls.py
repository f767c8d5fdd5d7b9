"""What the proxy of compose.yaml is told of TLS. What it then speaks with browsers is Caddy's doing."""

from __future__ import annotations

from pathlib import Path

import pytest

LINES = [
    line.split()
    for line in (Path(__file__).resolve().parents[2] / "docs/deploy/Caddyfile").read_text().splitlines()
    if line.split() and not line.strip().startswith("#")
]
# Those of TLS 1.2 with forward secrecy (ECDHE) and authentication in the cipher itself.
GOOD = {
    f"TLS_ECDHE_{key}_WITH_{cipher}"
    for key in ("ECDSA", "RSA")
    for cipher in ("AES_256_GCM_SHA384", "AES_128_GCM_SHA256", "CHACHA20_POLY1305_SHA256")
}


def said(word: str) -> list[str]:
    """What follows this word, which stands once, in the site's own block."""
    assert LINES[0] == ["{$SITE_ADDRESS}", "{"]
    inside = LINES[LINES.index(["tls", "{"]) :]
    block = inside[: inside.index(["}"])]
    (found,) = [line[1:] for line in block if line[0] == word]
    assert sum(line[0] == word for line in LINES) == 1
    return found


@pytest.mark.asvs("12.1.1")
def test_old_versions_of_tls_are_off() -> None:
    assert said("protocols") == ["tls1.2", "tls1.3"]


@pytest.mark.asvs("12.1.2")
def test_ciphers_are_those_that_are_recommended_the_strongest_first() -> None:
    ciphers = said("ciphers")
    assert set(ciphers) == GOOD
    bits = [128 if "AES_128" in one else 256 for one in ciphers]
    assert bits == sorted(bits, reverse=True)
