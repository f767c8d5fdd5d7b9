"""Pictures in notes: how a text names them, and what of an upload is kept. Pure: bytes and text in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

# What a browser may send; what is stored is smaller.
MAX_BYTES = 4_000_000
MAX_PIXELS = 16_000_000
MAX_STORED = 1_000_000
MOST = 12
MEDIA_TYPE = "image/webp"
# The formats that are decoded at all; SVG is a program and none of them.
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# The longest side that is kept, in pixels, and WebP's quality: tried in order until the result is small enough.
_SIZES = ((1600, 80), (1600, 55), (1000, 55))
_MENTION = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,300})\]"
    r"\(note:(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)"
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as it is stored: WebP without metadata, its sides in pixels."""

    data: bytes
    width: int
    height: int


class BadPicture(ValueError):
    """An upload that is no picture to keep; `code` is a short name, the message says why in words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def encode(data: bytes) -> Encoded:
    """The picture in an upload, decoded and encoded anew, so that nothing but its pixels is kept; of an animation the
    first frame. Raises BadPicture: empty, too_big, too_many_pixels, unreadable."""
    if not data:
        raise BadPicture("empty", "This file is empty.")
    if len(data) > MAX_BYTES:
        raise BadPicture("too_big", f"A picture holds at most {MAX_BYTES // 1_000_000} MB.")
    try:
        return _encode(data)
    except BadPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (
        Exception
    ) as error:  # a decoder raises what its parser stumbles on: OSError, SyntaxError, struct.error ...
        raise BadPicture("unreadable", "This is no PNG, JPEG, WebP or GIF that can be read.") from error


def mentioned(text: str) -> list[tuple[str, str]]:
    """The pictures that a note names, (words, id), in their order, each once."""
    found: dict[str, str] = {}
    for match in _MENTION.finditer(text):
        found.setdefault(match["id"], match["alt"])
    return [(alt, id) for id, alt in found.items()]


def mention(id: object) -> str:
    """How a note names a picture."""
    return f"![picture](note:{id})"


def words_alone(text: str) -> str:
    """The note as a scorer reads it: of each picture the words, everything else of it blank. No offset changes."""
    return _MENTION.sub(
        lambda match: f"  {match['alt']}{' ' * (len(match[0]) - len(match['alt']) - 2)}", text
    )


def _encode(data: bytes) -> Encoded:
    with Image.open(BytesIO(data), formats=_FORMATS) as source:
        # The header is all that has been read; what it announces is refused before anything is unpacked.
        if source.width * source.height > MAX_PIXELS:
            raise _too_many_pixels()
        source.draft("RGB", (_SIZES[0][0],) * 2)
        upright = ImageOps.exif_transpose(source)
        picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture.info.clear()
    for side, quality in _SIZES:
        picture.thumbnail((side, side))
        target = BytesIO()
        picture.save(target, "WEBP", quality=quality, method=4)
        if target.tell() <= MAX_STORED:
            return Encoded(target.getvalue(), *picture.size)
    raise BadPicture("too_big", "This picture stays too large however it is packed. Take a part of it.")


def _too_many_pixels() -> BadPicture:
    return BadPicture(
        "too_many_pixels",
        f"A picture has at most {MAX_PIXELS // 1_000_000} million pixels. Make it smaller first.",
    )
