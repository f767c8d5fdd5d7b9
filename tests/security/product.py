"""The product's own code, as trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.platform.test_repository import committed

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("casebank", "interviews", "mlsd_site", "whiteboard")


@cache
def modules() -> dict[str, ast.Module]:
    """{name: what is in it} of every module but the migrations."""
    return dict(_modules())


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in committed():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if path.suffix == ".py" and parts[0] in PACKAGES and "migrations" not in parts:
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text())


def calls() -> Iterator[tuple[str, ast.Call]]:
    """(module, call) of every call there is."""
    for module, tree in modules().items():
        yield from ((module, node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def scripts() -> dict[str, str]:
    """{path below static/src: text} of every script that a browser is sent."""
    source = ROOT / "static/src"
    paths = [one for one in committed() if one.suffix in (".ts", ".tsx") and one.is_relative_to(source)]
    return {str(one.relative_to(source)): one.read_text() for one in paths if ".test." not in one.name}
