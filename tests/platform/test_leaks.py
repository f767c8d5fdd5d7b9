"""The search for what must not leak finds it in every form in which it could be sent, and nothing where it is not."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from casebank.checklist import CONTENT
from tests.e2e.leaks import leaks

MARKER = "canaryzebra42x"
SAID = f'He said: "{MARKER} & <labels>", and went on.'


def _zip(text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", text)
    return file.getvalue()


def _pdf(text: bytes) -> bytes:
    return bytes(typst.compile(b"#set page(width: 5cm)\n" + text.replace(b"<", b"").replace(b">", b"")))


def _spelled(mask: str) -> Callable[[bytes], bytes]:
    return lambda text: "".join(mask.format(ord(one)) for one in text.decode()).encode()


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "upper case": bytes.upper,
    "JSON": lambda text: json.dumps({"text": text.decode()}).encode(),
    "JSON, each letter": _spelled("\\u{:04x}"),
    "script, each letter": _spelled("\\x{:02x}"),
    "HTML": lambda text: html.escape(text.decode()).encode(),
    "HTML, each letter": _spelled("&#{};"),
    "address": lambda text: urllib.parse.quote_plus(text).encode(),
    "address, each letter": _spelled("%{:02X}"),
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "UTF-16, big endian": lambda text: text.decode().encode("utf-16-be"),
    "hex": lambda text: text.hex().encode(),
    "base64 at 0": base64.b64encode,
    "base64 at 1": lambda text: base64.b64encode(b"x" + text),
    "base64 at 2": lambda text: base64.b64encode(b"xx" + text),
    "base64 for addresses": base64.urlsafe_b64encode,
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text)),
    "a signed cookie": lambda text: b"." + base64.urlsafe_b64encode(zlib.compress(text)).rstrip(b"=") + b":1",
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zip": _zip,
    "PDF": _pdf,
    "a PDF in JSON": lambda text: json.dumps(
        {"pdf": base64.b64encode(gzip.compress(text)).decode()}
    ).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_it_is_found_in_every_form(form: str) -> None:
    sent = FORMS[form](SAID.encode())
    for before in (b"", b"HTTP/1.1 200 OK\r\n\r\n"):
        assert {marker for marker, _ in leaks(before + sent, [MARKER, "canaryzebra43x"])} == {MARKER}


def test_nothing_is_found_where_nothing_is() -> None:
    files = [path for path in Path(CONTENT).rglob("*") if path.is_file()]
    assert len(files) > 50
    assert leaks(b"\n".join(path.read_bytes() for path in files), [MARKER]) == []
    assert leaks(b"", [MARKER]) == leaks(_pdf(b"Nothing."), [MARKER]) == []


@pytest.mark.parametrize(
    "broken", [b"%PDF-1.7 and no more", b"\x1f\x8b\x08 and no more", b"PK\x03\x04", b"=" * 20]
)
def test_what_is_broken_is_read_as_far_as_it_goes(broken: bytes) -> None:
    assert leaks(broken + MARKER.encode(), [MARKER]) == [(MARKER, "plain")]
