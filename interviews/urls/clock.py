"""What happens around the clock besides starting and stopping it."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import extensions, swap

_session = [
    path("notices/", extensions.notices, name="notices"),
    path("extend/", extensions.ask, name="extend"),
    path("extend/answer/", extensions.answer, name="extend_answer"),
    path("swap/", swap.open_second_half, name="swap"),
]

urlpatterns = [path("sessions/<uuid:pk>/", include(_session))]
