"""What admins see of mail: where it goes and whether it went, never what it says."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from interviews.actions import mail
from interviews.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("created_at", "to", "subject", "state", "attempts", "next_at", "error")
    list_filter = ("state",)
    search_fields = ("to", "key")
    ordering = ("-created_at",)
    fields = readonly_fields = (
        *("key", "to", "subject", "state", "attempts", "created_at", "next_at"),
        *("useful_until", "sent_at", "error"),
    )
    actions = ("send_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False

    @admin.action(description="Send again (refused or doubtful ones)", permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Queue once more what was refused or is in doubt; the others are left as they are."""
        again = mail.send_again(mails=queryset.values_list("pk", flat=True), now=timezone.now())
        messages.success(request, f"{again} mails are queued again.")
