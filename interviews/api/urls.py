from __future__ import annotations

from django.urls import path

from interviews.api import views

urlpatterns = [
    path("sessions/<uuid:pk>/", views.session, name="api_session"),
    path("sessions/<uuid:pk>/guide/", views.guide, name="api_guide"),
    path("sessions/<uuid:pk>/report/", views.session_report, name="api_report"),
    path("sessions/<uuid:pk>/notes/<slug:step>/", views.note, name="api_note"),
]
