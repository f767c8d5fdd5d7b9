"""A small factory of published cases; the guide of each holds a word that stands nowhere else."""

from __future__ import annotations

from typing import Any

from casebank.models import Case, CaseVersion, Guide
from mlsd_site.accounts.models import User

CANARY = "zanzibarcanary"


def case(slug: str, *, owner: User | None = None, number: int = 1, **said: Any) -> CaseVersion:
    """One version of a case; what is not said is plain."""
    words = {
        "title": slug.replace("-", " ").capitalize(),
        "summary": "Something to design.",
        "prompt": "Design it.",
        "level": "senior",
        "kind": "ranking",
        "tags": ["ads"],
        **said,
    }
    kept, _ = Case.objects.get_or_create(slug=slug, defaults={"owner": owner})
    version = CaseVersion.objects.create(case=kept, number=number, content_hash=f"{number:064}", **words)
    Guide.objects.create(version=version, body={"opening": CANARY, "entities": [CANARY]})
    return version
