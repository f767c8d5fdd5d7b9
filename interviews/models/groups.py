"""Programmes that a mentor runs: who is in, which cases, and who interviews whom."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .session import EndReason, Part, Role, Session

# What of the assignments has no session yet, or only one that was given up (rules/assignments.py).
NOT_BEGUN = Q(session=None) | Q(session__end_reason=EndReason.ABANDONED)


class Group(models.Model):
    """A programme. A closed one is read, and nothing in it is begun."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a group. Who was removed does not come back by a link that anybody may use."""

    class Role(models.TextChoices):
        MENTOR = "mentor", "Mentor"
        MEMBER = "member", "Member"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    removed = models.BooleanField(default=False)
    shows_levels = models.BooleanField(
        default=False,
        help_text="Whether the mentors see this member's means by step, of the group's interviews alone.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        return f"{self.role} of {self.group_id}"

    @property
    def is_mentor(self) -> bool:
        return self.role == self.Role.MENTOR


class GroupInvite(models.Model):
    """A link into a group; only the SHA-256 of its token is kept. With an `email` it was sent there, works once and for
    that address alone; without, whoever has it joins until it expires."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invites")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=Q(used_at=None, revoked_at=None),
                name="one_open_invite_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"Invite to group {self.group_id}"


class GroupCase(models.Model):
    """A case that a mentor has set for a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey("casebank.Case", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "case"], name="one_row_per_group_and_case")]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.group_id}"


class Assignment(models.Model):
    """Who interviews whom on which case by when. With a `second` they are a panel. `session` is the one that was made
    of it; how far it is follows from there (rules/assignments.py)."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="assignments")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    interviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey("casebank.Case", on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=40)
    level = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    session = models.OneToOneField(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="assignment"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_interviews_themselves",
                condition=~Q(candidate=F("interviewer"))
                & (Q(second=None) | (~Q(second=F("candidate")) & ~Q(second=F("interviewer")))),
            ),
        ]
        indexes = [models.Index(fields=["group", "due_at"], name="assignments_due")]

    def __str__(self) -> str:
        return f"Assignment {self.pk} of {self.group_id}"

    @property
    def people(self) -> tuple[int, ...]:
        """The ids of those who take part, the candidate first."""
        return tuple(one for one in (self.candidate_id, self.interviewer_id, self.second_id) if one)

    @property
    def places(self) -> tuple[tuple[AbstractBaseUser, Role, Part], ...]:
        """Who sits where, and leads which part of a panel: (person, role, part), the candidate first."""
        candidate = (self.candidate, Role.CANDIDATE, Part.WHOLE)
        if self.second is None:
            return candidate, (self.interviewer, Role.INTERVIEWER, Part.WHOLE)
        first = (self.interviewer, Role.INTERVIEWER, Part.FIRST)
        return candidate, first, (self.second, Role.INTERVIEWER, Part.SECOND)
