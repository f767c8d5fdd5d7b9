"""The tables of a session: who sits in it, what happened, what was submitted, how it was scored."""

from .booking import Booking, BookingSeat, CalendarFeed, Listing, Slot, Weekly
from .judge import JudgeCall
from .mail import OutgoingMail
from .mark import Mark
from .people import Block
from .record import Event, Note, NoteRevision, PrivateEvent, PrivateNote
from .score import ItemScore, ScoreJob, ScoreSheet
from .session import EndReason, Invite, Mode, Role, Seat, Session, State
from .submission import Submission

__all__ = [
    "Block",
    "Booking",
    "BookingSeat",
    "CalendarFeed",
    "EndReason",
    "Event",
    "Invite",
    "ItemScore",
    "JudgeCall",
    "Listing",
    "Mark",
    "Mode",
    "Note",
    "NoteRevision",
    "OutgoingMail",
    "PrivateEvent",
    "PrivateNote",
    "Role",
    "ScoreJob",
    "ScoreSheet",
    "Seat",
    "Session",
    "Slot",
    "State",
    "Submission",
    "Weekly",
]
