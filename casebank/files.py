"""Versions, forks and beginnings as the text of one file (casebank/schema/onefile.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebank import slugs
from casebank.models import CaseVersion
from casebank.schema import onefile
from casebank.schema.models import Diagram

_STARTERS = Path(__file__).parent / "content" / "starter"


def candidate_half(version: CaseVersion) -> dict[str, Any]:
    """What case.yaml says, from a published version."""
    keys = ("title", "summary", "level", "kind", "tags", "minutes", "prompt")
    return {**{key: getattr(version, key) for key in keys}, "starter": _in_order(version.starter)}


def _in_order(starter: Any) -> Any:
    """A drawing with its keys as people write them; one of an older schema as it is."""
    try:
        return starter and Diagram.model_validate(starter).model_dump()
    except ValidationError:
        return starter


def whole(version: CaseVersion, body: dict[str, Any], *, schema_url: str = "") -> str:
    """The whole case. `body` is its guide: whoever calls this answers for who will read it. `schema_url` is where an
    editor finds the schema."""
    head = f"# yaml-language-server: $schema={schema_url}\n" if schema_url else ""
    parts = onefile.parts_from(candidate_half(version), body)
    return onefile.write(slugs.wish(version.case), parts, head=head)


def without_guide(version: CaseVersion) -> str:
    """The candidate's half, with an empty guide to be written below it."""
    half = onefile.write(slugs.wish(version.case), {"case": candidate_half(version)})
    return f"{half}\n{(_STARTERS / 'guide.yaml').read_text()}"


def candidate_text(version: CaseVersion) -> str:
    """The candidate's half alone, for comparing."""
    return onefile.write(slugs.wish(version.case), {"case": candidate_half(version)})


def blank() -> str:
    """What a new case begins with: every key, and what it is for."""
    return (_STARTERS / "case.yaml").read_text() + "\n" + (_STARTERS / "guide.yaml").read_text()
