"""What a browser needs to call the others in its session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from interviews.models import CallLink, Seat
from interviews.queries.clock import overtime_of
from interviews.rules import seats, turn
from interviews.rules.links import host_of

# Longer than the plan of a session; a page asks anew whenever it looks for another way.
LIFETIME = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class CallPanel:
    """The call as a page shows it. `talks`: this seat may take part; `relays`: addresses can be hidden, and
    `hides` is whether they are unless somebody says otherwise."""

    talks: bool
    link: CallLink | None
    host: str
    relays: bool
    hides: bool


def call_panel(seat: Seat, now: datetime) -> CallPanel:
    """The call's panel for this seat."""
    link = CallLink.objects.filter(session=seat.session_id).select_related("seat__user").first()
    return CallPanel(
        talks=seats.may_call(
            seat.role, alone=seat.session.mode == "solo", overtime=overtime_of(seat.session, now)
        ),
        link=link,
        host=host_of(link.url) if link else "",
        relays=bool(settings.TURN_URLS),
        hides=settings.RELAY_ONLY,
    )


def ice(seat: Seat, now: datetime) -> dict[str, Any]:
    """RTCPeerConnection's iceServers, when they expire (seconds from `now`), and whether a relay is among them."""
    servers: list[dict[str, Any]] = []
    if settings.STUN_URLS:
        servers.append({"urls": settings.STUN_URLS})
    if settings.TURN_URLS:
        # The seat's number, so that the TURN server's log names nobody.
        made = turn.credential(secret=settings.TURN_SECRET, name=str(seat.pk), now=now, lifetime=LIFETIME)
        servers.append({"urls": settings.TURN_URLS, "username": made.username, "credential": made.password})
    return {
        "ice_servers": servers,
        "expires_in": int(LIFETIME.total_seconds()),
        "relays": bool(settings.TURN_URLS),
    }
