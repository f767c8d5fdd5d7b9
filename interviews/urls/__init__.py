"""The routes, one file for each way of meeting and working. Their names are in one namespace."""

from __future__ import annotations

from django.urls import include, path

from interviews.urls import feedback, sessions, sheets

app_name = "interviews"

urlpatterns = [
    *sessions.urlpatterns,
    *sheets.urlpatterns,
    *feedback.urlpatterns,
    path("api/v1/", include("interviews.api.urls")),
]
