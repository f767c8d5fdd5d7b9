"""A person's webhooks, beside their account's other pages."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import webhooks

_one = [
    path("", webhooks.show, name="webhook"),
    path("rotate/", webhooks.rotate, name="webhook_rotate"),
    path("pause/", webhooks.pause, name="webhook_pause"),
    path("resume/", webhooks.resume, name="webhook_resume"),
    path("ping/", webhooks.ping, name="webhook_ping"),
    path("delete/", webhooks.delete, name="webhook_delete"),
    path("messages/<uuid:delivery_id>/send/", webhooks.send_again, name="webhook_send_again"),
]

urlpatterns = [
    path("accounts/webhooks/", webhooks.index, name="webhooks"),
    path("accounts/webhooks/<int:pk>/", include(_one)),
]
