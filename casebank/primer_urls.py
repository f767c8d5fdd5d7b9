from __future__ import annotations

from django.urls import path

from . import primer_views

app_name = "primer"
urlpatterns = [
    path("", primer_views.card_list, name="list"),
    path("<slug:slug>/", primer_views.card_detail, name="card"),
]
