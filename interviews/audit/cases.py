"""What the case bank says of cases (the setting CASEBANK_AUDIT)."""

from __future__ import annotations

from django.utils import timezone

from interviews.audit.record import Deed
from interviews.audit.record import record as write
from interviews.audit.verbs import Kind, Verb


def record(verb: str, *, kind: str, object: int, by: int | None, owner: int | None) -> None:
    """One row; it concerns the case's owner."""
    write(Deed(Verb(verb), Kind(kind), object, by, owner), now=timezone.now())
