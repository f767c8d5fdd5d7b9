from __future__ import annotations

from django.urls import path

from . import data

urlpatterns = [
    path("", data.show, name="own_data"),
    path("archive/", data.ask, name="own_data_ask"),
    path("archive/<uuid:pk>/", data.fetch, name="own_data_fetch"),
    path("delete/", data.delete, name="account_delete"),
    path("delete/mail/", data.mail_link, name="account_delete_mail"),
]
