"""What admins see: where mail goes and whether it went, never what it says; and what people report of each other."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from interviews.actions import mail, people
from interviews.models import Complaint, OutgoingMail


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


@admin.register(Complaint)
class ComplaintAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("created_at", "reason", "of", "by", "state", "handled_at", "handled_by")
    list_filter = ("state", "reason")
    list_select_related = ("of", "by", "handled_by")
    ordering = ("-state", "created_at")
    fields = readonly_fields = (
        *("created_at", "reason", "words", "of", "by", "session"),
        *("state", "handled_at", "handled_by"),
    )
    actions = ("handled",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Complaint | None = None) -> bool:
        return False

    @admin.action(description="Mark as handled", permissions=["change"])
    def handled(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> None:
        """Close the open ones; neither of the two is told."""
        count = people.handle(
            complaints=queryset.values_list("pk", flat=True), by=request.user.pk, now=timezone.now()
        )
        messages.success(request, f"{count} reports are marked as handled.")
