"""The routes, one file for each way of meeting and working. Their names are in one namespace."""

from __future__ import annotations

from django.urls import include, path

from interviews.urls import (
    booking,
    calibration,
    clock,
    console,
    desk,
    disputes,
    feedback,
    groups,
    practise,
    progress,
    second,
    sessions,
    shares,
    sheets,
    talk,
    webhooks,
)

app_name = "interviews"

urlpatterns = [
    *practise.urlpatterns,
    *progress.urlpatterns,
    *second.urlpatterns,
    *sessions.urlpatterns,
    *booking.urlpatterns,
    *calibration.urlpatterns,
    *clock.urlpatterns,
    *console.urlpatterns,
    *desk.urlpatterns,
    *disputes.urlpatterns,
    *groups.urlpatterns,
    *shares.urlpatterns,
    *sheets.urlpatterns,
    *feedback.urlpatterns,
    *talk.urlpatterns,
    *webhooks.urlpatterns,
    path("api/v1/", include("interviews.api.urls")),
]
