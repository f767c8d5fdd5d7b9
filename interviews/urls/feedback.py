"""What people say of each other after the end, and what they do about each other."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import feedback, manners

_feedback = [
    path("", feedback.show, name="feedback"),
    path("skip/", feedback.skip, name="self_skip"),
    path("<int:about_id>/draft/", feedback.save, name="feedback_save"),
    path("<int:about_id>/send/", feedback.send, name="feedback_send"),
]

_person = [
    path("", manners.show, name="manners"),
    path("block/", manners.block, name="block"),
    path("report/", manners.report, name="complain"),
    path("introduce/", manners.introduce, name="introduce"),
    path("withdraw/", manners.withdraw, name="withdraw"),
]

urlpatterns = [
    path("sessions/<uuid:pk>/feedback/", include(_feedback)),
    path("sessions/<uuid:pk>/people/<int:seat_id>/", include(_person)),
    path("blocks/<int:block_id>/remove/", manners.unblock, name="unblock"),
]
