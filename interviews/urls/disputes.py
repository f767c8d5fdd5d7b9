"""Disputes of levels, and their answers."""

from __future__ import annotations

from django.urls import path

from interviews.views import disputes

urlpatterns = [
    path("sessions/<uuid:pk>/report/dispute/<str:item>/", disputes.show, name="dispute"),
    path("sessions/<uuid:pk>/report/dispute/<str:item>/file/", disputes.file, name="dispute_file"),
    path("sessions/<uuid:pk>/report/dispute/<str:item>/answer/", disputes.answer, name="dispute_answer"),
]
