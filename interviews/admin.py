"""What admins see: where mail goes and whether it went, never what it says; and what people report of each other."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from interviews.actions import mail, people
from interviews.audit.record import Deed, record
from interviews.audit.verbs import READINGS, Kind, Verb
from interviews.models import AuditEntry, Complaint, OutgoingMail


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
        chosen, by = queryset.values_list("pk", flat=True), cast(int, request.user.pk)
        again = mail.send_again(mails=chosen, by=by, now=timezone.now())
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

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What somebody wrote in confidence: that it was opened is recorded, for the admins' eyes alone."""
        response = super().change_view(request, object_id, form_url, extra_context)
        if response.status_code == 200:
            opened = Deed(Verb.COMPLAINT_READ, Kind.COMPLAINT, object_id, cast(int, request.user.pk))
            record(opened, now=timezone.now())
        return response

    @admin.action(description="Mark as handled", permissions=["change"])
    def handled(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> None:
        """Close the open ones; neither of the two is told."""
        count = people.handle(
            complaints=queryset.values_list("pk", flat=True), by=request.user.pk, now=timezone.now()
        )
        messages.success(request, f"{count} reports are marked as handled.")


class _VerbFilter(admin.SimpleListFilter):
    """By what was done, from the closed list, without a look through the table."""

    title = parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("readings", "All readings"), *((one.value, one.value) for one in Verb)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        wish = self.value()
        if wish is None:
            return queryset
        return queryset.filter(verb__in=READINGS if wish == "readings" else [wish])


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """All rows, for reading alone; people by the numbers of their accounts."""

    list_display = ("at", "verb", "actor", "subject", "kind", "object", "network", "request")
    list_filter = (_VerbFilter, "at")
    search_fields = ("=actor", "=subject", "=object", "=request")
    search_help_text = "The number of an account, the id of a thing, or the number of a request."
    ordering = ("-at", "-pk")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False
