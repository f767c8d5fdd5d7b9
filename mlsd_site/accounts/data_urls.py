from __future__ import annotations

from django.urls import path

from . import data

urlpatterns = [
    path("", data.show, name="own_data"),
    path("download/", data.download, name="own_data_download"),
    path("delete/", data.delete, name="account_delete"),
    path("delete/mail/", data.mail_link, name="account_delete_mail"),
]
