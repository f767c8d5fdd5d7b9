"""Calibration sessions: rated blind, then seen beside their key."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import calibration

_work = [
    path("", calibration.rate, name="calibration_rate"),
    path("draft/", calibration.save, name="calibration_save"),
    path("seal/", calibration.seal, name="calibration_seal"),
    path("key/", calibration.key, name="calibration_key"),
    path("key/<int:round>/", calibration.key, name="calibration_round"),
]

urlpatterns = [
    path("calibration/", calibration.index, name="calibration"),
    path("calibration/<slug:slug>/", include(_work)),
]
