"""A report to take along, and by a private link."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import shared, sharing

_report = [
    path("share/", sharing.show, name="sharing"),
    path("share/make/", sharing.make, name="share_make"),
    path("share/<int:share_id>/revoke/", sharing.revoke, name="share_revoke"),
    path("report.<slug:form>", sharing.export, name="report_as"),
]

urlpatterns = [
    path("sessions/<uuid:pk>/", include(_report)),
    path("shared/<str:token>/", shared.show, name="shared"),
]
