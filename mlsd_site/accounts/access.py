"""The doors to what an account keeps for its person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404

from .archive_outbox import over
from .models import Archive, User


def ready_archive(user: User, pk: UUID, *, now: datetime) -> Archive:
    """This person's archive, ready and not over its time; else 404, whatever the reason."""
    kept = Archive.objects.filter(pk=pk, user=user, state=Archive.State.READY)
    row = kept.exclude(pk__in=over(now).values("pk")).first()
    if row is None:
        raise Http404("There is no such file.")
    return row
