from __future__ import annotations

from django.urls import path

from . import token_views

urlpatterns = [
    path("", token_views.show, name="tokens"),
    path("<int:pk>/revoke/", token_views.revoke, name="token_revoke"),
]
