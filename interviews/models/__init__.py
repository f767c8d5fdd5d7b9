"""The tables of a session: who sits in it, what happened, what was submitted, how it was scored."""

from .groups import Assignment, Group, GroupCase, GroupInvite, Membership
from .judge import JudgeCall
from .mail import OutgoingMail
from .mark import Mark
from .people import Block
from .record import Event, Note, NoteRevision, PrivateEvent, PrivateNote
from .score import ItemScore, ScoreJob, ScoreSheet
from .session import EndReason, Invite, Mode, Part, Role, Seat, Session, State
from .submission import Submission

__all__ = [
    "Assignment",
    "Block",
    "EndReason",
    "Event",
    "Group",
    "GroupCase",
    "GroupInvite",
    "Invite",
    "ItemScore",
    "JudgeCall",
    "Mark",
    "Membership",
    "Mode",
    "Note",
    "NoteRevision",
    "OutgoingMail",
    "Part",
    "PrivateEvent",
    "PrivateNote",
    "Role",
    "ScoreJob",
    "ScoreSheet",
    "Seat",
    "Session",
    "State",
    "Submission",
]
