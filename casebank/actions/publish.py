"""Publishing a version of a case, from its files or from a draft."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from casebank import audit
from casebank.models import Case, CaseVersion, Guide
from casebank.schema import Content

Outcome = Literal["new", "changed", "unchanged"]


@transaction.atomic
def publish(*, content: Content, case: Case | None = None) -> tuple[CaseVersion, Outcome]:
    """The newest version of this content, of `case` or of the project's own case with its slug. Unchanged content makes
    none; a version that exists is never touched."""
    if case is None:
        # A person's case is never taken for the project's, whatever it is called.
        case, _ = Case.objects.get_or_create(slug=content.slug, owner=None)
    Case.objects.select_for_update().get(pk=case.pk)
    newest = case.versions.order_by("-number").first()
    digest = content.digest()
    if newest and newest.content_hash == digest:
        return newest, "unchanged"
    version = CaseVersion.objects.create(
        case=case,
        number=newest.number + 1 if newest else 1,
        content_hash=digest,
        title=content.case.title,
        summary=content.case.summary,
        prompt=content.case.prompt,
        level=content.case.level,
        kind=content.case.kind,
        tags=content.case.tags,
        minutes=content.case.minutes,
        starter=content.case.starter.model_dump() if content.case.starter else None,
    )
    Guide.objects.create(version=version, body=content.guide_body())
    audit.tell("case.published", version, by=case.owner_id)
    return version, "changed" if newest else "new"
