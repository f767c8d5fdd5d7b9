"""Which hashes, keys and dice the product uses: others' alone, each of 128 bits and more."""

from __future__ import annotations

import ast
import base64
import inspect
import random
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from mlsd_site.accounts import mfa
from mlsd_site.call_servers import check_call_servers
from tests.security.product import calls, modules

LIBRARIES = ("hashlib", "hmac", "secrets", "ssl", "cryptography.fernet", "django.utils.crypto")
# Everything that the product takes from them. A new one is looked at, and put here.
USED = {
    "cryptography.fernet.Fernet",
    "cryptography.fernet.MultiFernet",
    "django.utils.crypto.constant_time_compare",
    "django.utils.crypto.salted_hmac",
    "hashlib.blake2b",
    "hashlib.file_digest",
    "hashlib.sha1",
    "hashlib.sha256",
    "hmac.digest",
    "hmac.new",
    "secrets.choice",
    "secrets.randbits",
    "secrets.token_hex",
    "secrets.token_urlsafe",
    "ssl.SSLContext",
}
# Names that keep things apart and open nothing: of requests, of what is put on a board, of messages, of cases.
OPEN_NOTHING = {"mlsd_site.logs", "interviews.api.board", "interviews.views.chat", "casebank.slugs"}


def used() -> Iterator[tuple[str, str]]:
    """(module, what of a library it names)."""
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in LIBRARIES:
                yield from ((module, f"{node.module}.{one.name}") for one in node.names)
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in LIBRARIES:
                yield module, ast.unparse(node)


@pytest.mark.asvs("11.2.1")
def test_hashes_keys_and_dice_are_of_libraries_that_many_use() -> None:
    assert {name for _, name in used()} == USED
    roots = {
        name.partition(".")[0]
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
        )
    }
    assert roots & {"Crypto", "Cryptodome", "OpenSSL", "jose", "jwt", "nacl", "passlib", "rsa"} == set()


@pytest.mark.asvs("11.2.1")
def test_chance_that_can_be_foretold_is_for_the_scorers_training_alone() -> None:
    rolled = {
        module
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if "random" in (getattr(node, "module", None), *(one.name for one in node.names))
    }
    assert {one for one in rolled if not one.startswith("interviews.scoring.")} == set()


@pytest.mark.asvs("11.2.3")
def test_none_has_fewer_than_128_bits() -> None:
    # SHA-1 only under a key, which the relay's protocol asks for; its secret has 16 characters and more.
    assert {module for module, name in used() if name == "hashlib.sha1"} == {"interviews.rules.turn"}
    assert "hmac.new(secret.encode(), username.encode(), hashlib.sha1)" in ast.unparse(
        modules()["interviews.rules.turn"]
    )
    with pytest.raises(ImproperlyConfigured, match="at least 16"):
        check_call_servers([], ["turn:turn.example.com"], "x" * 15)
    short = {
        module
        for module, call in calls()
        if ast.unparse(call.func).rpartition(".")[2] in ("token_hex", "token_urlsafe", "token_bytes")
        if ast.literal_eval(call.args[0]) < 16
    }
    assert short - OPEN_NOTHING == set()
    assert {
        module for module, name in used() if name in ("secrets.choice", "secrets.randbits")
    } <= OPEN_NOTHING
    # Fernet: half of it is AES's key, half HMAC's.
    assert len(base64.urlsafe_b64decode(mfa._derived("a" * 40))) * 8 == 256
    Fernet(mfa._derived("a" * 40))
    assert len(base64.b32decode(generate_totp_secret())) * 8 == 160


def _codes() -> str:
    return str(RecoveryCodes.generate_seed())


@pytest.mark.asvs("6.5.3")
@pytest.mark.parametrize("make", [generate_totp_secret, _codes])
def test_seeds_are_not_of_dice_that_can_be_foretold(make: Callable[[], str]) -> None:
    """Python's own generator, set to the same place twice, would give the same seed twice."""
    made = []
    for _ in range(2):
        random.seed(4711)
        made.append(make())
    assert made[0] != made[1]


@pytest.mark.asvs("6.5.3")
def test_they_are_of_the_systems() -> None:
    assert "secrets.token_bytes(" in inspect.getsource(generate_totp_secret)
    assert "secrets.token_hex(" in inspect.getsource(RecoveryCodes.generate_seed)
