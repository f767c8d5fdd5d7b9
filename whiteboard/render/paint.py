"""Values as SVG writes them: numbers, colours, attributes."""

from __future__ import annotations

import re
from html import escape

from whiteboard.rules import Element

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|(rgb|hsl)a?\([0-9., %/deg]{1,60}\)")
INK = "#1e1e1e"
_HATCHED = ("hachure", "cross-hatch", "zigzag")


def number(value: float) -> str:
    """At most two decimals, and no trailing zeros."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def attributes(**values: str | float | None) -> str:
    """Escaped attributes with a space before each; None is left out, and an underscore is a hyphen."""
    written = []
    for name, value in values.items():
        if value is not None:
            shown = number(value) if isinstance(value, int | float) else escape(value)
            written.append(f' {name if name == "viewBox" else name.replace("_", "-")}="{shown}"')
    return "".join(written)


def colour(value: object, otherwise: str) -> str:
    """A colour as CSS knows it, or `otherwise`."""
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else otherwise


def stroke(element: Element, *, wider: float = 1) -> str:
    """The attributes of an element's outline."""
    width = element.get("strokeWidth", 2) * wider
    dashes = {"dashed": f"{number(width * 4)} {number(width * 3)}", "dotted": f"0.1 {number(width * 2.5)}"}
    return attributes(
        stroke=colour(element.get("strokeColor"), INK),
        stroke_width=width,
        stroke_dasharray=dashes.get(element.get("strokeStyle", "solid")),
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def fill(element: Element) -> str:
    """The attributes of an element's inside; a hatched one is shown as a lighter plain one."""
    inside = colour(element.get("backgroundColor"), "none")
    if inside in ("none", "transparent"):
        return attributes(fill="none")
    hatched = element.get("fillStyle") in _HATCHED
    return attributes(fill=inside, fill_opacity=0.5 if hatched else None)
