"""What is recorded, as a closed list, and how it is told to whom it concerns."""

from __future__ import annotations

from django.db import models


class Verb(models.TextChoices):
    """The label follows a name: "Ben" + "opened your report"."""

    # Readings: at most one row an hour for the same person and thing.
    GUIDE_READ = "guide.read", "opened the guide to a case"
    PRIVATE_NOTES_READ = "private_notes.read", "opened the interviewer's private notes"
    MARKS_READ = "marks.read", "saw the interviewer's sheet"
    FEEDBACK_READ = "feedback.read", "read the feedback that was revealed"
    REPORT_READ = "report.read", "opened the report"
    REPLAY_READ = "replay.read", "opened the replay"
    WORK_READ = "work.read", "opened the work for a second rating"
    LEVELS_READ = "levels.read", "opened the levels of a group's members"
    IDENTITY_READ = "identity.read", "saw the real name and contact"
    LINK_OPENED = "link.opened", "opened a link to the report"
    COMPLAINT_READ = "complaint.read", "opened a complaint"
    # Taken along.
    DATA_EXPORTED = "data.exported", "took all data along as a file"
    SESSIONS_EXPORTED = "sessions.exported", "took sessions along as a file"
    REPORT_EXPORTED = "report.exported", "took the report along as a file"
    CASE_EXPORTED = "case.exported", "took a case along as a file"
    # Changes.
    CASE_PUBLISHED = "case.published", "published a version of a case"
    CASE_RETIRED = "case.retired", "retired a case"
    CASE_RESTORED = "case.restored", "brought a case back"
    CASE_SHARED = "case.shared", "shared a case with an address"
    CASE_UNSHARED = "case.unshared", "stopped sharing a case with an address"
    LINK_MADE = "link.made", "made a link to the report"
    LINK_REVOKED = "link.revoked", "revoked a link to the report"
    ROLE_GIVEN = "role.given", "made a member of a group its mentor"
    ROLE_TAKEN = "role.taken", "made a mentor of a group a member"
    MEMBER_REMOVED = "member.removed", "took a member out of a group"
    WATCHER_DISMISSED = "watcher.dismissed", "ended the seat of somebody who watched"
    CONSENT_GIVEN = "consent.given", "gave consent"
    CONSENT_WITHDRAWN = "consent.withdrawn", "withdrew consent"
    LOGIN_SUCCEEDED = "login.succeeded", "logged in"
    LOGIN_FAILED = "login.failed", "tried to log in and failed"
    LOGIN_ENDED = "login.ended", "ended a log-in"
    PASSWORD_CHANGED = "password.changed", "changed the password"
    ADDRESS_CHANGED = "address.changed", "changed the e-mail addresses"
    FACTOR_ADDED = "factor.added", "added a second factor"
    FACTOR_REMOVED = "factor.removed", "removed a second factor"
    FACTOR_RESET = "factor.reset", "made new recovery codes"
    TOKEN_MADE = "token.made", "made an API token"
    TOKEN_REVOKED = "token.revoked", "revoked an API token"
    WEBHOOK_MADE = "webhook.made", "added a webhook"
    WEBHOOK_DELETED = "webhook.deleted", "deleted a webhook"
    COMPLAINT_HANDLED = "complaint.handled", "handled a complaint"
    MAIL_RESENT = "mail.resent", "had a mail sent again"
    ACCOUNT_DELETED = "account.deleted", "deleted the account"


class Kind(models.TextChoices):
    """What a row is about; with the object's id it names it for as long as it is there."""

    ACCOUNT = "account", "Account"
    CASE = "case", "Case"
    VERSION = "version", "Version of a case"
    SESSION = "session", "Session"
    GROUP = "group", "Group"
    TOKEN = "token", "API token"
    WEBHOOK = "webhook", "Webhook"
    FACTOR = "factor", "Second factor"
    LOGIN = "login", "Log-in"
    COMPLAINT = "complaint", "Complaint"
    MAIL = "mail", "Mail"
    TERMS = "terms", "Terms"


READINGS = frozenset(
    {
        Verb.GUIDE_READ,
        Verb.PRIVATE_NOTES_READ,
        Verb.MARKS_READ,
        Verb.FEEDBACK_READ,
        Verb.REPORT_READ,
        Verb.REPLAY_READ,
        Verb.WORK_READ,
        Verb.LEVELS_READ,
        Verb.IDENTITY_READ,
        Verb.LINK_OPENED,
        Verb.COMPLAINT_READ,
    }
)
# Whoever it concerns is not told who it was: nobody learns who a second rater is (docs/adr/0029).
UNNAMED = {Verb.WORK_READ: "Somebody who rates it a second time"}
