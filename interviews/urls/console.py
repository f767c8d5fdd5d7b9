"""The interviewer's console, and what it puts before the candidate."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import console, facts

_session = [
    path("facts/", facts.show, name="facts"),
    path("told/", facts.others, name="told"),
    path("console/", console.show, name="console"),
    path("console/rows/", console.rows, name="console_rows"),
    path("console/fact/", console.fact, name="console_fact"),
    path("console/hint/", console.hint, name="console_hint"),
    path("console/flip/", console.flip, name="console_flip"),
    path("console/probe/", console.probe, name="console_probe"),
    path("console/tick/", console.tick, name="console_tick"),
]

urlpatterns = [path("sessions/<uuid:pk>/", include(_session))]
