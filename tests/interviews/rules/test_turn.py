from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta

from interviews.rules.turn import credential

NOW = datetime(2013, 7, 1, 12, 0, tzinfo=UTC)


def test_a_credential_is_what_coturn_reckons() -> None:
    made = credential(secret="north-of-the-wall", name="mbzrxpgjys", now=NOW, lifetime=timedelta(days=1))
    assert made.username == "1372766400:mbzrxpgjys"
    assert made.expires == 1372766400
    # printf 1372766400:mbzrxpgjys | openssl dgst -sha1 -hmac north-of-the-wall -binary | base64
    assert made.password == "+sSgtqkSYpU1lx8sPtgps4YN7To="


def test_the_password_is_an_hmac_by_its_definition() -> None:
    """RFC 2104, written out: H(key xor opad, H(key xor ipad, text))."""
    made = credential(secret="s" * 20, name="7", now=NOW, lifetime=timedelta(hours=2))
    key = b"s" * 20 + b"\0" * 44
    inner = hashlib.sha1(bytes(k ^ 0x36 for k in key) + made.username.encode()).digest()
    outer = hashlib.sha1(bytes(k ^ 0x5C for k in key) + inner).digest()
    assert made.password == base64.b64encode(outer).decode()


def test_another_secret_name_or_time_is_another_password() -> None:
    first = credential(secret="a" * 16, name="7", now=NOW, lifetime=timedelta(hours=2))
    others = [
        credential(secret="b" * 16, name="7", now=NOW, lifetime=timedelta(hours=2)),
        credential(secret="a" * 16, name="8", now=NOW, lifetime=timedelta(hours=2)),
        credential(secret="a" * 16, name="7", now=NOW, lifetime=timedelta(hours=3)),
    ]
    assert len({first.password, *(one.password for one in others)}) == 4
