"""The tables of a session: who sits in it, what happened, what was submitted, how it was scored."""

from .feedback import Feedback, FeedbackDraft, SelfRating
from .judge import JudgeCall
from .mark import Mark
from .people import Block
from .record import Event, Note, NoteRevision, PrivateEvent, PrivateNote
from .score import ItemScore, ScoreJob, ScoreSheet
from .session import EndReason, Invite, Mode, Role, Seat, Session, State
from .submission import Submission

__all__ = [
    "Block",
    "EndReason",
    "Event",
    "Feedback",
    "FeedbackDraft",
    "Invite",
    "ItemScore",
    "JudgeCall",
    "Mark",
    "Mode",
    "Note",
    "NoteRevision",
    "PrivateEvent",
    "PrivateNote",
    "Role",
    "ScoreJob",
    "ScoreSheet",
    "Seat",
    "SelfRating",
    "Session",
    "State",
    "Submission",
]
