"""What no code of the product does, read off the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from interviews.room import door
from mlsd_site.accounts.mfa import MFAAdapter
from tests.platform.test_repository import committed

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ["mlsd_site", "interviews", "casebank", "whiteboard", "manage.py"]
# Rule of the linter: what it finds.
FORBIDDEN = {
    "S102": "exec", "S301": "pickle", "S302": "marshal", "S307": "eval",
    "S304": "weak ciphers", "S305": "weak modes", "S324": "MD5 and SHA-1",
    "S501": "TLS without its certificate", "S506": "YAML that makes objects", "S602": "a shell", "S604": "a shell",
    "S605": "a shell", "S608": "SQL put together from words", "S611": "SQL put together from words",
    "S701": "templates without escaping",
}  # fmt: skip


@pytest.mark.asvs("1.2.4", "1.2.5", "1.3.2", "1.3.7", "1.5.2", "11.3.1", "11.4.1", "12.3.2")
def test_the_product_does_none_of_what_is_forbidden() -> None:
    """Exceptions that the code makes for itself do not count here."""
    rules = ["--isolated", "--ignore-noqa", "--output-format", "concise", "--select", ",".join(FORBIDDEN)]
    command = [sys.executable, "-m", "ruff", "check", *rules, *PRODUCT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if re.match(r"\S+:\d+:", line)]
    assert [line.partition(":")[0] for line in found] == KNOWN, "\n".join(found)


# The loader there is yaml.CSafeLoader under another name; and the name of a database that embedded servers choose.
KNOWN = [
    "interviews/scoring/lexicon.py",
    *["interviews/scoring/samples.py"] * 2,
    "mlsd_site/embedded/postgres.py",
    "whiteboard/formats/portable.py",
]


@pytest.mark.asvs("1.2.3", "1.3.2", "3.2.2", "3.5.5")
def test_scripts_make_no_code_and_no_markup_of_words() -> None:
    """Markup comes from the server, escaped by its templates; nothing listens to other windows."""
    scripts = [p for p in committed() if p.suffix in (".ts", ".tsx") and ".test." not in p.name]
    assert len(scripts) > 90
    risky = re.compile(
        r"\beval\(|new Function|document\.write|dangerouslySetInnerHTML|insertAdjacentHTML|(?:inner|outer)HTML = |"
        r"window\.addEventListener\(.message|window\.open\("
    )
    found = {
        f"{path.relative_to(ROOT / 'static/src')}: {line.strip()}"
        for path in scripts
        for line in path.read_text().splitlines()
        if risky.search(line)
    }
    assert found == {
        'page/dialogs.ts: box.innerHTML = `<form method="dialog" class="modal-box"><p></p><div class="modal-action">',
        "replay/screen.ts: template.innerHTML = frame;",
        "room/chat.ts: template.innerHTML = html;",
    }


@pytest.mark.asvs("1.1.2", "1.2.1")
def test_templates_escape_all_but_what_is_named_here() -> None:
    pages = [path for path in committed() if path.suffix in (".html", ".txt") and "templates" in path.parts]
    found = {
        (path.name, match[0])
        for path in pages
        for match in re.finditer(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}|\{% autoescape off %\}", path.read_text())
        if path.suffix == ".html"
    }
    assert found == SAFE


# Texts of our own code: a form's help, a drawn code, a style sheet.
SAFE = {
    ("field.html", "{{ field.help_text|safe }}"),
    ("activate_form.html", "{{ totp_svg|safe }}"),
    ("saved.html", "{{ stylesheet|safe }}"),
}


def test_no_secret_is_committed() -> None:
    shapes = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|"
        r"\bsk-[A-Za-z0-9]{32,}|\bxox[bap]-[0-9A-Za-z-]{20,}|\btwoloops_[\w-]{43}\b"
    )
    texts = [path for path in committed() if path.suffix not in (".png", ".woff2", ".gz")]
    assert [path.name for path in texts if shapes.search(path.read_text(errors="ignore"))] == []
    assert "secrets" in (ROOT / ".gitignore").read_text()
    # Into an image goes what is named, and neither .git nor .env is.
    image = (ROOT / ".dockerignore").read_text().splitlines()
    assert image[0] == "*"
    assert not [line for line in image if line.startswith("!.")]


@pytest.mark.asvs("4.4.1", "4.4.2")
@pytest.mark.parametrize(
    ("origin", "scheme", "ours"),
    [
        ("http://testserver", "ws", True),
        ("https://testserver", "wss", True),
        ("http://testserver", "wss", False),
        ("https://testserver", "ws", False),
        ("https://evil.example", "wss", False),
        ("https://testserver.evil.example", "wss", False),
        ("https://testserver:444", "wss", False),
        ("null", "wss", False),
        ("", "wss", False),
    ],
)
def test_a_socket_opens_from_a_page_of_ours_alone(origin: str, scheme: str, ours: bool) -> None:
    heads = [(b"host", b"testserver"), (b"origin", origin.encode())]
    assert door.origin_is_ours(heads, scheme=scheme) is ours


@pytest.mark.asvs("11.2.2", "11.3.3")
def test_a_seed_is_sealed_against_change_and_outlives_a_new_key(settings: Settings) -> None:
    box = MFAAdapter()
    sealed = box.encrypt("seed")
    spoilt = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    with pytest.raises(InvalidToken):
        box.decrypt(spoilt)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert box.decrypt(sealed) == "seed"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        box.decrypt(sealed)
