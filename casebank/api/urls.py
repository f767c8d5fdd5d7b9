from __future__ import annotations

from django.urls import path

from casebank.api import views

urlpatterns = [
    path("cases/", views.cases, name="api_cases"),
    path("cases/<slug:slug>/", views.case, name="api_case"),
]
