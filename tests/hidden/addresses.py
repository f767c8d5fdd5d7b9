"""Every address that the product has, as far as it can be about one session, and what comes from it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http.response import HttpResponseBase

from interviews.models import Session
from interviews.rules.notes import STEPS
from tests import routes
from whiteboard.formats import EXPORTS

# Routes that lead to nothing of this session: what they name does not exist here, or the name is a secret of its own.
ELSEWHERE = (
    "accounts/2fa/webauthn/keys/<",
    "accounts/confirm-email/(",
    "accounts/data/archive/<",
    "accounts/password/reset/key/(",
    "accounts/sessions/<",
    "accounts/tokens/<",
    "accounts/webhooks/<",
    "api/v1/bookings/<",
    "api/v1/calendar/hours/<",
    "api/v1/calendar/slots/<",
    "api/v1/calibration/works/<",
    "api/v1/cases/<slug:slug>/shares/<",
    "api/v1/drafts/<",
    "api/v1/groups/<",
    "api/v1/practise/offers/<",
    "api/v1/ratings/<",
    "api/v1/webhooks/<",
    "blocks/<",
    "calendar/bookings/<",
    "calendar/feed/<",
    "calendar/hours/<",
    "calendar/slots/<",
    "calibration/<",
    "cases/<slug:slug>/sharing/<",
    "cases/drafts/<",
    "groups/<",
    "groups/join/<",
    "invites/<",
    "practise/offers/<",
    "ratings/<",
    "shared/<",
)
QUERIES = ["replay/?t=1", "chat/?after=0", "report/?framework=seven-step", "report/marks/?item=clarify.goal"]
QUERIES += ["console/rows/?seen=0", "feedback/?seal=1", "system/?seen=0"]
FORMS = ["md", "pdf", "html"]


def values(session: Session) -> routes.Values:
    """What the routes' arguments are in this session."""
    seats = list(session.seats.values_list("pk", flat=True))
    sheet: dict[str, Sequence[object]] = {"slug": ["ranking", "seven-step"], "form": FORMS}
    slug = session.case_version.case.slug
    case: dict[str, Sequence[object]] = {"slug": [slug], "number": [1], "form": FORMS}
    room: dict[str, Sequence[object]] = {
        "pk": [session.pk],
        "seat_id": seats,
        "about_id": seats,
        "picture_id": [session.pk],
        "share_id": [1],
        "ending": list(EXPORTS),
        "form": FORMS,
        "step": STEPS,
        "item": ["clarify.goal"],
        "slug": ["blank", slug],
    }
    return {
        "": {},
        "sessions/": room,
        "api/v1/sessions/": room,
        "cases/": case,
        "cases/schema/": {"name": ["case", "guide", "reference"]},
        "api/v1/cases/": case,
        "sheets/": sheet,
        "api/v1/sheets/": sheet,
        # The others are for who interviews, which everybody here may; they are code, and name no session.
        "api/v1/schema/": {"role": ["candidate"]},
        "api/v1/calendar/people/": {"pk": list(session.seats.values_list("user_id", flat=True))},
        "api/v1/frameworks/": {"slug": ["seven-step"]},
        "primer/": {"slug": ["calibration"]},
        "api/v1/primer/": {"slug": ["calibration"]},
        "calendar/people/": {"pk": list(session.seats.values_list("user_id", flat=True))},
    }


def addresses(session: Session) -> list[str]:
    """All addresses that the product has, as far as they can be about this session."""
    here = values(session)
    found = [one for template in routes.templates() for one in routes.filled(template, here)]
    room = f"/sessions/{session.pk}/"
    return [*found, *(room + query for query in QUERIES)]


def sent(answer: HttpResponseBase) -> bytes:
    """What goes over the wire: status, headers, cookies, and the body."""
    return b"\n".join((str(answer.headers).encode(), str(answer.cookies).encode(), answer.getvalue()))
