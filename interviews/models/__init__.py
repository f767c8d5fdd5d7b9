"""The tables of a session: who sits in it, what happened, what was submitted, how it was scored."""

from .audit import AuditEntry
from .booking import Booking, BookingSeat, CalendarFeed, Listing, Slot, Weekly
from .calibration import CalibrationDraft, CalibrationLevel, CalibrationRating
from .consent import Consent
from .dispute import Dispute, DisputeAnswer
from .extension import Extension
from .feedback import Feedback, FeedbackDraft, SelfRating
from .groups import NOT_BEGUN, Assignment, Group, GroupCase, GroupInvite, Membership
from .judge import JudgeCall
from .mail import OutgoingMail
from .mark import Mark
from .pairing import Attendance, Match, Offer, Ticket
from .people import Block, Complaint, Introduction
from .picture import NotePicture
from .record import Event, Note, NoteRevision, PrivateEvent, PrivateNote
from .score import ItemScore, ScoreJob, ScoreSheet
from .second import SecondRating, SecondRemark
from .session import PLAYERS, EndReason, Invite, Mode, Part, Role, Seat, Session, State, Swap
from .share import ShareLink
from .submission import Submission
from .talk import CallLink, ChatMessage
from .webhook import Webhook, WebhookDelivery

__all__ = [
    "NOT_BEGUN",
    "PLAYERS",
    "Assignment",
    "Attendance",
    "AuditEntry",
    "Block",
    "Booking",
    "BookingSeat",
    "CalendarFeed",
    "CalibrationDraft",
    "CalibrationLevel",
    "CalibrationRating",
    "CallLink",
    "ChatMessage",
    "Complaint",
    "Consent",
    "Dispute",
    "DisputeAnswer",
    "EndReason",
    "Event",
    "Extension",
    "Feedback",
    "FeedbackDraft",
    "Group",
    "GroupCase",
    "GroupInvite",
    "Introduction",
    "Invite",
    "ItemScore",
    "JudgeCall",
    "Listing",
    "Mark",
    "Match",
    "Membership",
    "Mode",
    "Note",
    "NotePicture",
    "NoteRevision",
    "Offer",
    "OutgoingMail",
    "Part",
    "PrivateEvent",
    "PrivateNote",
    "Role",
    "ScoreJob",
    "ScoreSheet",
    "Seat",
    "SecondRating",
    "SecondRemark",
    "SelfRating",
    "Session",
    "ShareLink",
    "Slot",
    "State",
    "Submission",
    "Swap",
    "Ticket",
    "Webhook",
    "WebhookDelivery",
    "Weekly",
]
