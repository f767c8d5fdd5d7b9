"""Whether a marker stands in bytes, in whatever form they carry it: escaped, encoded, packed, or set as a PDF.

A marker is a made-up word of ASCII letters and digits, at least 12 of them, so no escaping of text changes it unless
each letter is escaped; that, too, is read. Markers that differ in their last letter alone look the same in base64.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# What is packed in what is packed in what came.
DEEPEST = 3
MOST_UNPACKED = 20_000_000
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_ESCAPED = re.compile(
    rb"\\u(?P<u>[0-9a-fA-F]{4})|\\x(?P<x>[0-9a-fA-F]{2})|%(?P<url>[0-9a-fA-F]{2})|&#x(?P<hex>[0-9a-fA-F]{1,6});?"
    rb"|&#(?P<dec>[0-9]{1,7});?"
)


def leaks(data: bytes, markers: Iterable[str]) -> list[tuple[str, str]]:
    """Each marker that stands in the data, with the form in which it does: (marker, form)."""
    wanted = {marker: list(_forms(marker)) for marker in markers}
    return [
        (marker, f"{form} in {reading}" if reading else form)
        for reading, text in _readings(data, DEEPEST)
        for lower in [text.lower()]
        for marker, forms in wanted.items()
        for form, sought, any_case in forms
        if sought in (lower if any_case else text)
    ]


def _forms(marker: str) -> Iterator[tuple[str, bytes, bool]]:
    """(name, bytes, whether upper and lower case are one)."""
    yield "plain", marker.lower().encode(), True
    yield "UTF-16", marker.lower().encode("utf-16-le"), True  # with its neighbour's zero byte, big endian too
    yield "hex", marker.encode().hex().encode(), True
    for shift in range(3):
        yield f"base64 at {shift}", _core(marker.encode(), shift), False


def _core(text: bytes, shift: int) -> bytes:
    """The part of base64 that no neighbour of the text changes, where it begins `shift` bytes into a group of three."""
    encoded = base64.b64encode(b"\0" * shift + text)
    return encoded[-(-shift * 8 // 6) : (shift + len(text)) * 8 // 6]


def _readings(data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """The data as it is, and all that can be read in it."""
    yield "", data
    if not depth or not data:
        return
    inner: list[tuple[str, bytes]] = [("escapes", _unescaped(data)), ("base64", _decoded(data))]
    inner += [("packed", one) for one in _unpacked(data)]
    if (at := data.find(b"%PDF-")) >= 0:
        inner.append(("PDF", _pdf(data[at:])))
    for name, text in inner:
        if text and text != data:
            for deeper, found in _readings(text, depth - 1):
                yield f"{name} > {deeper}" if deeper else name, found


def _unescaped(data: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        digits = next(group for group in found.groups() if group is not None)
        code = int(digits, 10 if found.lastgroup == "dec" else 16)
        return chr(code).encode(errors="replace") if code < 0x110000 else found[0]

    return _ESCAPED.sub(plain, data)


def _decoded(data: bytes) -> bytes:
    """Every run that may be base64, decoded, one to a line."""
    runs = (run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/")) for run in _BASE64.findall(data))
    return b"\n".join(base64.b64decode(run[: len(run) - (len(run) % 4 == 1)] + b"==") for run in runs)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What follows each beginning of a gzip, zlib or zip stream, as far as it unpacks."""
    for found in _PACKED.finditer(data):
        at, window = found.start(), 47  # either header
        if found[0] == b"PK\x03\x04":
            head = data[at : at + 30]
            at += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            window = -15
        with contextlib.suppress(zlib.error):
            text = zlib.decompressobj(window).decompress(data[at:], MOST_UNPACKED)
            if len(text) > 16:
                yield text


def _pdf(data: bytes) -> bytes:
    """The words that a reader sees, without the breaks that the setting put in; its links and properties too."""
    try:
        reader = PdfReader(io.BytesIO(data))
        seen = "".join(page.extract_text() for page in reader.pages)
        return (re.sub(r"[\s\u00ad-]+", "", seen) + repr(dict(reader.metadata or {}))).encode()
    except PyPdfError:
        return b""
