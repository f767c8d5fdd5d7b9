"""What people say of each other after the end."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import feedback

_feedback = [
    path("", feedback.show, name="feedback"),
    path("skip/", feedback.skip, name="self_skip"),
    path("<int:about_id>/draft/", feedback.save, name="feedback_save"),
    path("<int:about_id>/send/", feedback.send, name="feedback_send"),
]

urlpatterns = [path("sessions/<uuid:pk>/feedback/", include(_feedback))]
