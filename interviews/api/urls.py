from __future__ import annotations

from django.urls import path

from interviews.api import board, pictures, sheets, views

urlpatterns = [
    path("sheets/", sheets.sheet_list, name="api_sheets"),
    path("sheets/<slug:slug>.<slug:form>", sheets.sheet, name="api_sheet"),
    path("cases/<slug:slug>/sheet.<slug:form>", sheets.case_sheet, name="api_case_sheet"),
    path("sessions/<uuid:pk>/", views.session, name="api_session"),
    path("sessions/<uuid:pk>/guide/", views.guide, name="api_guide"),
    path("sessions/<uuid:pk>/report/", views.session_report, name="api_report"),
    path("sessions/<uuid:pk>/sheet.<slug:form>", sheets.session_sheet, name="api_session_sheet"),
    path("sessions/<uuid:pk>/board/import/", board.board_import, name="api_board_import"),
    path("sessions/<uuid:pk>/board/outline/", board.board_outline, name="api_board_outline"),
    path("sessions/<uuid:pk>/board/revision/", board.board_revision, name="api_board_revision"),
    path("sessions/<uuid:pk>/board/starters/<slug:slug>/", board.board_starter, name="api_board_starter"),
    path("sessions/<uuid:pk>/pictures/", pictures.add, name="api_pictures"),
    path("sessions/<uuid:pk>/notes/<slug:step>/", views.note, name="api_note"),
]
