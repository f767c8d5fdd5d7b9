"""What is kept of an upload, and how a note names pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from interviews.rules.pictures import (
    MAX_BYTES,
    MAX_STORED,
    BadPicture,
    encode,
    mention,
    mentioned,
    words_alone,
)
from tests.interviews.pictures import picture

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is this large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_kept_as_webp(format: str) -> None:
    kept = encode(picture(format=format))
    with Image.open(BytesIO(kept.data)) as found:
        assert (found.format, found.size) == ("WEBP", (kept.width, kept.height))
    assert (kept.width, kept.height) == (40, 30)


def test_transparency_is_kept() -> None:
    with Image.open(BytesIO(encode(picture(mode="RGBA", paper=(0, 0, 0, 0))).data)) as found:
        assert found.mode == "RGBA"


def test_nothing_but_pixels_is_kept() -> None:
    target, said = BytesIO(), PngInfo()
    said.add_text("Comment", "taken at home-sweet-home")
    exif = Image.Exif()
    exif[0x010E] = "home-sweet-home"
    Image.new("RGB", (40, 30)).save(
        target, "PNG", pnginfo=said, exif=exif, icc_profile=b"home-sweet-home" * 20
    )
    assert b"home-sweet-home" in target.getvalue()
    kept = encode(target.getvalue()).data
    assert b"home-sweet-home" not in kept
    with Image.open(BytesIO(kept)) as found:
        assert not found.getexif()
        assert "icc_profile" not in found.info


@pytest.mark.asvs("5.2.2")
def test_what_is_appended_to_a_picture_goes() -> None:
    script = b"<script>alert(document.cookie)</script>"
    assert script not in encode(picture() + script).data


def test_a_photo_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    target = BytesIO()
    Image.new("RGB", (40, 30)).save(target, "JPEG", exif=exif)
    kept = encode(target.getvalue())
    assert (kept.width, kept.height) == (30, 40)


def test_a_large_picture_is_made_smaller() -> None:
    target = BytesIO()
    Image.effect_noise((3000, 2000), 90).save(target, "JPEG", quality=30)
    kept = encode(target.getvalue()[:MAX_BYTES])
    assert max(kept.width, kept.height) <= 1600
    assert len(kept.data) <= MAX_STORED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0" * (MAX_BYTES + 1), "too_big"),
        (bomb(50_000, 50_000), "too_many_pixels"),
        (bomb(5_000, 5_000), "too_many_pixels"),
        (bomb(3_000, 3_000), "unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "unreadable"),
        (b"<html><script>alert(1)</script></html>", "unreadable"),
        (b"%PDF-1.7\n", "unreadable"),
        (b"P6 2 2 255 ............", "unreadable"),
        (b"BM" + b"\0" * 100, "unreadable"),
        (b"GIF89a", "unreadable"),
        (b"\x89PNG\r\n\x1a\n", "unreadable"),
        (b"RIFF\xff\xff\xff\xffWEBPVP8 ", "unreadable"),
        (picture()[:60], "unreadable"),
        (picture(format="JPEG")[:200], "unreadable"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
@pytest.mark.asvs("1.3.4", "5.2.1", "5.2.2", "5.2.6")
def test_what_is_no_picture_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(BadPicture) as refused:
        encode(data)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_note_names_its_pictures_once_in_their_order() -> None:
    text = f"a ![one](note:{ID}) b ![two](note:{OTHER})\n![again](note:{ID})"
    assert mentioned(text) == [("one", ID), ("two", OTHER)]
    assert mentioned(mention(ID)) == [("picture", ID)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "![a](note:1)",
        f"![a](https://x/{ID})",
        f"[a](note:{ID})",
        f"![a\nb](note:{ID})",
        f"![a](note:{ID.upper()}!)",
    ],
)
def test_nothing_else_is_a_picture(text: str) -> None:
    assert mentioned(text) == []


def test_a_scorer_reads_the_words_alone_where_they_stood() -> None:
    text = f"before ![the funnel](note:{ID}) after"
    read = words_alone(text)
    assert len(read) == len(text)
    assert read.split() == ["before", "the", "funnel", "after"]
    assert [read.index(word) for word in ("funnel", "after")] == [
        text.index(word) for word in ("funnel", "after")
    ]
