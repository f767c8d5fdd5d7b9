"""The candidate's side of the room."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import alone, desk

_session = [
    path("notes/preview/", desk.preview, name="note_preview"),
    path("alone/ask/", alone.ask, name="alone_ask"),
    path("alone/asked/", alone.asked, name="alone_asked"),
    path("pictures/<uuid:picture_id>/", desk.picture, name="picture"),
]

urlpatterns = [path("sessions/<uuid:pk>/", include(_session))]
