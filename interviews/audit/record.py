"""The one way into the audit log."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.utils.module_loading import import_string

from interviews.audit.verbs import READINGS, Kind, Verb
from interviews.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Deed:
    """Who (`by`, None without an account) did what to which thing, and whom it concerns besides (`about`)."""

    verb: Verb
    kind: Kind
    object: object
    by: int | None
    about: int | None = None


def record(*deeds: Deed, now: datetime, address: str = "") -> None:
    """Write these rows, in the caller's transaction, by one statement and no query. Of a reading only the first of an
    hour is kept. Of `address` the network is kept."""
    if not deeds:
        return
    keep = settings.RETAIN["audit"]
    rows = [
        AuditEntry(
            at=now,
            actor=one.by,
            subject=one.about,
            verb=one.verb,
            kind=one.kind,
            object=str(one.object)[:64],
            request=_request_id(),
            network=network_of(address),
            hour=now.replace(minute=0, second=0, microsecond=0) if one.verb in READINGS else None,
            keep_until=None if keep is None else now + timedelta(days=keep),
        )
        for one in dict.fromkeys(deeds)
    ]
    AuditEntry.objects.bulk_create(rows, ignore_conflicts=True)


def network_of(address: str) -> str:
    """The first 24 bits of an IPv4 address, the first 48 of an IPv6 one; "" for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def _request_id() -> str:
    """The number of the request that this runs for, as the site's log has it; the layer above knows it."""
    if not settings.AUDIT_REQUEST:
        return ""
    held: ContextVar[str] = import_string(settings.AUDIT_REQUEST)
    return held.get()
