"""Routes of these pages, below the case bank's. They stand before a case's own address, so no case is called so."""

from __future__ import annotations

from django.urls import path

from casebank.authoring import desk, drafts, exchange, retiring, schema, sharing, versions

urlpatterns = [
    path("schema/<slug:name>.json", schema.show, name="schema"),
    path("exchange/", exchange.show, name="exchange"),
    path("exchange/cases.zip", exchange.take, name="take"),
    path("drafts/", desk.show, name="desk"),
    path("drafts/new/", desk.new, name="new"),
    path("drafts/<uuid:pk>/", drafts.edit, name="draft"),
    path("drafts/<uuid:pk>/text/", drafts.text, name="draft-text"),
    path("drafts/<uuid:pk>/copy/", drafts.copy, name="draft-copy"),
    path("drafts/<uuid:pk>/discard/", drafts.discard, name="draft-discard"),
    path(
        "drafts/<uuid:pk>/preview/candidate/", drafts.preview, {"seat": "candidate"}, name="preview-candidate"
    ),
    path(
        "drafts/<uuid:pk>/preview/interviewer/",
        drafts.preview,
        {"seat": "interviewer"},
        name="preview-interviewer",
    ),
    path("<slug:slug>/edit/", versions.edit, name="edit"),
    path("<slug:slug>/sharing/", sharing.show, name="sharing"),
    path("<slug:slug>/sharing/<int:share_id>/revoke/", sharing.revoke, name="revoke"),
    path("<slug:slug>/retire/", retiring.show, name="retire"),
    path("<slug:slug>/restore/", retiring.restore, name="restore"),
    path("<slug:slug>/versions/", versions.show, name="versions"),
    path("<slug:slug>/versions/<int:number>/export/", versions.export, name="export"),
    path("<slug:slug>/versions/<int:number>/fork/", versions.fork, name="fork"),
]
