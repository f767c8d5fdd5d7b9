"""The candidate's side of the room."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import desk

_session = [
    path("notes/preview/", desk.preview, name="note_preview"),
    path("pictures/<uuid:picture_id>/", desk.picture, name="picture"),
]

urlpatterns = [path("sessions/<uuid:pk>/", include(_session))]
