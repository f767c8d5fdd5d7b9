from __future__ import annotations

from django.urls import path

from casebank.api import drafts, views

urlpatterns = [
    path("cases/", views.cases, name="api_cases"),
    path("cases/<slug:slug>/", views.case, name="api_case"),
    path("drafts/", drafts.drafts, name="api_drafts"),
    path("drafts/<uuid:pk>/", drafts.draft, name="api_draft"),
    path("drafts/<uuid:pk>/publish/", drafts.publish, name="api_draft_publish"),
]
