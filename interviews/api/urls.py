from __future__ import annotations

from django.urls import path

from interviews.api import board, views

urlpatterns = [
    path("sessions/<uuid:pk>/", views.session, name="api_session"),
    path("sessions/<uuid:pk>/guide/", views.guide, name="api_guide"),
    path("sessions/<uuid:pk>/report/", views.session_report, name="api_report"),
    path("sessions/<uuid:pk>/board/import/", board.board_import, name="api_board_import"),
    path("sessions/<uuid:pk>/board/outline/", board.board_outline, name="api_board_outline"),
    path("sessions/<uuid:pk>/board/revision/", board.board_revision, name="api_board_revision"),
    path("sessions/<uuid:pk>/board/starters/<slug:slug>/", board.board_starter, name="api_board_starter"),
    path("sessions/<uuid:pk>/notes/<slug:step>/", views.note, name="api_note"),
]
