"""Pictures to upload."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def picture(
    *,
    format: str = "PNG",
    mode: str = "RGB",
    size: tuple[int, int] = (40, 30),
    paper: str | tuple[int, ...] = "white",
) -> bytes:
    """A small one, half dark."""
    image = Image.new(mode, size, paper)
    image.paste("navy", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    image.save(target, format)
    return target.getvalue()
