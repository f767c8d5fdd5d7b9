"""What the site's audit log is told of cases. Who keeps it is known to the layer above, which the site names in
CASEBANK_AUDIT; unnamed, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from django.conf import settings
from django.utils.module_loading import import_string

from casebank.models import Case, CaseVersion

Verb = Literal[
    "guide.read",
    "case.exported",
    "case.published",
    "case.retired",
    "case.restored",
    "case.shared",
    "case.unshared",
]


def tell(verb: Verb, of: Case | CaseVersion, *, by: int | None) -> None:
    """Record that `by` did this, in the caller's transaction; None is the project itself, by its files."""
    keeper = settings.CASEBANK_AUDIT and import_string(settings.CASEBANK_AUDIT)
    if keeper:
        case = of if isinstance(of, Case) else of.case
        kind = "case" if isinstance(of, Case) else "version"
        cast(Callable[..., None], keeper)(verb, kind=kind, object=of.pk, by=by, owner=case.owner_id)


def tell_reading(version: CaseVersion, *, by: int | None) -> None:
    """Record that somebody read a guide; of their own case they need not be told."""
    if version.case.owner_id != by:
        tell("guide.read", version, by=by)
