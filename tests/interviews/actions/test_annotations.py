"""What the interviewer draws on the candidate's board is shown, and earns the candidate nothing."""

from __future__ import annotations

from django.utils import timezone

from interviews.actions import sessions
from interviews.models import Session, Submission
from interviews.queries.scorer_input import scorer_input
from mlsd_site.accounts.models import User
from whiteboard.actions import paint
from whiteboard.graph import Graph, Part
from whiteboard.layout import to_elements
from whiteboard.rules import Element


def boxes(label: str, prefix: str) -> list[Element]:
    """One labelled box, its ids led by `prefix`."""
    drawn = to_elements(Graph((Part("x", label),)))
    for element in drawn:
        element["id"] = prefix + element["id"]
        element["containerId"] = element.get("containerId") and prefix + element["containerId"]
    return drawn


def test_the_scorer_reads_the_candidates_own_drawing(live: Session, ada: User, ben: User) -> None:
    now = timezone.now()
    paint(board=live.board, elements=boxes("Ranker", "hers-"), author_id=ada.pk, now=now)
    paint(board=live.board, elements=boxes("Add a fallback!", "his-"), author_id=ben.pk, now=now)
    sessions.submit(session=live, by=live.seats.get(user=ada), now=now)
    submission = Submission.objects.get(session=live)
    assert {element["id"] for element in submission.board} > {"hers-part-0", "his-part-0"}
    assert set(submission.annotations) == {"his-part-0", "his-part-0-label"}
    assert [part.label for part in scorer_input(submission).graph.parts] == ["Ranker"]
