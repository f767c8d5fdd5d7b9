"""The interviewer's console, and what it puts before the candidate."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import facts

_session = [
    path("facts/", facts.show, name="facts"),
    path("facts/give/", facts.give, name="fact_give"),
]

urlpatterns = [path("sessions/<uuid:pk>/", include(_session))]
