"""The board as text: who may have it, and what an import or an edited outline would change."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from interviews.actions import sessions
from interviews.models import Session
from mlsd_site.accounts.models import User
from tests.interviews.stage import pair
from whiteboard import scene
from whiteboard.actions import paint
from whiteboard.formats import MAX_BYTES
from whiteboard.graph import Edge, Graph, Part
from whiteboard.layout import to_elements
from whiteboard.models import Delta, Element

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")
DRAWN = Graph((Part("a", "Gateway"), Part("b", "Ranker")), (Edge("e", "a", "b", "request"),))
FLOWCHART = b"flowchart LR\n  a[Gateway] --> b[Ranker]\n"


def address(session: Session | UUID, rest: str) -> str:
    pk = session.pk if isinstance(session, Session) else session
    return f"/api/v1/sessions/{pk}/board/{rest}"


def bring(client: Client, session: Session | UUID, content: bytes, format: str = "mermaid") -> Any:
    body = {"format": format, "drawing": SimpleUploadedFile("drawing", content)}
    return client.post(address(session, "import/"), body)


def edit(client: Client, session: Session | UUID, *changes: tuple[str, str]) -> Any:
    given = client.get(address(session, "outline/")).json()
    text = given.get("text", "")
    for old, new in changes:
        text = text.replace(old, new)
    body = {"text": text, "base": given.get("text", ""), "ids": given.get("ids", [])}
    return client.post(address(session, "revision/"), body, content_type="application/json")


@pytest.fixture
def drawn(live: Session, ada: User) -> Session:
    paint(board=live.board, elements=to_elements(DRAWN), author_id=ada.pk, now=timezone.now())
    return live


def test_a_flowchart_becomes_shapes_and_draws_nothing_itself(live: Session, as_ada: Client) -> None:
    changes = bring(as_ada, live, FLOWCHART).json()
    graph = scene.read(changes["added"])
    assert [(graph.label(e.source), graph.label(e.target)) for e in graph.edges] == [("Gateway", "Ranker")]
    assert (changes["changed"], changes["removed"], changes["left_out"]) == ({}, [], 0)
    assert not Element.objects.filter(board=live.board).exists()


def test_the_same_flowchart_twice_gets_other_ids(live: Session, as_ada: Client) -> None:
    one, other = ({e["id"] for e in bring(as_ada, live, FLOWCHART).json()["added"]} for _ in range(2))
    assert not one & other


@pytest.mark.parametrize(
    ("content", "format", "says"),
    [
        (b"sequenceDiagram", "mermaid", "Line 1: only flowcharts can be read"),
        (b"nodes: [{id: a, kind: toaster}]", "yaml", "Nodes[0].kind: there is no kind"),
        (b"{", "excalidraw", "Line 1: is not JSON"),
        (b"\xff\xfe", "yaml", "not text in UTF-8"),
        (b"", "yaml", "holds nothing that could be drawn"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    content: bytes, format: str, says: str, live: Session, as_ada: Client
) -> None:
    response = bring(as_ada, live, content, format)
    assert response.status_code == 422
    assert says in response.json()["detail"]
    assert "Nothing was" in response.json()["detail"]


def test_what_is_too_large_is_refused_unread(live: Session, as_ada: Client) -> None:
    response = bring(as_ada, live, b" " * (MAX_BYTES + 1))
    assert response.status_code == 413
    assert "larger than 2 MB" in response.json()["detail"]


def test_another_format_is_refused(live: Session, as_ada: Client) -> None:
    assert bring(as_ada, live, FLOWCHART, "visio").status_code == 400


def test_an_edited_outline_becomes_changes(drawn: Session, as_ada: Client) -> None:
    changes = edit(as_ada, drawn, ("Ranker", "Ranker (20 ms)"), (": request", "")).json()
    assert sorted(changes["changed"]) == ["edge-0", "part-1-label"]
    assert changes["removed"] == ["edge-0-label"]
    assert changes["added"] == []
    assert Delta.objects.filter(board=drawn.board).count() == 1


def test_a_slip_in_the_outline_is_named_by_its_line(drawn: Session, as_ada: Client) -> None:
    response = edit(as_ada, drawn, ("-> Ranker", "-> Rnaker"))
    assert response.status_code == 422
    assert response.json()["detail"] == (
        "Line 2: there is no part called “Rnaker”; did you mean “Ranker”? Nothing was changed."
    )


def test_each_starter_is_a_drawing_and_the_cases_own_comes_first(live: Session, as_ada: Client) -> None:
    for slug in ("two-loops", "retrieval-ranking"):
        assert len(scene.read(as_ada.get(address(live, f"starters/{slug}/")).json()["added"]).parts) > 5
    assert as_ada.get(address(live, "starters/case/")).status_code == 404


def test_a_cases_own_starter(ada: User, ben: User, as_ada: Client) -> None:
    met = pair(ada, ben)
    sessions.start(session=met.session, by=met.interviewer, now=timezone.now())
    added = as_ada.get(address(met.session, "starters/case/")).json()["added"]
    assert [part.label for part in scene.read(added).parts][:2] == ["Feed app", "Ads gateway"]


def test_whoever_may_not_draw_reads_the_outline_and_changes_nothing(drawn: Session, as_ben: Client) -> None:
    Session.objects.filter(pk=drawn.pk).update(interviewer_draws=False)
    assert "Gateway" in as_ben.get(address(drawn, "outline/")).json()["text"]
    assert edit(as_ben, drawn, ("Ranker", "x")).status_code == 403
    assert bring(as_ben, drawn, FLOWCHART).status_code == 403
    assert as_ben.get(address(drawn, "starters/two-loops/")).status_code == 403


def test_a_board_that_is_closed_is_not_changed(lobby: Session, as_ada: Client) -> None:
    for response in (
        bring(as_ada, lobby, FLOWCHART),
        edit(as_ada, lobby),
        as_ada.get(address(lobby, "starters/two-loops/")),
    ):
        assert (response.status_code, response.json()["code"]) == (409, "closed")


@pytest.mark.parametrize("path", ["import/", "outline/", "revision/", "starters/two-loops/"])
def test_a_strangers_board_looks_like_a_missing_one(path: str, drawn: Session, as_cleo: Client) -> None:
    ask = as_cleo.post if path in ("import/", "revision/") else as_cleo.get
    theirs, missing = ask(address(drawn, path)), ask(address(NOWHERE, path))
    assert theirs.status_code == missing.status_code == 404
    assert theirs.content == missing.content
    assert bring(as_cleo, drawn, FLOWCHART).content == bring(as_cleo, NOWHERE, FLOWCHART).content


def test_reading_drawings_has_its_limit(live: Session, as_ada: Client, as_ben: Client) -> None:
    path = address(live, "starters/two-loops/")
    assert [as_ada.get(path).status_code for _ in range(31)] == [200] * 30 + [429]
    assert as_ben.get(path).status_code == 200


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("excalidraw", "{"), ("mmd", "flowchart LR\n"), ("yaml", "nodes:\n"), ("svg", "<svg")],
)
def test_the_board_can_be_taken_out(ending: str, begins: str, drawn: Session, as_ben: Client) -> None:
    response = as_ben.get(f"/sessions/{drawn.pk}/board.{ending}")
    assert response.content.decode().startswith(begins)
    assert "Ranker" in response.content.decode()
    assert (ending == "svg") != ("attachment" in response.get("Content-Disposition", ""))


def test_what_was_taken_out_comes_in_again(drawn: Session, as_ada: Client) -> None:
    for ending, format in (("excalidraw", "excalidraw"), ("mmd", "mermaid"), ("yaml", "yaml")):
        content = as_ada.get(f"/sessions/{drawn.pk}/board.{ending}").content
        added = bring(as_ada, drawn, content, format).json()["added"]
        assert [part.label for part in scene.read(added).parts] == ["Gateway", "Ranker"]
        assert json.dumps(added)


def test_the_board_cannot_be_had_in_just_any_format(drawn: Session, as_ada: Client) -> None:
    assert as_ada.get(f"/sessions/{drawn.pk}/board.exe").status_code == 404
