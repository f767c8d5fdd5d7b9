"""Taking the snapshot that is scored."""

from __future__ import annotations

from datetime import datetime

from interviews.actions import scoring
from interviews.models import Event, Session, Submission
from interviews.queries import room
from whiteboard.models import Board, Element
from whiteboard.rules.merge import in_order


def take(*, session: Session, now: datetime) -> Submission:
    """Snapshot notes, board and events, and queue the score. Call it in the transaction that closes the session:
    the board is closed there, so nothing acknowledged can be missing and nothing later can slip in."""
    elements = Element.objects.filter(board_id=session.board_id, is_deleted=False)
    drawn = in_order(elements.values_list("data", flat=True))
    own = {element["id"] for element in room.drawn_by_candidate(session)}
    submission = Submission.objects.create(
        session=session,
        submitted_at=now,
        notes=dict(session.notes.values_list("step", "text")),
        board=drawn,
        annotations=[element["id"] for element in drawn if element["id"] not in own],
        board_seq=Board.objects.values_list("seq", flat=True).get(pk=session.board_id),
        events=[
            {"at": e.at.isoformat(), "kind": e.kind, "role": e.seat.role if e.seat else None, "data": e.data}
            # Of the chat not even that something was said: it counts for nobody.
            for e in Event.objects.filter(session=session).exclude(kind="said").select_related("seat")
        ],
    )
    scoring.enqueue(submission=submission, now=now)
    return submission
