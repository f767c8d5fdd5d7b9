"""The System pane: who is told what of a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import Guide
from interviews.actions import sessions
from interviews.models import Mode, Session
from mlsd_site.accounts.models import User
from whiteboard.actions import paint
from whiteboard.graph import Edge, Graph, Part
from whiteboard.layout import to_elements
from whiteboard.models import Element

# A drawing whose online path takes 150 ms, against a budget that only the guide knows.
BUDGET = 137
PARTS = {
    "app": "Client app",
    "gate": "API gateway (30 ms)",
    "rank": "Ranker (120 ms p99)",
    "odd": "Zwiebelfisch",
}
LOOP = [("app", "gate"), ("gate", "rank"), ("rank", "app")]
GRAPH = Graph(
    parts=tuple(Part(id, label) for id, label in PARTS.items()),
    edges=tuple(Edge(f"{a}-{b}", a, b) for a, b in LOOP),
)


def pane(client: Client, session: Session, seen: str = "") -> str:
    return client.get(f"/sessions/{session.pk}/system/", {"seen": seen}).content.decode()


def drawn(session: Session, by: User) -> Session:
    Guide.objects.filter(version=session.case_version).update(
        body={"reference": {"latency": {"budget_ms": BUDGET}}}
    )
    paint(board=session.board, elements=to_elements(GRAPH), author_id=by.pk, now=timezone.now())
    return session


@pytest.fixture
def alone(ada: User, make_session: Callable[..., Session]) -> Session:
    session = make_session(ada, mode=Mode.SOLO)
    return sessions.start(session=session, by=session.seats.get(), now=timezone.now())


def test_each_part_is_listed_with_what_it_was_taken_for(live: Session, ada: User, as_ada: Client) -> None:
    said = pane(as_ada, drawn(live, ada))
    assert re.search(r"Ranker \(120 ms p99\).*?Ranker</button>.*?120 ms p99", said, re.S)
    assert "What is it?" in said  # of the part that no label explains


def test_a_candidate_with_a_partner_is_shown_no_findings_before_the_end(
    live: Session, ada: User, as_ada: Client, as_ben: Client
) -> None:
    drawn(live, ada)
    assert "What the drawing says" not in pane(as_ada, live)
    assert "What the drawing says" in pane(as_ben, live)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    assert "What the drawing says" in pane(as_ada, live)


def test_who_practises_alone_sees_findings_but_not_the_cases_numbers(
    alone: Session, ada: User, as_ada: Client
) -> None:
    drawn(alone, ada)
    assert "What the drawing says" in pane(as_ada, alone)
    assert str(BUDGET) not in pane(as_ada, alone)
    sessions.submit(session=alone, by=alone.seats.get(), now=timezone.now())
    assert str(BUDGET) in pane(as_ada, alone)


def test_the_interviewer_sees_the_path_held_against_the_budget(
    live: Session, ada: User, as_ben: Client
) -> None:
    assert str(BUDGET) in pane(as_ben, drawn(live, ada))


def test_what_the_interviewer_wrote_on_the_board_is_no_part_of_the_system(
    live: Session, ada: User, ben: User, as_ada: Client
) -> None:
    drawn(live, ada)
    Element.objects.filter(board=live.board, data__type="rectangle").update(author=ben)
    assert "Zwiebelfisch" not in pane(as_ada, live)


def test_an_unchanged_board_is_not_sent_again(live: Session, ada: User, as_ada: Client) -> None:
    found = re.search(r'data-seen="(\w+)"', pane(as_ada, drawn(live, ada)))
    assert found
    address = f"/sessions/{live.pk}/system/"
    assert as_ada.get(address, {"seen": found[1]}).status_code == 204
    Element.objects.filter(board=live.board, element_id="part-0").update(is_deleted=True)
    assert as_ada.get(address, {"seen": found[1]}).status_code == 200


def test_a_stranger_finds_nothing(live: Session, as_cleo: Client, client: Client) -> None:
    assert as_cleo.get(f"/sessions/{live.pk}/system/").status_code == 404
    assert client.get(f"/sessions/{live.pk}/system/").status_code == 302


def test_the_report_says_what_the_drawing_shows(live: Session, ada: User, as_ada: Client) -> None:
    drawn(live, ada)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    said = as_ada.get(f"/sessions/{live.pk}/report/").content.decode()
    assert f"that is over the case&#x27;s {BUDGET} ms" in said
    assert "data-point" not in said


def test_corrections_are_offered_only_to_who_draws_while_the_clock_runs(
    live: Session, ada: User, as_ada: Client, as_ben: Client
) -> None:
    drawn(live, ada)
    assert "data-correct" in pane(as_ada, live)
    assert "data-correct" in pane(as_ben, live)
    Session.objects.filter(pk=live.pk).update(interviewer_draws=False)
    assert "data-correct" not in pane(as_ben, live)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=timezone.now())
    assert "data-correct" not in pane(as_ada, live)
