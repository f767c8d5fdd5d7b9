"""No byte of the guide or of private notes reaches the candidate's browser, nor where to ask for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import notes
from interviews.models import Seat, Session
from mlsd_site.accounts.models import User
from tests.interviews.conftest import CANARY, PRIVATE_CANARY

ROUTES = [
    "",
    "lobby/",
    "clock/",
    "notices/",
    "chat/",
    "call/",
    "call/link/",
    "consent/",
    "guide/",
    "system/",
    "report/",
    "report/scores/",
    "replay/",
    "board.svg",
    "facts/",
    "feedback/",
    "people/",
    "told/",
]
ROUTES += ["sheet/", "sheet.md", "sheet.html", "sheet.pdf"]
API = ["", "report/", "notes/clarify/", "guide/", "sheet.md", "sheet.pdf"]
BANK = ["cases/", "cases/ad-clicks/", "cases/ad-clicks/versions/", "cases/ad-clicks/versions/1/", "sheets/"]
BANK += ["cases/ad-clicks/versions/1/export/", "cases/ad-clicks/versions/diff/?old=1&new=1"]
BANK += ["cases/ad-clicks/sheet.md", "cases/ad-clicks/sheet.pdf", "cases/retired/", "primer/calibration/"]
SECRETS = [CANARY, PRIVATE_CANARY, "pane-console", "/console/", "/guide/", "data-private", '"private"']


@pytest.fixture
def with_secrets(live: Session, ben: User, seat_of: Callable[[Session, User], Seat]) -> Session:
    seat = seat_of(live, ben)
    notes.save_private(seat=seat, text=PRIVATE_CANARY, base=0, now=timezone.now())
    notes.read_guide(seat=seat, now=timezone.now())
    return live


def addresses(session: Session) -> list[str]:
    pages = [f"/sessions/{session.pk}/{route}" for route in ROUTES]
    return (
        pages
        + [f"/api/v1/sessions/{session.pk}/{route}" for route in API]
        + ["/sessions/", "/", "/cases/ad-clicks/", "/cases/ad-clicks/sheet/", "/cases/ad-clicks/sheet.md"]
        + [f"/api/v1/{path}" for path in BANK]
    )


def test_no_page_of_the_candidate_holds_them(with_secrets: Session, as_ada: Client) -> None:
    for address in addresses(with_secrets):
        for htmx in ({}, {"HX-Request": "true"}):
            said = as_ada.get(address, headers=htmx).content.decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in said], address


def test_nor_does_any_other_method_tell(with_secrets: Session, as_ada: Client) -> None:
    for address in addresses(with_secrets):
        for method in (as_ada.options, as_ada.head, as_ada.put, as_ada.delete):
            assert CANARY not in method(address).content.decode(errors="replace")


def test_the_interviewer_has_both(with_secrets: Session, as_ben: Client) -> None:
    room = as_ben.get(f"/sessions/{with_secrets.pk}/").content.decode()
    assert PRIVATE_CANARY in room
    assert CANARY not in room
    assert CANARY in as_ben.get(f"/sessions/{with_secrets.pk}/guide/").content.decode()


def test_the_interviewer_of_one_session_is_a_stranger_to_another(
    with_secrets: Session, make_session: Callable[..., Session], ben: User, as_ben: Client
) -> None:
    own = make_session(ben, mode="solo")
    assert as_ben.get(f"/sessions/{own.pk}/guide/").status_code == 403
