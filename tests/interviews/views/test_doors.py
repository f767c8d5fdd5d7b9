"""Who may come in where. Cleo sits in no session; to her each of them looks like one that does not exist."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from interviews.models import Session
from whiteboard.formats import EXPORTS

READ = [
    "",
    "lobby/",
    "clock/",
    "notices/",
    "guide/",
    "guide/reference.yaml",
    "report/",
    "report/scores/",
    "report/reference/",
    "report/marks/",
    "feedback/",
    "people/1/",
    "replay/",
    "people/",
    "chat/",
    "call/",
    "call/link/",
    "consent/",
    "facts/",
    "told/",
    "console/",
    "console/rows/",
    "pictures/00000000-0000-4000-8000-000000000000/",
]
READ += ["sheet/", "sheet.pdf", "sheet.md", "sheet.html"]
READ += [f"board.{ending}" for ending in EXPORTS]
WRITE = [
    "start/",
    "pause/",
    "resume/",
    "extend/",
    "extend/answer/",
    "swap/",
    "submit/",
    "abandon/",
    "invite/",
    "invite/revoke/",
    "one-interviewer/",
    "report/retry/",
    "report/judge/",
    "report/marks/save/",
    "report/marks/confirm/",
    "report/marks/seal/",
    "feedback/skip/",
    "people/1/block/",
    "people/1/report/",
    "people/1/introduce/",
    "people/1/withdraw/",
    "feedback/1/draft/",
    "feedback/1/send/",
    "people/1/dismiss/",
    "console/fact/",
    "console/hint/",
    "console/flip/",
    "console/probe/",
    "console/tick/",
    "call/link/share/",
    "ready/",
    "notes/preview/",
]
NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


def body(content: bytes, pk: UUID) -> str:
    """The page without what must differ: the masked CSRF token, and the address that was asked for."""
    text = re.sub(r'("X-CSRFToken": |value=)"\w{64}"', "", content.decode())
    return text.replace(str(pk), "")


@pytest.mark.parametrize("path", READ)
def test_a_strangers_session_looks_like_a_missing_one(path: str, live: Session, as_cleo: Client) -> None:
    theirs = as_cleo.get(f"/sessions/{live.pk}/{path}")
    missing = as_cleo.get(f"/sessions/{NOWHERE}/{path}")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert body(theirs.content, live.pk) == body(missing.content, NOWHERE)


@pytest.mark.parametrize("path", WRITE)
def test_a_stranger_changes_nothing(path: str, live: Session, as_cleo: Client) -> None:
    assert as_cleo.post(f"/sessions/{live.pk}/{path}").status_code == 404
    assert as_cleo.post(f"/sessions/{NOWHERE}/{path}").status_code == 404
    live.refresh_from_db()
    assert (live.state, live.paused_at) == ("live", None)


@pytest.mark.parametrize(
    "path", [f"/sessions/{NOWHERE}/{path}" for path in READ] + ["/sessions/", "/sessions/new/"]
)
def test_nobody_reads_without_logging_in(path: str, client: Client, db: None) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("path", WRITE)
def test_a_link_changes_nothing(path: str, live: Session, as_ben: Client) -> None:
    assert as_ben.get(f"/sessions/{live.pk}/{path}").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "start/",
        "pause/",
        "resume/",
        "guide/",
        "guide/reference.svg",
        "report/retry/",
        "report/judge/",
    ],
)
def test_the_candidate_of_two_has_no_business_there(path: str, live: Session, as_ada: Client) -> None:
    method = as_ada.get if path.startswith("guide/") else as_ada.post
    assert method(f"/sessions/{live.pk}/{path}").status_code == 403


def test_the_interviewer_cannot_submit(live: Session, as_ben: Client) -> None:
    assert as_ben.post(f"/sessions/{live.pk}/submit/").status_code == 403


def test_forged_posts_are_refused(live: Session, as_ben: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_ben.cookies
    assert strict.post(f"/sessions/{live.pk}/pause/").status_code == 403
