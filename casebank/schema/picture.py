"""A card's picture: SVG that stands inside a page, so only shapes, words and the colours of the page. Pure."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from .faults import Fault

MAX_BYTES = 12_000
# A phone shows a picture at its own size; a wider one would shrink its letters.
MAX_WIDTH = 360
MIN_LETTERS = 11
COLOURS = ("none", "currentColor")
CLASSES = ("offline", "online", "bridge", "muted")
_SHAPE = {"class", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"} | {
    "stroke-linejoin",
    "opacity",
    "transform",
}
_LETTERS = {"x", "y", "dx", "dy", "text-anchor", "font-size", "font-weight", "font-style"}
ALLOWED: dict[str, set[str]] = {
    "svg": {"xmlns", "viewBox", "role", "aria-labelledby", "font-size"} | _SHAPE,
    "title": {"id"},
    "desc": {"id"},
    "g": {"font-size", "text-anchor"} | _SHAPE,
    "path": {"d"} | _SHAPE,
    "rect": {"x", "y", "width", "height", "rx"} | _SHAPE,
    "circle": {"cx", "cy", "r"} | _SHAPE,
    "ellipse": {"cx", "cy", "rx", "ry"} | _SHAPE,
    "line": {"x1", "y1", "x2", "y2"} | _SHAPE,
    "polyline": {"points"} | _SHAPE,
    "polygon": {"points"} | _SHAPE,
    "text": _LETTERS | _SHAPE,
    "tspan": _LETTERS | _SHAPE,
}


def read(path: Path, *, root: Path) -> tuple[str, list[Fault]]:
    """The picture's text and its faults, both empty where there is no picture. Faults name it from `root`."""
    name = str(path.relative_to(root))
    if path.is_symlink():
        return "", [Fault(name, 0, "", "is a link, and links are not followed")]
    if not path.exists():
        return "", []
    if path.stat().st_size > MAX_BYTES:
        return "", [Fault(name, 0, "", f"is larger than {MAX_BYTES // 1000} kB")]
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        return "", [Fault(name, 0, "", f"is not UTF-8 text: {error.reason}")]
    faults = _Reader(name, path.stem).faults_of(text)
    return ("" if faults else text), faults


class _Reader:
    """Looks at one picture, element by element."""

    def __init__(self, name: str, slug: str) -> None:
        self.name, self.slug = name, slug
        self.faults: list[Fault] = []
        self.ids: dict[str, str] = {}
        self.labelled_by: list[str] = []
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = lambda *_: self._fault("", "declares a document type")
        self.parser.ProcessingInstructionHandler = lambda *_: self._fault(
            "", "holds a processing instruction"
        )

    def faults_of(self, text: str) -> list[Fault]:
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            return [
                *self.faults,
                Fault(self.name, error.lineno, "", f"is not XML: {expat.ErrorString(error.code)}"),
            ]
        wanted = [self.ids.get("title", ""), self.ids.get("desc", "")]
        if "" in wanted or self.labelled_by != wanted:
            self.faults.append(
                Fault(
                    self.name, 1, "svg", "needs a title and a desc with ids, and aria-labelledby naming both"
                )
            )
        return self.faults

    def _fault(self, key: str, reason: str) -> None:
        self.faults.append(Fault(self.name, self.parser.CurrentLineNumber, key, reason))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if tag not in ALLOWED or (tag == "svg") is not (self.depth == 1):
            return self._fault(tag, "may not stand here")
        for key, value in attributes.items():
            if key not in ALLOWED[tag]:
                self._fault(f"{tag}.{key}", "is not a known attribute")
            elif reason := self._wrong(key, value):
                self._fault(f"{tag}.{key}", reason)
        if tag == "svg":
            self._check_root(attributes)
        if "id" in attributes:
            self.ids.setdefault(tag, attributes["id"])
        return None

    def _end(self, tag: str) -> None:
        self.depth -= 1

    def _wrong(self, key: str, value: str) -> str:
        if key in ("fill", "stroke") and value not in COLOURS:
            return f"must be one of {', '.join(COLOURS)}: light and dark decide the colour"
        if key == "class" and value not in CLASSES:
            return f"must be one of {', '.join(CLASSES)}"
        if key == "font-size" and not (value.isdigit() and int(value) >= MIN_LETTERS):
            return f"must be a whole number of at least {MIN_LETTERS}"
        if key == "id" and not value.startswith(f"{self.slug}-"):
            return f"must begin with {self.slug}-"
        return ""

    def _check_root(self, attributes: dict[str, str]) -> None:
        self.labelled_by = attributes.get("aria-labelledby", "").split()
        if attributes.get("role") != "img":
            self._fault("svg.role", "must be img")
        box = attributes.get("viewBox", "").split()
        if len(box) != 4 or not all(part.isdigit() for part in box) or int(box[2]) > MAX_WIDTH:
            self._fault("svg.viewBox", f"must be four whole numbers, at most {MAX_WIDTH} wide")
