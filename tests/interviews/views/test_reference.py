"""The reference solution, drawn in the guide and to be had as a file that a board takes in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from interviews.actions import sessions
from interviews.models import Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import pair
from whiteboard import formats, scene

LABEL = "pCTR scorer, DCN-v2 int8 (12 ms)"


@pytest.fixture
def session(ada: User, ben: User) -> Session:
    """Ada and Ben on a whole case."""
    met = pair(ada, ben)
    return sessions.start(session=met.session, by=met.interviewer, now=timezone.now())


def test_the_guide_shows_the_reference_drawn(session: Session, as_ben: Client) -> None:
    page = as_ben.get(f"/sessions/{session.pk}/guide/").content.decode()
    assert "<svg" in page
    assert f"/sessions/{session.pk}/guide/reference.excalidraw" in page


@pytest.mark.parametrize(
    ("ending", "format"), [("excalidraw", "excalidraw"), ("mmd", "mermaid"), ("yaml", "yaml")]
)
def test_a_board_takes_the_reference_in(ending: str, format: str, session: Session, as_ben: Client) -> None:
    answer = as_ben.get(f"/sessions/{session.pk}/guide/reference.{ending}")
    assert f"ad-click-prediction-reference.{ending}" in answer["Content-Disposition"]
    graph = scene.read(formats.read(format, answer.content.decode(), mark="m-").elements)
    assert LABEL in [part.label for part in graph.parts]
    assert len(graph.edges) == 22


def test_the_reference_is_the_interviewers(
    session: Session, as_ada: Client, as_cleo: Client, as_ben: Client
) -> None:
    path = f"/sessions/{session.pk}/guide/reference.svg"
    assert (as_ada.get(path).status_code, as_cleo.get(path).status_code) == (403, 404)
    assert as_ben.get(path).status_code == 200
    assert as_ben.get(f"/sessions/{session.pk}/guide/reference.exe").status_code == 404
