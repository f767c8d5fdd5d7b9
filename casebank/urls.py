from __future__ import annotations

from django.urls import include, path

from . import views

app_name = "casebank"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("", include("casebank.authoring.urls")),
    path("<slug:slug>/", views.case_detail, name="detail"),
]
