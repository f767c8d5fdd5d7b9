"""No byte of the guide or of private notes reaches the candidate's browser, nor where to ask for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import Case, CaseVersion, Guide
from interviews.actions import conducting, facts, marks, notes
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
    "told/",
    "console/",
    "console/rows/",
    "feedback/",
    "people/",
]
ROUTES += ["sheet/", "sheet.md", "sheet.html", "sheet.pdf"]
API = ["", "report/", "notes/clarify/", "guide/", "sheet.md", "sheet.pdf"]
BANK = ["cases/", "cases/ad-clicks/", "cases/ad-clicks/versions/", "cases/ad-clicks/versions/1/", "sheets/"]
BANK += ["cases/ad-clicks/versions/1/export/", "cases/ad-clicks/versions/diff/?old=1&new=1"]
BANK += ["cases/ad-clicks/sheet.md", "cases/ad-clicks/sheet.pdf", "cases/retired/", "primer/calibration/"]
SECRETS = [CANARY, PRIVATE_CANARY, "pane-console", "/console/", "/guide/", "data-private", '"private"']
SECRETS += ["probe_marked", "data-do", "untouched"]


@pytest.fixture
def case_version(db: None) -> CaseVersion:
    """A case whose guide says one thing in all its parts."""
    version = CaseVersion.objects.create(
        case=Case.objects.create(slug="ad-clicks"),
        number=1,
        content_hash="0" * 64,
        title="Ad click prediction",
        summary="Predict whether somebody clicks on an ad.",
        prompt="Design a system that **ranks ads** for a feed.",
        level="senior",
        kind="ranking",
    )
    body = {
        "opening": CANARY,
        "entities": [CANARY],
        "facts": [
            {"ask": CANARY, "answer": CANARY},
            {"ask": "How large?", "answer": "Told: a billion a day."},
        ],
        "hints": {"data": ["Told: when is it known?", CANARY]},
        "ladders": {"senior": [{"ask": CANARY, "listen_for": CANARY}]},
        "items": {"clarify.goal": {"earns_2": CANARY, "earns_3": CANARY, "typical_wrong": CANARY}},
        "flips": [{"change": CANARY, "good_adaptation": CANARY}],
        "red_flags": [CANARY],
    }
    Guide.objects.create(version=version, body=body)
    return version


@pytest.fixture
def with_secrets(live: Session, ben: User, seat_of: Callable[[Session, User], Seat]) -> Session:
    seat = seat_of(live, ben)
    notes.save_private(seat=seat, text=PRIVATE_CANARY, base=0, now=timezone.now())
    notes.read_guide(seat=seat, now=timezone.now())
    now = {"session": live, "seat": seat, "now": timezone.now()}
    conducting.probe(**now, level="senior", number=1, mark="missed")  # type: ignore[arg-type]
    marks.tick(seat=seat, item="clarify.goal", level=3, now=timezone.now())
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


def test_what_is_given_is_all_that_comes(with_secrets: Session, ben: User, as_ada: Client) -> None:
    room = f"/sessions/{with_secrets.pk}/"

    def seen() -> str:
        return "".join(as_ada.get(room + path).content.decode() for path in ("", "facts/", "told/"))

    assert "Told:" not in seen()
    now = {"session": with_secrets, "seat": with_secrets.seats.get(user=ben), "now": timezone.now()}
    facts.give(**now, number=2)  # type: ignore[arg-type]
    assert "a billion a day" in seen()
    conducting.hint(**now, step="data", grade=1)  # type: ignore[arg-type]
    assert "when is it known?" in seen()
    assert CANARY not in seen()


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
