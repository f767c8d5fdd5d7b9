"""Talking in a session: the chat, the call, and being ready for it."""

from __future__ import annotations

from django.urls import path

from interviews.views import calls, chat, readiness

urlpatterns = [
    path("sessions/<uuid:pk>/chat/", chat.show, name="chat"),
    path("sessions/<uuid:pk>/ready/", readiness.answer, name="ready"),
    path("sessions/<uuid:pk>/consent/", readiness.ask, name="consent"),
    path("sessions/<uuid:pk>/call/", calls.servers, name="call"),
    path("sessions/<uuid:pk>/call/link/", calls.link, name="call_link"),
    path("sessions/<uuid:pk>/call/link/share/", calls.share, name="call_link_share"),
]
