"""Progress."""

from __future__ import annotations

from django.urls import path

from interviews.views import interviewing, progress

urlpatterns = [
    path("progress/", progress.show, name="progress"),
    path("progress/points/", progress.points, name="points"),
    path("progress/interviewing/", interviewing.show, name="interviewing"),
]
