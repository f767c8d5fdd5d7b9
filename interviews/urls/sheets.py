"""Cheat sheets."""

from __future__ import annotations

from django.urls import path

from interviews.views import sheets

urlpatterns = [
    path("sheets/", sheets.index, name="sheets"),
    path("sheets/<slug:slug>/", sheets.show, name="sheet"),
    path("sheets/<slug:slug>.<slug:form>", sheets.show, name="sheet_as"),
    path("cases/<slug:slug>/sheet/", sheets.case, name="case_sheet"),
    path("cases/<slug:slug>/sheet.<slug:form>", sheets.case, name="case_sheet_as"),
]
