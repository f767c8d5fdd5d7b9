from __future__ import annotations

from django.urls import path

from casebank.api import drafts, exchange, library, owning, versions, views

urlpatterns = [
    path("frameworks/", library.frameworks, name="api_frameworks"),
    path("frameworks/<slug:slug>/", library.framework, name="api_framework"),
    path("primer/", library.cards, name="api_cards"),
    path("primer/<slug:slug>/", library.card, name="api_card"),
    path("cases/", views.cases, name="api_cases"),
    # These stand before a case's own address, so no case is called so.
    path("cases/export/", exchange.take, name="api_cases_export"),
    path("cases/import/", exchange.bring, name="api_cases_import"),
    path("cases/retired/", owning.retired, name="api_retired"),
    path("cases/<slug:slug>/", views.case, name="api_case"),
    path("cases/<slug:slug>/edit/", versions.edit, name="api_edit"),
    path("cases/<slug:slug>/retire/", owning.retire, name="api_retire"),
    path("cases/<slug:slug>/restore/", owning.restore, name="api_restore"),
    path("cases/<slug:slug>/shares/", owning.shares, name="api_shares"),
    path("cases/<slug:slug>/shares/<int:share_id>/", owning.share, name="api_share"),
    path("cases/<slug:slug>/versions/", versions.versions, name="api_versions"),
    path("cases/<slug:slug>/versions/diff/", versions.diff, name="api_diff"),
    path("cases/<slug:slug>/versions/<int:number>/", versions.version, name="api_version"),
    path("cases/<slug:slug>/versions/<int:number>/export/", versions.export, name="api_export"),
    path("cases/<slug:slug>/versions/<int:number>/fork/", versions.fork, name="api_fork"),
    path("drafts/", drafts.drafts, name="api_drafts"),
    path("drafts/import/", drafts.bring, name="api_draft_import"),
    path("drafts/<uuid:pk>/", drafts.draft, name="api_draft"),
    path("drafts/<uuid:pk>/publish/", drafts.publish, name="api_draft_publish"),
]
