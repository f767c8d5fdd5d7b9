"""Versions that sessions from elsewhere were held on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from casebank import slugs
from casebank.models import Case, CaseVersion, Guide


@transaction.atomic
def version_of(
    *,
    name: str,
    owner_id: int | None,
    number: int,
    digest: str,
    half: dict[str, Any],
    guide: dict[str, Any],
    now: datetime,
) -> CaseVersion:
    """The version of this owner's that says what `digest` is the hash of, in whatever case it stands.

    Where there is none it is stored as it came, in a retired case of its own: who imports sessions changes nothing in
    anybody's bank. `half` and `guide` are as files.candidate_half and access.guide_of give them.
    """
    rows = CaseVersion.objects.filter(content_hash=digest, case__owner_id=owner_id)
    found = rows.select_related("case").order_by("pk").first()
    if found:
        return found
    case = Case.objects.create(slug=slugs.private(name), owner_id=owner_id, created_at=now, retired_at=now)
    version = CaseVersion.objects.create(
        case=case, number=number, content_hash=digest, published_at=now, **half
    )
    Guide.objects.create(version=version, body=guide)
    return version
