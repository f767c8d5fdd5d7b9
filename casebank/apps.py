from __future__ import annotations

from django.apps import AppConfig


class CasebankConfig(AppConfig):
    name = "casebank"
