"""The user: an e-mail address to log in with, a display name to be seen by, and what they practise for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now

from .api_models import ApiToken, KeptAnswer
from .archive_models import Archive, ArchivePiece
from .terms_models import Agreement

__all__ = ["Agreement", "ApiToken", "Archive", "ArchivePiece", "KeptAnswer", "Level", "User", "UserManager"]


class Level(models.TextChoices):
    """The seniority that a person prepares for, and that a session is held at."""

    MID = "mid", "Mid-level"
    SENIOR = "senior", "Senior"
    STAFF = "staff", "Staff"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password (an unusable one where none is given)."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> User:
        """A user who may open the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=40)
    timezone = models.CharField(
        max_length=64, default="UTC", help_text="An IANA name, such as Europe/Berlin."
    )
    target_level = models.CharField(max_length=8, choices=Level, default=Level.SENIOR)
    wants_to_be_candidate = models.BooleanField("I want to be interviewed", default=True)
    wants_to_interview = models.BooleanField("I want to interview", default=True)
    real_name = models.CharField(
        max_length=80,
        blank=True,
        help_text="Optional. Shown only to somebody with whom both of you agreed to it after a session.",
    )
    contact = models.CharField(
        max_length=200,
        blank=True,
        help_text="Optional: an https address such as your LinkedIn page, or an e-mail address. Shown like the name.",
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)
    agreed_to = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The version of the terms agreed to last, so that no page has to look for the Agreement.",
    )
    deleted_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When its person left. The emptied row stands where their partners' sessions point at it.",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(
                condition=models.Q(target_level__in=Level.values), name="known_target_level"
            ),
        ]

    def __str__(self) -> str:
        # Never the e-mail address: others read this.
        return self.display_name or "Somebody"
