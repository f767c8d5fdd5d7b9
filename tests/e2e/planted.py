"""A published case whose guide holds a marker in every text, so that whatever is sent of it can be told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from casebank.checklist import CONTENT
from tests.e2e.product import Product

TITLE = "Ranking of orchard pictures"
SLUG = "orchard-pictures"
# What every marker begins with.
STEM = "hiddenquagga"
_MODEL = CONTENT / "cases" / "ad-click-prediction"
# What names a part of the same file, or is computed with.
_NAMES = {"id", "unit", "formula", "part", "edges", "expects"}


def publish(product: Product, folder: Path) -> dict[str, str]:
    """Publish the case in the running product; returns what `write` does."""
    planted = write(folder / "cases" / SLUG)
    product.manage("load_cases", str(folder / "cases"))
    return planted


def write(place: Path) -> dict[str, str]:
    """Make the case's folder; {where in the guide: the marker that stands there}, as `facts.1.answer`."""
    shutil.copytree(_MODEL, place)
    case = yaml.safe_load((place / "case.yaml").read_text())
    (place / "case.yaml").write_text(yaml.safe_dump({**case, "title": TITLE}))
    planted: dict[str, str] = {}
    for file in (place / "guide.yaml", place / "reference.yaml"):
        file.write_text(yaml.safe_dump(_plant(yaml.safe_load(file.read_text()), "", planted)))
    return planted


def retire(product: Product) -> None:
    """Nobody finds the case any more, and its name is free. The project's own do not retire: it becomes somebody's."""
    product.sql(
        "UPDATE casebank_case SET slug = slug || '-' || id, retired_at = now(), owner_id = "
        "(SELECT id FROM accounts_user WHERE email = 'cleo@example.com') WHERE slug = %s",
        SLUG,
    )


def _plant(value: Any, where: str, planted: dict[str, str]) -> Any:
    """The same with a marker before every text; notes them in `planted`."""
    if isinstance(value, dict):
        return {
            key: one if _is_name(where, key, one) else _plant(one, f"{where}.{key}".strip("."), planted)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_plant(one, f"{where}.{at}", planted) for at, one in enumerate(value)]
    if isinstance(value, str):
        planted[where] = f"{STEM}{len(planted):04}x"
        return f"{planted[where]} {value}"
    return value


def _is_name(where: str, key: str, value: Any) -> bool:
    refers = key == "nodes" and any(isinstance(one, str) for one in value)
    return key in _NAMES or refers or (key == "name" and where.startswith("capacity"))
