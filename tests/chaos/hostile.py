"""Files that somebody means ill with: bombs, depths, numbers that are none, scripts, foreign pages."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

DEEP = 100_000
LINKS = [
    before + scheme + after
    for scheme in (
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        "java\nscript:",
        "vbscript:",
        "data:text/html,",
    )
    for before, after in (
        *(("", "alert(1)"), (" ", "alert(1)"), ("\x01", "alert(1)"), ("", "//x.example/%0aalert(1)")),
        *(("\u2028", "alert(1)"), ("view-source:", "alert(1)")),
    )
]


@dataclass(frozen=True, slots=True)
class Upload:
    """What is sent where: `door` is one of DOORS, `kind` what it tries. It may be taken if what comes back holds none
    of `poison`; without any, it must be refused."""

    kind: str
    door: str
    data: bytes
    form: dict[str, str] = field(default_factory=dict)
    poison: tuple[str, ...] = ()


# Where files are taken, by (the address' end, the name of the file's field); {session} stands in some.
DOORS = {
    "picture": ("sessions/{session}/pictures/", "picture"),
    "board": ("sessions/{session}/board/import/", "drawing"),
    "cases": ("cases/import/", "file"),
    "draft": ("drafts/import/", "file"),
}


def upload(chance: random.Random) -> Upload:
    """One of them."""
    return chance.choice(_MAKERS)(chance)


# -- Pictures ---------------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _large_picture(chance: random.Random) -> Upload:
    side = chance.choice((5_000, 16_384, 65_000))
    header = struct.pack(">IIBBBBB", side, side, 8, chance.choice((0, 2, 6)), 0, 0, 0)
    pixels = zlib.compress(b"\0" * 3_000_000, 9)
    data = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return Upload("a picture of many pixels", "picture", data)


def _script_picture(chance: random.Random) -> Upload:
    inside = chance.choice(
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "<script>alert(1)</script>")
    )
    start = chance.choice((b"", b"\xef\xbb\xbf", b"<?xml version='1.0'?>", b"GIF89a"))
    return Upload("a picture that is a script", "picture", start + inside.encode())


def _broken_picture(chance: random.Random) -> Upload:
    start = chance.choice(
        (
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"GIF89a\xff\xff\xff\xff",
            b"RIFF\xff\xff\xff\xffWEBPVP8L",
        )
    )
    return Upload("a picture that is broken", "picture", start + chance.randbytes(chance.randrange(2_000)))


# -- Drawings ---------------------------------------------------------------------------------------------------------


def _file(elements: object) -> bytes:
    return json.dumps({"type": "excalidraw", "version": 2, "elements": elements}).encode()


def _box(**more: object) -> dict[str, object]:
    return {"id": "b1", "type": "rectangle", "x": 0, "y": 0, "width": 9, "height": 9, **more}


def _excalidraw(kind: str, data: bytes, *poison: str) -> Upload:
    return Upload(kind, "board", data, {"format": "excalidraw"}, poison)


def _link(chance: random.Random) -> Upload:
    return _excalidraw("a link that runs", _file([_box(link=chance.choice(LINKS))]), "alert(1)")


def _foreign_page(chance: random.Random) -> Upload:
    page = {"generationData": {"status": "done", "html": "<script>alert(1)</script>"}}
    kind = chance.choice(("iframe", "embeddable", "magicframe"))
    wrong = _box(id="i1", type=kind, link="https://x.example/", customData=page)
    return _excalidraw("a foreign page", _file([_box(), wrong]), "alert(1)", "x.example", '"iframe"')


def _no_number(chance: random.Random) -> Upload:
    number = chance.choice(("NaN", "Infinity", "-Infinity", "1e400", "9" * 5_000, "-1e308"))
    key = chance.choice(("x", "width", "angle", "version", "opacity"))
    data = _file([_box(**{key: 7.125})]).replace(b"7.125", number.encode())
    return _excalidraw("a number that is none", data)


def _too_deep(chance: random.Random) -> Upload:
    opens, closes = chance.choice((("[", "]"), ('{"elements":', "}")))
    data = (opens * DEEP + ("0" + closes * DEEP if chance.random() < 0.5 else "")).encode()
    return _excalidraw("a depth of 100,000", data)


def _too_many(chance: random.Random) -> Upload:
    return _excalidraw("elements without end", _file([_box(id=f"b{number}") for number in range(9_000)]))


def _deep_yaml(chance: random.Random) -> Upload:
    door, form = chance.choice((("board", {"format": "yaml"}), ("board", {"format": "mermaid"})))
    return Upload("a depth of 100,000", door, (chance.choice("[{") * DEEP).encode(), form)


# -- Cases ------------------------------------------------------------------------------------------------------------


def _laughs(chance: random.Random) -> Upload:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, chance.randrange(6, 12))]
    text = "\n".join([*lines, "nodes: *a5"])
    if chance.random() < 0.5:
        return Upload("names that stand for more and more", "board", text.encode(), {"format": "yaml"})
    # A draft may be faulty; it is kept as the text that it is.
    return Upload("names that stand for more and more", "draft", text.encode(), {}, ("hahaha",))


def _tag(chance: random.Random) -> Upload:
    tag = chance.choice(
        ("!!python/object/apply:os.system ['touch /tmp/x']", "!!python/name:os.system", "!!binary x")
    )
    return Upload("a tag that runs", "board", f"nodes: {tag}".encode(), {"format": "yaml"})


def _zip(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def _bomb(chance: random.Random) -> Upload:
    many = {f"case-{number}__prompt.yaml": b" " * 8_000_000 for number in range(chance.choice((1, 4)))}
    return Upload("an archive that unpacks to much", "cases", _zip(**many))


def _lying_archive(chance: random.Random) -> Upload:
    data = bytearray(_zip(**{"case__prompt.yaml": b"title: x\n" * 500}))
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return Upload("an archive that lies", "cases", bytes(data))


def _elsewhere(chance: random.Random) -> Upload:
    name = chance.choice(("..__..__etc__passwd", "__etc__passwd", "C:\\x", "a__..__..__b.yaml", "x" * 300))
    return Upload("an archive that points elsewhere", "cases", _zip(**{name: b"title: x"}))


_MAKERS: tuple[Callable[[random.Random], Upload], ...] = (
    *(_large_picture, _script_picture, _broken_picture, _link, _link, _foreign_page, _no_number, _too_deep),
    *(_too_many, _deep_yaml, _laughs, _tag, _bomb, _lying_archive, _elsewhere),
)
