"""Talking in a session: the chat, the call, and being ready for it."""

from __future__ import annotations

from django.urls import path

from interviews.views import chat

urlpatterns = [
    path("sessions/<uuid:pk>/chat/", chat.show, name="chat"),
]
