"""Every route of the site."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from mlsd_site import health, metrics, pages
from mlsd_site.accounts import audit_views, consent_views, logins

# Admins log in where everybody does: with the same limits, and with their second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", pages.home, name="home"),
    path("profile/", include("mlsd_site.accounts.urls")),
    path("accounts/tokens/", include("mlsd_site.accounts.token_urls")),
    path("accounts/data/", include("mlsd_site.accounts.data_urls")),
    path("accounts/consents/", consent_views.show, name="own_consents"),
    path("accounts/activity/", audit_views.show, name="own_audit"),
    path("accounts/sessions/<int:pk>/end/", logins.end, name="end_login"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("cases/", include("casebank.urls")),
    path("primer/", include("casebank.primer_urls")),
    path("api/v1/", include("mlsd_site.api.urls")),
    path("api/v1/", include("casebank.api.urls")),
    path("", include("interviews.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics.show, name="metrics"),
]

handler400 = "mlsd_site.errors.bad_request"
handler403 = "mlsd_site.errors.permission_denied"
handler404 = "mlsd_site.errors.not_found"
handler500 = "mlsd_site.errors.server_error"
