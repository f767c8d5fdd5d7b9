"""The schema of a case as JSON Schema (draft 2020-12), for editors that check and explain while one types.

It says what casebank/schema/models.py says. What only `check_cases` can say (arithmetic, the path's budget, nodes that
exist, words that leak) is not in it.
"""

from __future__ import annotations

from typing import Any

from casebank import checklist

from .content import MIN_ITEM_NOTES
from .models import CaseFile, GuideFile, OneFile, Part, ReferenceFile

MODELS: dict[str, type[Part]] = {
    "case": CaseFile,
    "guide": GuideFile,
    "reference": ReferenceFile,
    "one-file": OneFile,
}


def schema(name: str) -> dict[str, Any]:
    """The schema of one of MODELS, as plain JSON values."""
    made = MODELS[name].model_json_schema()
    _name_items(made)
    title = "A case in one file" if name == "one-file" else f"{name}.yaml of a case"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}


def _name_items(made: dict[str, Any]) -> None:
    """Offer the checklist's ids, each explained, where a guide explains items."""
    guide = made if "items" in made.get("properties", {}) else made.get("$defs", {}).get("GuideFile")
    if guide is None:
        return
    items = guide["properties"]["items"]
    note = items.pop("additionalProperties")
    items["minProperties"] = MIN_ITEM_NOTES
    items["additionalProperties"] = False
    items["properties"] = {one.id: {**note, "description": one.text} for one in checklist.load().items}
