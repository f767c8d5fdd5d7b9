from __future__ import annotations

from django.urls import path

from mlsd_site.api import views

urlpatterns = [
    path("schema/<slug:role>.json", views.schema, name="api_schema"),
    path("docs/", views.docs, name="api_docs"),
]
