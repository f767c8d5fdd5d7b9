"""Signatures, against the vector that the Standard Webhooks project's own libraries are tested with."""

from __future__ import annotations

from base64 import b64decode

from interviews.webhooks.signing import headers, signature, spelled

# github.com/standard-webhooks/standard-webhooks, libraries: "sign function works".
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, TIMESTAMP, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
KEY = b64decode(SECRET.removeprefix("whsec_"))


def test_the_published_vector() -> None:
    assert signature([KEY], id=ID, timestamp=TIMESTAMP, body=BODY) == SIGNED


def test_a_secret_is_spelled_as_receivers_know_it() -> None:
    assert spelled(KEY) == SECRET


def test_two_secrets_sign_side_by_side() -> None:
    found = headers([b"new", KEY], id=ID, timestamp=TIMESTAMP, body=BODY)
    first, second = found.pop("webhook-signature").split(" ")
    assert second == SIGNED
    assert first != second
    assert found == {"webhook-id": ID, "webhook-timestamp": str(TIMESTAMP)}
